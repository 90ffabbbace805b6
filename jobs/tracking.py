"""Jobs on events."""

from app.tracking import services as tracking


def flush_inbox(**_later: object) -> None:
    """Move what waits in the inbox to the events table."""
    tracking.flush_inbox()
