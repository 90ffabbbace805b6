"""One row of a dataset and where each of its values comes from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app import storage
from app.dataflows.definition import Definition
from app.extensions import db
from app.lake import browsing, history
from app.lake.history import CellOrigin, Change
from app.lake.journal import ORIGIN, RUN
from app.lake.readable import as_text
from app.lake.staging import LINE
from app.runs.models import Run, RunKind
from app.schemas.models import Schema
from app.tabular.columns import converting

MOST_RUNS = 500
LONGEST_TITLE = 80


@dataclass(frozen=True)
class Cell:
    """A value with its origin: the run that put it there, the file and line it is of.

    One that `was_filled` by nobody is empty since the row is there: its file had no such column.
    """

    name: str
    value: str
    before: str | None
    run: Run | None
    of_run: Run | None
    line: int | None
    was_filled: bool = True


@dataclass(frozen=True)
class Step:
    """What one run did to the row: each value that it changed, before and after."""

    run: Run
    bucket: str
    line: int | None
    values: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class RowPage:
    """A row as it is, its cells with their origins, and all that runs did to it.

    `last_run` wrote the row last, from `last_line`, where what it wrote is no longer on record.
    """

    title: str
    is_there: bool
    last_run: Run | None
    last_line: int | None
    cells: Sequence[Cell]
    steps: Sequence[Step]


def identity_of(schema: Schema, key: str, run: int | None, line: int | None) -> dict[str, Any]:
    """Return the values that tell a row from others; empty where none are right.

    It is given by its key, as the page shows that, or by the run and the line it came from.
    """
    column = schema.key_column
    origin = {RUN: run, LINE: line} if run is not None and line is not None else {}
    if column is None:
        return origin
    if not key and origin:
        found = browsing.find_row(storage.lake(), schema.table_name, [column.field_name], origin)
        return {column.field_name: found[column.field_name]} if found is not None else {}
    typed = converting.convert(pd.Series([key], dtype="string[pyarrow]"), column.type)
    value = converting.arrow_values(typed.values).to_pylist()[0]
    return {column.field_name: value} if value is not None else {}


def find_row(schema: Schema, identity: Mapping[str, Any]) -> RowPage | None:
    """Return the row and where it came from; None for one that never was, as far as is known."""
    lake = storage.lake()
    names = {column.field_name: column.name for column in schema.columns}
    row = browsing.find_row(lake, schema.table_name, [*names, *ORIGIN.names], identity)
    runs = _runs(schema)
    journals = {run: lake.journal(schema.table_name, run) for run in runs}
    told = history.changes(journals, identity)
    if row is None and not told:
        return None
    runs |= _others(told, row or {}, runs)
    only_added = {run.id for run in runs.values() if not run.changed_count}
    origins = history.origins(told, row, only_added) if row is not None else {}
    key = as_text(next(iter(identity.values())))
    last = _last_unrecorded(told, row or {})
    return RowPage(
        title=f"Row {key[:LONGEST_TITLE]}" if schema.key_column else f"Line {identity[LINE]}",
        is_there=row is not None,
        last_run=runs.get(last or 0),
        last_line=(row or {}).get(LINE),
        cells=list(_cells(schema, row, origins, runs)) if row is not None else [],
        steps=[_step(change, names, runs) for change in told],
    )


def _runs(schema: Schema) -> dict[int, Run]:
    """Return the runs whose journals are kept, by their ids, the last first, dry ones left out."""
    ids = list(storage.lake().list_journals(schema.table_name))[:MOST_RUNS]
    found = db.session.scalars(
        select(Run)
        .where(Run.id.in_(ids), Run.kind.not_in([kind for kind in RunKind if kind.is_dry]))
        .options(selectinload(Run.stream_file), selectinload(Run.dataflow))
        .order_by(Run.finished_at.desc(), Run.id.desc())
    )
    return {run.id: run for run in found}


def _others(
    told: Sequence[Change], row: Mapping[str, Any], known: Mapping[int, Run]
) -> dict[int, Run]:
    """Return the runs that a row is or was of, whose journals are no longer kept."""
    states = [
        row,
        *(state for change in told for state in (change.entry.after, change.entry.before)),
    ]
    ids = {state.get(RUN) for state in states} - {None} - known.keys()
    found = db.session.scalars(
        select(Run).where(Run.id.in_(ids)).options(selectinload(Run.stream_file))
    )
    return {run.id: run for run in found}


def _last_unrecorded(told: Sequence[Change], row: Mapping[str, Any]) -> int | None:
    """Return the run that a row is of, unless its journal is there to tell what it wrote."""
    is_told = any(change.run == row.get(RUN) for change in told)
    return None if is_told else row.get(RUN)


def _cells(
    schema: Schema,
    row: Mapping[str, Any],
    origins: Mapping[str, CellOrigin],
    runs: Mapping[int, Run],
) -> Iterator[Cell]:
    for column in schema.columns:
        origin, value = origins[column.field_name], row[column.field_name]
        of_run = runs.get(origin.of_run or 0)
        if value is None and of_run is not None and not _fills(of_run, column.id):
            yield Cell(column.name, "", None, None, None, None, was_filled=False)
        else:
            yield _cell(column.name, as_text(value), origin, runs)


def _fills(run: Run, column_id: int) -> bool:
    """Tell whether a run fills a column of the schema: it may have been added since."""
    targets = Definition.from_dict(run.definition).targets
    return column_id in {target.schema_column_id for target in targets}


def _cell(name: str, value: str, origin: CellOrigin, runs: Mapping[int, Run]) -> Cell:
    return Cell(
        name=name,
        value=value,
        before=None if origin.before is None else as_text(origin.before),
        run=runs.get(origin.run or 0),
        of_run=runs.get(origin.of_run or 0),
        line=origin.line,
    )


def _step(change: Change, names: Mapping[str, str], runs: Mapping[int, Run]) -> Step:
    after, before = change.entry.after, change.entry.before
    return Step(
        run=runs[change.run],
        bucket=change.entry.bucket.value,
        line=change.entry.line,
        values=[
            (name, as_text(before.get(field)), as_text(after.get(field)))
            for field, name in names.items()
            if before.get(field) != after.get(field)
        ],
    )
