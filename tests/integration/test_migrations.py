"""Migrations go up, down and up again, and end where the models are."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.extensions import Base, db


def test_migrations_go_up_down_and_up_again(app):
    db.drop_all()

    upgrade()
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    upgrade()

    assert left == set()
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
