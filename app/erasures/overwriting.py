"""Free space of SQLite: what was deleted stays legible in it until it is written over."""

from sqlalchemy import Connection

from app.erasures.work import NotYet
from app.extensions import db


def begin(connection: Connection) -> None:
    """Have what this connection deletes written over at once, where the database is SQLite."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def write_over() -> None:
    """Make the database's file anew without free space, its write-ahead log too; or raise NotYet.

    Called between transactions. Other databases do this themselves, in their own time.
    """
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")
        done = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if done is None or done[0]:
        raise NotYet("It waits until the database can write over its free space.")
