"""Reading dataflows."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.dataflows.models import Dataflow, DataflowState
from app.extensions import db

# All that hangs on a dataflow, so that nothing is loaded later, by a template.
WHOLE: tuple[Any, ...] = (
    selectinload(Dataflow.stream),
    selectinload(Dataflow.draft_file),
    selectinload(Dataflow.columns),
    selectinload(Dataflow.transformations),
    selectinload(Dataflow.mappings),
    selectinload(Dataflow.schema),
)


def list_dataflows(*, search: str = "", state: DataflowState | None = None) -> list[Dataflow]:
    """Return the dataflows whose name has the text, the last changed first."""
    query = select(Dataflow).options(selectinload(Dataflow.schema))
    if search:
        query = query.where(Dataflow.name.icontains(search, autoescape=True))
    if state is not None:
        query = query.where(Dataflow.state == state)
    return list(db.session.scalars(query.order_by(Dataflow.changed_at.desc())))


def count_drafts() -> int:
    """Return how many dataflows are still being made."""
    return sum(1 for dataflow in list_dataflows() if dataflow.state.is_draft)


def find_dataflow(dataflow_id: int) -> Dataflow | None:
    """Return the dataflow with all that hangs on it."""
    return db.session.scalar(select(Dataflow).where(Dataflow.id == dataflow_id).options(*WHOLE))
