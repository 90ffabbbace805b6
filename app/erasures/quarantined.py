"""Rejected rows of a person: what is kept of them is where they stood, and that they were erased.

Works within the caller's transactions, and commits nothing.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from app.dataflows import identifying, pipeline
from app.dataflows.definition import Definition, Target
from app.dataflows.identifying import Erased
from app.dataflows.picking import given_alone
from app.erasures import reading, rows
from app.erasures.places import Place
from app.erasures.subject import Subject
from app.erasures.work import Steps, Work
from app.extensions import db
from app.quarantine import cells
from app.runs.models import Reject, Run
from app.tabular.batches import BadRow

_ROWS_A_FETCH = 2_000
_LINES_A_STEP = 500
_EMPTIED = {
    **{"rule": identifying.ERASED, "message": identifying.MESSAGE, "raw": ""},
    **{"column": None, "value": None, "given": None},
}


def empty_lines(file_id: int, lines: Set[int]) -> int:
    """Empty what was rejected at these lines of a file by any of its runs; return how many."""
    of_file = Reject.run_id.in_(select(Run.id).where(Run.stream_file_id == file_id))
    ordered, count = sorted(lines), 0
    for start in range(0, len(ordered), _LINES_A_STEP):
        some = Reject.line.in_(ordered[start : start + _LINES_A_STEP])
        count += _empty(of_file & some)
    return count


def empty(work: Work) -> Steps:
    """Empty the rejected rows of the person whose files are gone, by their text."""
    for run_id in list(_runs()):
        for ids in _theirs(run_id, work.subject):
            work.count(Place.REJECTS, _empty(Reject.id.in_(ids)))
            yield
    yield


def count_rejects(subject: Subject) -> int:
    """Return how many rejected rows have something of a person."""
    return sum(len(ids) for run_id in list(_runs()) for ids in _theirs(run_id, subject))


def _runs() -> Iterator[int]:
    """Yield the runs into datasets of people."""
    names = set(rows.tables())
    for run_id, definition in db.session.execute(select(Run.id, Run.definition)):
        if definition["table_name"] in names:
            yield run_id


def _theirs(run_id: int, subject: Subject) -> Iterator[list[int]]:
    """Yield the ids of rejected rows of a run that are a person's, some at a time."""
    definition = Definition.from_dict(
        db.session.scalars(select(Run.definition).where(Run.id == run_id)).one()
    )
    schema = rows.names()[definition.table_name]
    target = identifying.person_target(definition, schema)
    if target is None:
        return
    last = 0
    wanted = (Reject.run_id == run_id) & _may_be(definition, target, subject)
    while found := list(
        db.session.execute(
            select(Reject.id, Reject.line, Reject.raw, Reject.given)
            .where(wanted, Reject.id > last)
            .order_by(Reject.id)
            .limit(_ROWS_A_FETCH)
        )
    ):
        last = found[-1].id
        if ids := _of_person(found, definition, target, subject):
            yield ids


def _may_be(definition: Definition, target: Target, subject: Subject) -> ColumnElement[bool]:
    """Return the condition on rows that are worth reading: all, where ids are written otherwise."""
    is_left = Reject.rule != identifying.ERASED
    text = subject.person_id
    is_text = definition.options.format.is_text_table
    if not (is_text and reading.is_written_as_it_is(definition, target, text)):
        return is_left
    return is_left & or_(
        Reject.raw.icontains(text, autoescape=True),
        Reject.value.icontains(text, autoescape=True),
        Reject.given.is_not(None),
    )


def _of_person(
    found: Sequence[Any], definition: Definition, target: Target, subject: Subject
) -> list[int]:
    names = [column.source_name for column in definition.columns]
    told: dict[int, Mapping[str, str | None]] = {
        row.id: {**cells.in_text(definition.options, names, row.raw), **(row.given or {})}
        for row in found
    }
    batch = given_alone(told, names)
    persons = pipeline.persons(batch, definition, target)
    ids = {row_id for row_id, who in zip(told, persons, strict=True) if who == subject.person_id}
    erased = Erased(target, lambda who: who == subject.person_id)
    for row in found:
        bad = BadRow(row.line, row.raw, "", "")
        if not told[row.id] and identifying.bad_row_is_of(bad, definition, erased):
            ids.add(row.id)
    return sorted(ids)


def _empty(condition: ColumnElement[bool]) -> int:
    emptied = (
        update(Reject)
        .where(condition, Reject.rule != identifying.ERASED)
        .values(_EMPTIED)
        .returning(Reject.id)
        .execution_options(synchronize_session=False)
    )
    return len(db.session.scalars(emptied).all())
