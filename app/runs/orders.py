"""The orders in which dataflows can be listed; one of them is by their newest run."""

from typing import Any

from sqlalchemy import case, func, select

from app.dataflows.models import Dataflow
from app.dataflows.states import DataflowState
from app.runs.models import Run, RunKind

# What asks for somebody comes first.
_STANDINGS = (
    DataflowState.FAILED,
    DataflowState.RUNNING,
    DataflowState.WAITING,
    DataflowState.PAUSED,
    DataflowState.READY,
    DataflowState.DRAFT,
)


def by(sort: str) -> tuple[Any, ...]:
    """Return what a query is ordered by, for one of the words that a person can choose."""
    return _ORDERS[sort]


_NEWEST_RUN = (
    select(func.max(Run.id))
    .where(Run.dataflow_id == Dataflow.id, Run.kind == RunKind.PRODUCTION)
    .correlate(Dataflow)
    .scalar_subquery()
)
_PLACES = {state: place for place, state in enumerate(_STANDINGS)}
_ORDERS: dict[str, tuple[Any, ...]] = {
    "": (),
    "name": (func.lower(Dataflow.name),),
    "state": (case(_PLACES, value=Dataflow.state),),
    "run": (_NEWEST_RUN.desc().nulls_last(),),
    "changed": (Dataflow.changed_at.desc(),),
}
