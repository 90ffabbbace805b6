"""Reading dataflows."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import case, func, select
from sqlalchemy.orm import selectinload

from app.dataflows.models import Dataflow, DataflowColumn, DataflowState, DataflowVersion
from app.extensions import db
from app.schemas.models import Schema
from app.streams import queries as streams
from app.streams.rhythm import Rhythm, rhythm_of

DATAFLOWS_A_PAGE = 50
MOST_HEADERS, MOST_NAMES_COMPARED = 25, 500

# All that hangs on a dataflow, so that nothing is loaded later, by a template.
WHOLE: tuple[Any, ...] = (
    selectinload(Dataflow.stream),
    selectinload(Dataflow.draft_file),
    selectinload(Dataflow.columns),
    selectinload(Dataflow.transformations),
    selectinload(Dataflow.mappings),
    selectinload(Dataflow.schema),
)


def list_dataflows(
    *,
    search: str = "",
    states: Collection[DataflowState] = (),
    order: Sequence[Any] = (),
    number: int = 1,
) -> Pagination:
    """Return a page of the dataflows whose name has the text: failed ones first, then the newest.

    Without states, those in any state. An order comes before that one.
    """
    query = select(Dataflow).options(selectinload(Dataflow.schema))
    if search:
        query = query.where(Dataflow.name.icontains(search, autoescape=True))
    if states:
        query = query.where(Dataflow.state.in_(states))
    has_not_failed = case((Dataflow.state == DataflowState.FAILED, 0), else_=1)
    ordered = query.order_by(*order, has_not_failed, Dataflow.changed_at.desc(), Dataflow.id.desc())
    return db.paginate(ordered, page=number, per_page=DATAFLOWS_A_PAGE, error_out=False)


def dataset_of_each(dataflows: Iterable[Dataflow]) -> dict[int, str]:
    """Return the name of the schema that each writes to, or will, by the dataflow's id."""
    planned = {each.id: each.schema.name for each in dataflows if each.schema is not None}
    written = select(DataflowVersion.dataflow_id, Schema.name).join(
        Schema, DataflowVersion.schema_id == Schema.id
    )
    found = db.session.execute(written.where(DataflowVersion.dataflow_id.in_(planned)))
    return {**planned, **{row.dataflow_id: row.name for row in found}}


def rhythm_of_each(dataflows: Iterable[Dataflow], now: datetime) -> dict[int, Rhythm]:
    """Return how production files come, by the id of each dataflow that has had one."""
    ids = {each.stream_pk: each.id for each in dataflows}
    arrivals = streams.last_arrivals(list(ids))
    return {ids[pk]: rhythm_of(moments, now) for pk, moments in arrivals.items()}


def list_maybe_edited(dataflow_ids: Sequence[int]) -> list[Dataflow]:
    """Return those with an active version that were changed since, with their definition."""
    found = select(Dataflow).where(
        Dataflow.id.in_(dataflow_ids),
        Dataflow.active_number.is_not(None),
        Dataflow.changed_at >= Dataflow.activated_at,
    )
    # What is listed already is there without its rows. Profiles are much, and no part of it.
    whole = found.options(
        selectinload(Dataflow.columns).defer(DataflowColumn.profile),
        selectinload(Dataflow.transformations),
        selectinload(Dataflow.mappings),
        selectinload(Dataflow.schema),
    )
    return list(db.session.scalars(whole.execution_options(populate_existing=True)))


def count_by_state() -> dict[DataflowState, int]:
    """Return how many dataflows stand where; a state that none has is left out."""
    counts = select(Dataflow.state, func.count()).group_by(Dataflow.state)
    return dict(db.session.execute(counts).all())


