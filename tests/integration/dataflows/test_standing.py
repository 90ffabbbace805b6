"""States in the database, moved by what happens at the same moment."""

import pytest
from sqlalchemy import text, update

from app.dataflows import queries, services, standing
from app.dataflows.models import Dataflow
from app.dataflows.states import DataflowState, Event, EventImpossible, after
from app.extensions import db
from tests.conftest import NOW
from tests.factories import make_active, make_dataflow


def stored_state(dataflow) -> str:
    return db.session.execute(
        text("SELECT state FROM dataflow WHERE id = :id"), {"id": dataflow.id}
    ).scalar_one()


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("state", DataflowState)
def test_the_database_goes_by_the_same_table(app, state, event):
    dataflow = make_dataflow()
    dataflow.state = state
    db.session.commit()

    try:
        expected = after(state, event)
    except EventImpossible:
        with pytest.raises(EventImpossible):
            standing.note(dataflow, event)
        assert stored_state(dataflow) == state.value
    else:
        standing.note(dataflow, event)
        assert stored_state(dataflow) == expected.value
        assert dataflow.state is expected


def test_a_pause_is_not_lost_to_a_run_that_ends_at_the_same_moment(app):
    dataflow = make_active()
    standing.note(dataflow, Event.RUN_STARTED)
    db.session.commit()
    seen_by_the_run = dataflow.state
    elsewhere = update(Dataflow).values(state=DataflowState.PAUSED)
    db.session.execute(elsewhere.execution_options(synchronize_session=False))

    standing.note(dataflow, Event.RUN_FINISHED)

    assert seen_by_the_run is DataflowState.RUNNING
    assert stored_state(dataflow) == "paused"


def test_a_run_that_ends_meets_no_edit_of_the_draft(app):
    dataflow = make_active()
    elsewhere = update(Dataflow).values(version=Dataflow.version + 1)
    db.session.execute(elsewhere.execution_options(synchronize_session=False))

    standing.note(dataflow, Event.RUN_STARTED)
    db.session.commit()

    assert stored_state(dataflow) == "running"


def test_a_draft_is_neither_paused_nor_resumed(app):
    dataflow = make_dataflow()

    with pytest.raises(EventImpossible, match="A dataflow that is draft cannot be paused"):
        services.pause(dataflow_id=dataflow.id)
    with pytest.raises(EventImpossible):
        services.resume(dataflow_id=dataflow.id)

    assert queries.find_dataflow(dataflow.id).state is DataflowState.DRAFT


def test_what_is_paused_twice_or_resumed_twice_stays_so(app):
    dataflow = make_active()

    paused = [services.pause(dataflow_id=dataflow.id).state for _ in range(2)]
    resumed = [services.resume(dataflow_id=dataflow.id).state for _ in range(2)]

    assert paused == [DataflowState.PAUSED] * 2
    assert resumed == [DataflowState.WAITING] * 2
    assert dataflow.activated_at == NOW
