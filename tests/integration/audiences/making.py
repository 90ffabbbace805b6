"""People, events and audiences to find them by."""

from app.audiences import queries, services
from app.audiences.evaluation import services as evaluation
from app.audiences.tree import reading
from app.execution import services as execution
from app.extensions import db
from app.runs import services as runs
from app.streams.models import FileKind
from app.tracking import services as tracking
from tests.conftest import NOW
from tests.factories import make_active, make_file
from tests.integration.tracking.sending import make_source, send

BUYERS = {"all": [{"did": {"event": "buy"}}]}


def make_people(content="id,name,points\n1,Ada,3\n2,Bob,5\n3,Eve,\n"):
    """Return the schema of a dataset with these people."""
    dataflow = make_active(content)
    add_people(dataflow, content)
    return dataflow


def add_people(dataflow, content):
    """Append these rows to the people of a dataflow."""
    make_file(dataflow, content, kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)


def make_events(app, *given, source=None):
    """Store track messages of (person, event, properties)."""
    source = source or make_source()
    batch = [
        {"type": "track", "userId": person, "event": event, "properties": properties}
        for person, event, properties in given
    ]
    send(app, source, "/v1/batch", {"batch": batch})
    tracking.flush_inbox()
    return source


def make_audience(raw=BUYERS, name="Buyers"):
    """Return an audience that waits for its members."""
    return services.create_audience(
        name=name, description="", tags=["shop"], tree=reading.parsed(raw), now=NOW
    )


def make_outdated(raw, name="Buyers"):
    """Return an audience whose conditions could be evaluated when it was saved, and cannot now."""
    audience = make_audience(name=name)
    audience.tree = raw
    db.session.commit()
    return audience


def evaluate(audience, now=NOW):
    """Find the members as a worker does, and return the audience as it then stands."""
    evaluation.evaluate_audience(
        audience_id=audience.id, stalled_after=NOW - NOW, clock=lambda: now
    )
    return fresh(audience)


def basis_now(raw=BUYERS):
    """Return what an evaluation of a tree would read now."""
    return queries.sight().basis(raw, queries.vocabulary(), "UTC", NOW)


def fresh(audience):
    """Return the audience as the database has it."""
    db.session.expire_all()
    found = queries.find_audience(audience.id)
    assert found is not None
    return found


def member_ids(audience):
    """Return who is in."""
    return [row["person_id"] for row in queries.list_members(audience, search="", number=1).rows]
