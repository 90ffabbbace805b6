"""Moving a dataflow from state to state, whatever else happens to it at the same moment."""

from sqlalchemy import case, literal, update
from sqlalchemy.orm.attributes import set_committed_value

from app.dataflows.models import Dataflow
from app.dataflows.states import TRANSITIONS, DataflowState, Event, EventImpossible
from app.extensions import db


def note(dataflow: Dataflow, event: Event) -> None:
    """Move the dataflow as the event does; raise EventImpossible.

    It starts from the state the database has now, in one statement, and asks for no version of the
    draft: a run's end and a pause at one moment both count, and neither meets an edit.
    """
    kind = Dataflow.state.type
    moves = {old: literal(new, kind) for old, new in TRANSITIONS[event].items()}
    # What else is to be written is refused, if it must be, by the commit.
    with db.session.no_autoflush:
        moved: DataflowState | None = db.session.scalar(
            update(Dataflow)
            .where(Dataflow.id == dataflow.id, Dataflow.state.in_(list(moves)))
            .values(state=case(moves, value=Dataflow.state))
            .returning(Dataflow.state)
            .execution_options(synchronize_session=False)
        )
    if moved is None:
        raise EventImpossible(dataflow.state, event)
    set_committed_value(dataflow, "state", moved)
