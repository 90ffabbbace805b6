"""Reading dataflows."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import case, func, select
from sqlalchemy.orm import selectinload

from app.dataflows.models import Dataflow, DataflowColumn, DataflowState
from app.extensions import db

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
    *, search: str = "", states: Collection[DataflowState] = (), number: int = 1
) -> Pagination:
    """Return a page of the dataflows whose name has the text: failed ones first, then the newest.

    Without states, those in any state.
    """
    query = select(Dataflow).options(selectinload(Dataflow.schema))
    if search:
        query = query.where(Dataflow.name.icontains(search, autoescape=True))
    if states:
        query = query.where(Dataflow.state.in_(states))
    has_not_failed = case((Dataflow.state == DataflowState.FAILED, 0), else_=1)
    ordered = query.order_by(has_not_failed, Dataflow.changed_at.desc(), Dataflow.id.desc())
    return db.paginate(ordered, page=number, per_page=DATAFLOWS_A_PAGE, error_out=False)


def count_by_state() -> dict[DataflowState, int]:
    """Return how many dataflows stand where; a state that none has is left out."""
    counts = select(Dataflow.state, func.count()).group_by(Dataflow.state)
    return dict(db.session.execute(counts).all())


def list_headers(
    names: Sequence[str], *, sizes: tuple[int, int], but: int
) -> list[tuple[int, list[str]]]:
    """Return the file's columns of mapped dataflows that have about as many, by the dataflow's id.

    Those that have most of the names come first, then the newest; only so many are looked at.
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
    return list(found.items())


def find_dataflow(dataflow_id: int) -> Dataflow | None:
    """Return the dataflow with all that hangs on it."""
    return db.session.scalar(select(Dataflow).where(Dataflow.id == dataflow_id).options(*WHOLE))
