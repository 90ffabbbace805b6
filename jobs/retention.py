"""The job that forgets what is old."""

from datetime import timedelta

from flask import current_app

from app import clock
from app.retention import services as retention


def forget_what_is_old(**_later: object) -> None:
    """Forget what has been kept long enough."""
    settings = current_app.config
    retention.forget_what_is_old(
        files_older_than=timedelta(days=settings["FILE_LIFETIME_DAYS"]),
        journals_older_than=timedelta(days=settings["JOURNAL_LIFETIME_DAYS"]),
        now=clock.now(),
    )
