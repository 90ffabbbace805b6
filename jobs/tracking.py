"""Jobs on events."""

from app.tracking import services as tracking


def flush_inbox(**_later: object) -> None:
    """Move what waits in the inbox to the events table."""
    tracking.flush_inbox()


def compact_events(**_later: object) -> None:
    """Make few sorted files of many small ones."""
    tracking.compact_events()