def list_headers(
    names: Sequence[str], *, sizes: tuple[int, int], but: int
) -> list[tuple[int, list[str]]]:
    """Return the file's columns of mapped dataflows that have about as many, by the dataflow's id.

    They are looked for among drafts, and are those of the active version where there is one. Those
    that have most of the names come first, then the newest; only so many are looked at.
    """
    column = DataflowColumn
    shared = func.sum(case((column.source_name.in_(names[:MOST_NAMES_COMPARED]), 1), else_=0))
    nearest = (
        select(Dataflow.id)
        .join(column)
        .where(Dataflow.id != but, Dataflow.schema_id.is_not(None), Dataflow.mappings.any())
        .group_by(Dataflow.id)
        .having(func.count().between(*sizes))
        .order_by(shared.desc(), Dataflow.changed_at.desc(), Dataflow.id.desc())
        .limit(MOST_HEADERS)
    )
    found: dict[int, list[str]] = {each: [] for each in db.session.scalars(nearest)}
    rows = select(column.dataflow_id, column.source_name).where(column.dataflow_id.in_(found))
    for dataflow_id, name in db.session.execute(rows.order_by(column.position)):
        found[dataflow_id].append(name)
    return list({**found, **_active_headers(found)}.items())


def _active_headers(dataflow_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the file's columns that active versions read, by the dataflow's id."""
    active = (
        select(DataflowVersion.dataflow_id, DataflowVersion.definition["columns"])
        .join(Dataflow, DataflowVersion.dataflow_id == Dataflow.id)
        .where(Dataflow.id.in_(dataflow_ids), DataflowVersion.number == Dataflow.active_number)
    )
    return {
        dataflow_id: [column["source_name"] for column in columns]
        for dataflow_id, columns in db.session.execute(active)
    }


def find_dataflow(dataflow_id: int) -> Dataflow | None:
    """Return the dataflow with all that hangs on it."""
    return db.session.scalar(select(Dataflow).where(Dataflow.id == dataflow_id).options(*WHOLE))


def find_by_name(name: str) -> Dataflow | None:
    """Return the dataflow of this name with all that hangs on it."""
    return db.session.scalar(select(Dataflow).where(Dataflow.name == name).options(*WHOLE))


def names_like(beginning: str) -> set[str]:
    """Return the names that begin with a text."""
    found = select(Dataflow.name).where(Dataflow.name.startswith(beginning, autoescape=True))
    return set(db.session.scalars(found))


def active_version(dataflow: Dataflow) -> DataflowVersion | None:
    """Return the version that production files follow."""
    return db.session.scalar(
        select(DataflowVersion).where(
            DataflowVersion.dataflow_id == dataflow.id,
            DataflowVersion.number == dataflow.active_number,
        )
    )


def find_by_stream(stream_pk: int) -> Dataflow | None:
    """Return the dataflow that a stream feeds."""
    return db.session.scalar(select(Dataflow).where(Dataflow.stream_pk == stream_pk))


def find_version(dataflow: Dataflow, number: int | None) -> DataflowVersion | None:
    """Return a version by its number; without one, the active version."""
    if number is None:
        return active_version(dataflow)
    return db.session.scalar(
        select(DataflowVersion).where(
            DataflowVersion.dataflow_id == dataflow.id, DataflowVersion.number == number
        )
    )


def list_versions(dataflow_id: int, limit: int | None = None) -> list[DataflowVersion]:
    """Return the versions of a dataflow, the newest first."""
    found = select(DataflowVersion).where(DataflowVersion.dataflow_id == dataflow_id)
    return list(db.session.scalars(found.order_by(DataflowVersion.number.desc()).limit(limit)))


def last_number(dataflow_id: int) -> int:
    """Return the number of the newest version, 0 before the first."""
    newest = select(func.max(DataflowVersion.number))
    return db.session.scalar(newest.where(DataflowVersion.dataflow_id == dataflow_id)) or 0


def dataset_names(table_names: Sequence[str]) -> dict[str, str]:
    """Return the names of the datasets in these tables, by the table's name."""
    found = select(Schema.table_name, Schema.name).where(Schema.table_name.in_(table_names))
    return {row.table_name: row.name for row in db.session.execute(found)}


def names_writing_to(schema_id: int) -> list[str]:
    """Return the names of the dataflows whose active version writes to the schema."""
    found = (
        select(Dataflow.name).join(DataflowVersion).where(DataflowVersion.schema_id == schema_id)
    )
    return list(db.session.scalars(found))
