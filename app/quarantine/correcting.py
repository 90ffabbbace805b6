"""What the pages that correct rejected rows show, and what becomes of what is entered there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.dataflows import services as dataflows
from app.dataflows.definition import Definition
from app.dataflows.identifying import ERASED
from app.dataflows.models import Dataflow
from app.dataflows.queries import active_version
from app.quarantine import cells, forms, queries, refusals, services, waiting
from app.quarantine.cells import Record
from app.runs.models import Reject, Run
from app.streams import queries as streams
from app.tabular.files.source import FileUnreadable

GONE = "The row is of a person who was erased, so nothing of it is kept."
TAKEN_UP = "A run has taken this row up again, so nothing was saved. Look at that run's rejects."


@dataclass(frozen=True)
class Row:
    """A rejected row to correct: `own` are its cells in the file, `cells` those that hold now.

    `names` has the names people know the columns by, `wrong` the columns at fault.
    """

    definition: Definition
    names: dict[str, str]
    own: dict[str, str | None]
    cells: dict[str, str | None]
    wrong: set[str]


def row_of(reject: Reject, run: Run) -> Row:
    """Return the row with its cells read anew; raise RepairRefused where it cannot be taken up."""
    definition = refusals.refuse(run, dataflows.get(run.dataflow_id))
    if reject.rule == ERASED:
        raise refusals.NothingToRetry(GONE)
    if not waiting.waiting_among(reject.run_id, [reject.id]):
        raise refusals.NothingToRetry(TAKEN_UP)
    names = {column.source_name: column.name for column in definition.columns}
    own = _own_cells(reject, run, list(names))
    return Row(
        definition=definition,
        names=names,
        own=own,
        cells={**own, **(reject.given or {})},
        wrong=cells.made_of(Definition.from_dict(run.definition), reject.column),
    )


def failing_columns(
    dataflow: Dataflow, run_id: int, rule: str
) -> list[tuple[str, str, int, int | None]]:
    """Return the columns of the file in which values can be corrected: rule, column, rows.

    The last is the column of the draft of that name, where it can be mended by a rule.
    """
    drawn = {column.name: column.id for column in dataflow.columns}
    active = active_version(dataflow)
    names = {column.name for column in active.value.columns} if active is not None else set()
    return [
        (name, column, count, drawn.get(column))
        for name, column, count in queries.failing_columns(run_id, rule)
        if column in names
    ]


def is_kept(form: Any, reject: Reject, row: Row) -> bool:
    """Keep the cells entered; where that cannot be, say why on the form."""
    entered = {
        source: cells.entered(form[forms.field_name(place)].data)
        for place, source in enumerate(row.names)
    }
    try:
        services.correct(reject_id=reject.id, given=cells.given(entered, row.own))
    except services.StillWrong as failure:
        _mark(form, row, failure.sentences)
    except services.RowTakenUp:
        form.form_errors.append(TAKEN_UP)
        form.is_conflict = True
    except refusals.RepairRefused as refused:
        form.form_errors.append(refused.sentence)
        form.is_conflict = True
    return not form.errors


def status(form: Any) -> int:
    """Return the status of a page with this form: 409 where a run came first, 422 with errors."""
    if getattr(form, "is_conflict", False):
        return 409
    return 422 if form.errors else 200


def fields(form: Any, row: Row) -> list[dict[str, Any]]:
    """Return each column with its field, its cell in the file, and whether it is at fault."""
    return [
        {
            "name": name,
            "field": form[forms.field_name(place)],
            "own": row.own.get(source),
            "is_wrong": source in row.wrong,
        }
        for place, (source, name) in enumerate(row.names.items())
    ]


def replaced(
    form: Any, run_id: int, rule: str, column: str, entered: Mapping[str | None, str]
) -> int | None:
    """Replace values in all rows that have them; where that cannot be, say why on the form."""
    if not entered:
        form.form_errors.append("Enter a new value for at least one of these.")
        return None
    try:
        return services.replace_values(
            run_id=run_id, rule=rule, column=column, replacements=entered
        )
    except services.StillWrong as failure:
        by_digest = {forms.digest(old): said for old, said in failure.sentences.items()}
        by_digest.setdefault(forms.digest(None), failure.sentences.get("", ""))
        # The list of rows would not say so by itself.
        form.replacements.errors = list(failure.sentences.values())
        for each in form.replacements:
            if said := by_digest.get(each.form.old.data):
                each.form.new.errors = [said]
    except services.NotAColumn:
        form.form_errors.append(
            f"“{column}” is a custom column. Correct the columns it is made of, row by row, or "
            "mend its rule in step 4."
        )
    except refusals.RepairRefused as refused:
        form.form_errors.append(refused.sentence)
        form.is_conflict = True
    return None


def paired(form: Any, found: Sequence[tuple[str | None, int]]) -> list[dict[str, Any]]:
    """Return the rows of the form with the values they are about, and how many rows have them."""
    known = {forms.digest(value): (value, count) for value, count in found}
    rows = [each.form for each in form.replacements if each.form.old.data in known]
    return [
        {
            "form": row,
            "value": (known[row.old.data][0] or "")[: forms.LONGEST_VALUE],
            "count": known[row.old.data][1],
        }
        for row in rows
    ]


def _own_cells(reject: Reject, run: Run, columns: list[str]) -> dict[str, str | None]:
    source = streams.source_of(run.stream_file_id)
    is_there = streams.has_bytes(run.stream_file_id)
    options = Definition.from_dict(run.definition).options
    try:
        return cells.read(
            source if is_there else None, options, columns, Record(reject.line, reject.raw)
        )
    except (FileUnreadable, OSError):
        return {}


def _mark(form: Any, row: Row, sentences: Mapping[str, str]) -> None:
    """Put what is wrong beside the fields it is about; else above the form."""
    for column, sentence in sentences.items():
        at_fault = cells.made_of(row.definition, column)
        for place, source in enumerate(row.names):
            if source in at_fault:
                form[forms.field_name(place)].errors = [sentence]
        if not at_fault:
            form.form_errors.append(sentence)
