"""Jobs on what the site's webhook received."""

from datetime import timedelta

from flask import current_app

from app import clock
from app.site.segments import people
from app.site.segments import services as segments


def hand_over_batches(**_later: object) -> None:
    """Have batches worked that are due."""
    stalled_after = timedelta(seconds=current_app.config["RUN_STALLED_SECONDS"])
    segments.hand_over_batches(stalled_after=stalled_after, now=clock.now())


def work_batch(*, batch_id: int, **_later: object) -> None:
    """Work the items of one batch."""
    settings = current_app.config
    known = people.lookup(settings["SITE_PEOPLE"], settings["SITE_SAMPLE_SHOP_URL"])
    segments.work_batch(
        batch_id=batch_id,
        known=known,
        batch_items=settings["BULK_BATCH_ITEMS"],
        now=clock.now(),
    )
