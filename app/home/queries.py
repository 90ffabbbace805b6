"""What the home page tells."""

from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import selectinload

from app import storage
from app.dataflows import queries as dataflows
from app.dataflows.models import Dataflow, DataflowState
from app.extensions import db
from app.runs.models import Run, RunKind
from app.schemas import queries as schemas

LATEST_RUNS = 5


@dataclass(frozen=True)
class Overview:
    """Counts, the drafts to go on with and the latest runs."""

    dataflow_count: int
    active_count: int
    running_count: int
    failed_count: int
    dataset_count: int
    row_count: int
    drafts: list[Dataflow]
    runs: list[Run]

    @property
    def is_new(self) -> bool:
        """Tell whether there is nothing yet: no dataflow, paused or not, and no row of one gone."""
        return not (self.dataflow_count or self.row_count)


def overview() -> Overview:
    """Return what there is."""
    by_state = dataflows.count_by_state()
    lake = storage.lake()
    counts = [lake.row_count(schema.table_name) for schema in schemas.list_schemas()]
    return Overview(
        dataflow_count=sum(by_state.values()),
        active_count=sum(count for state, count in by_state.items() if state.is_active),
        running_count=by_state.get(DataflowState.RUNNING, 0),
        failed_count=by_state.get(DataflowState.FAILED, 0),
        dataset_count=len(counts),
        row_count=sum(counts),
        drafts=_latest_drafts(),
        runs=_latest_runs(),
    )


def check_database() -> None:
    """Raise unless the database answers."""
    db.session.execute(text("SELECT 1"))


def _latest_drafts() -> list[Dataflow]:
    states = [state for state in DataflowState if state.is_draft]
    drafts = select(Dataflow).where(Dataflow.state.in_(states))
    return list(db.session.scalars(drafts.order_by(Dataflow.changed_at.desc()).limit(LATEST_RUNS)))


def _latest_runs() -> list[Run]:
    runs = select(Run).where(Run.kind == RunKind.PRODUCTION).options(selectinload(Run.dataflow))
    return list(db.session.scalars(runs.order_by(Run.id.desc()).limit(LATEST_RUNS)))
