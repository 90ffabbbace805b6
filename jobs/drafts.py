"""Jobs on the draft files of dataflows."""

from datetime import timedelta

from flask import current_app

from app import clock
from app.drafts import services as drafts


def profile_draft(*, dataflow_id: int, **_later: object) -> None:
    """Parse a draft that is too large for the request."""
    drafts.profile_draft(dataflow_id=dataflow_id, stalled_after=_stalled_after(), clock=clock.now)


def keep_drafts_going(**_later: object) -> None:
    """Ring again for drafts that nobody parses."""
    drafts.keep_drafts_going(stalled_after=_stalled_after(), now=clock.now())


def _stalled_after() -> timedelta:
    return timedelta(seconds=current_app.config["RUN_STALLED_SECONDS"])
