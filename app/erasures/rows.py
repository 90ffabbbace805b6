"""Rows of datasets of people, and what journals of runs have of them.

Works within the caller's transactions, and commits nothing.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq
from sqlalchemy import select

from app.dataflows import identifying
from app.erasures import copies
from app.erasures.places import Place
from app.erasures.work import NotYet, Steps, Work
from app.extensions import db
from app.formatting import plural
from app.lake import erasing
from app.lake.journal import WAS
from app.lake.tables import Lake
from app.runs.models import Run, RunStatus
from app.schemas import queries as schemas
from app.schemas.models import Schema


def tables() -> dict[str, list[str]]:
    """Return the datasets with rows of people, each with the columns that say whose a row is."""
    found = {each.table_name: identifying.person_columns(each) for each in schemas.list_schemas()}
    return {name: columns for name, columns in found.items() if columns}


def names() -> dict[str, Schema]:
    """Return the schema of each dataset, by its table."""
    return {schema.table_name: schema for schema in schemas.list_schemas()}


def remove_rows(work: Work) -> Steps:
    """Remove their rows of every dataset of people, and what journals have of them."""
    for name, columns in tables().items():
        refuse_older_runs(work, name)
        with work.lake.writer_lock(name):
            is_theirs = erasing.is_any_of(columns, [work.subject.person_id])
            yield from work.remove_rows(name, Place.DATASETS, is_theirs)
            yield from _remove_from_journals(work, name, columns)
    # Events were removed before: from now on no copy of them is made that has the person.
    yield from copies.forget(work)
    work.erasure.emptied_at = work.clock()
    yield


def refuse_older_runs(work: Work, table_name: str) -> None:
    """Raise NotYet while a run is under way that began before the person was suppressed."""
    older = [
        run.id
        for run in db.session.scalars(
            select(Run).where(Run.status == RunStatus.RUNNING, Run.started_at <= work.suppressed_at)
        )
        if run.table_name == table_name
    ]
    if older:
        listed = ", ".join(str(each) for each in older)
        what = plural(len(older), "run", "runs").split(" ", 1)[1]
        raise NotYet(f"It waits for {what} {listed} to end, which began before.")


def count_rows(lake: Lake, person_id: str, *, is_past: bool = False) -> int:
    """Return how many rows of datasets are of a person."""
    return sum(
        erasing.count_rows(lake, name, erasing.is_any_of(columns, [person_id]), is_past=is_past)
        for name, columns in tables().items()
    )


def count_in_journals(lake: Lake, person_id: str) -> int:
    """Return how many entries of journals are of a person."""
    return sum(
        erasing.count_in_file(path, condition)
        for name, columns in tables().items()
        for path, condition in _journals(lake, name, columns, person_id)
    )


def _remove_from_journals(work: Work, name: str, columns: Sequence[str]) -> Steps:
    for path, condition in _journals(work.lake, name, columns, work.subject.person_id):
        what = f"{name}/{path.name}"
        if found := erasing.count_in_file(path, condition):
            work.begin(what, Place.JOURNALS, found)
            yield
            erasing.remove_from_file(path, condition, spill=work.spill)
        work.end(what)
        yield


def _journals(
    lake: Lake, name: str, columns: Sequence[str], person_id: str
) -> Iterator[tuple[Path, str]]:
    """Yield each journal of a dataset with what tells their entries."""
    for path in lake.list_journals(name).values():
        held = set(pq.read_schema(path).names)
        asked = [each for column in columns for each in (column, WAS + column) if each in held]
        if asked:
            yield path, erasing.is_any_of(asked, [person_id])
