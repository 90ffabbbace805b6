"""The numbers of runs, each given once: datasets and journals know a run by it for good.

A key of SQLite's is given again once the newest rows are gone, as they are with their dataflow.
"""

from typing import Any

from sqlalchemy import Column, Integer, Table, insert

from app.extensions import db

run_number = Table(
    "run_number",
    db.metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    sqlite_autoincrement=True,
)


def next_number(context: Any) -> int:
    """Return a number no run ever had, within the transaction that stores the run."""
    key = context.connection.execute(insert(run_number)).inserted_primary_key
    return int(key[0])
