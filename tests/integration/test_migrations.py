"""Migrations go up, down and up again, and end where the models are."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from app.dataflows import queries as dataflows
from app.dataflows import services, suggesting
from app.extensions import Base, db
from tests.factories import make_active, make_dataflow


def test_migrations_go_up_down_and_up_again(app):
    db.drop_all()

    upgrade()
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    upgrade()

    assert left == set()
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_what_is_active_gets_a_version_of_its_present_definition(app):
    db.drop_all()
    upgrade()
    active = make_active()
    draft = make_dataflow("Draft")
    expected = suggesting.definition(active, active.schema)
    db.session.remove()

    downgrade(revision="0008")
    upgrade()

    found = dataflows.find_dataflow(active.id)
    version = dataflows.active_version(found)
    assert version.value == expected
    assert (found.active_number, version.number, version.schema_id) == (1, 1, found.schema_id)
    assert dataflows.find_dataflow(draft.id).active_number is None
    assert dataflows.list_versions(draft.id) == []


def test_a_paused_dataflow_edited_since_it_was_active_gets_no_version(app):
    db.drop_all()
    upgrade()
    edited = make_active()
    services.pause(dataflow_id=edited.id)
    db.session.execute(text("UPDATE dataflow SET changed_at = '2026-11-24 00:00:00.000000'"))
    db.session.commit()
    db.session.remove()

    downgrade(revision="0008")
    upgrade()

    assert dataflows.find_dataflow(edited.id).active_number is None
