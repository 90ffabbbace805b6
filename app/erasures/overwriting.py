"""Free space of SQLite: what was deleted stays legible in it until it is written over."""

import time

from sqlalchemy import Connection

from app.erasures.work import NotYet
from app.extensions import db

WAIT_SECONDS, POLL_SECONDS = 20.0, 0.2


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
        deadline = time.monotonic() + WAIT_SECONDS
        while not _is_log_emptied(connection):
            if time.monotonic() > deadline:
                raise NotYet("It waits until the database can write over its free space.")
            time.sleep(POLL_SECONDS)


def _is_log_emptied(connection: Connection) -> bool:
    """Empty the write-ahead log, unless a reader or another checkpoint is in the way.

    SQLite waits for readers, but not for a checkpoint: after much was written, any commit makes
    one, such as that of this erasure's own sign of life.
    """
    done = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return done is not None and not done[0]
