"""Reading dataflows."""

from collections.abc import Collection
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import case, func, select
from sqlalchemy.orm import selectinload

from app.dataflows.models import Dataflow, DataflowState
from app.extensions import db

DATAFLOWS_A_PAGE = 50

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


def find_dataflow(dataflow_id: int) -> Dataflow | None:
    """Return the dataflow with all that hangs on it."""
    return db.session.scalar(select(Dataflow).where(Dataflow.id == dataflow_id).options(*WHOLE))
