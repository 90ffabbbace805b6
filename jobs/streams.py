"""Jobs on stream files."""

from datetime import timedelta

from flask import current_app

from app import clock
from app.streams import services as streams


def expire_open_files(**_later: object) -> None:
    """Remove parts of files that were never closed."""
    lifetime = timedelta(hours=current_app.config["PART_LIFETIME_HOURS"])
    streams.expire_open_files(older_than=lifetime, now=clock.now())
