"""How Alembic reaches the app's database and models."""

from alembic import context
from flask import current_app

migrate = current_app.extensions["migrate"]


def run_online() -> None:
    """Carry the migrations out, each in a transaction."""
    with migrate.db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            transaction_per_migration=True,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run_online()
