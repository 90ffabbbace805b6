"""Steps of the wizard, opened and looked at anew by their tests."""

from app.dataflows import queries as dataflows
from app.execution import services as execution
from app.extensions import db
from app.runs import queries as run_queries
from tests.conftest import NOW


def fresh(dataflow):
    db.session.expire_all()
    found = dataflows.find_dataflow(dataflow.id)
    assert found is not None
    return found


def open_step(pages, dataflow, slug):
    return pages.get(f"/dataflows/{dataflow.id}/{slug}")


def try_draft(dataflow):
    """Carry out the dry run that was queued last."""
    run = run_queries.last_dry_run(dataflow.id)
    assert run is not None
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)
