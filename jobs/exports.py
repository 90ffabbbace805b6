"""Jobs that send exports of the schedule."""

from flask import current_app

from app import clock
from app.site.exports import services as exports
from app.site.exports.site import Site


def run_export(*, kind: str, number: int, **_later: object) -> None:
    """Carry out one entry of the schedule."""
    exports.run_export(
        kind=kind,
        number=number,
        schedule=current_app.config["EXPORT_SCHEDULE"],
        site=Site.of(current_app.config),
        locks=current_app.config["LOCKS_DIR"],
        clock=clock.now,
    )
