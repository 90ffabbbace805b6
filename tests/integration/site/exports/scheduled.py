"""An export of the schedule carried out, and what is kept of it."""

import json
from dataclasses import replace

from werkzeug import Response

from app.extensions import db
from app.site.exports import queries, services
from app.site.exports.exporting import ExportKind
from app.site.exports.models import ExportRun, ExportStatus
from app.site.exports.site import Site
from tests.conftest import NOW

STREAM_ID = "0123456789abcdef0123456789abcdef"
SCHEDULE = {
    "user": [{"interval": "*/30 * * * *", "options": f"--no-draft --stream-id {STREAM_ID}"}]
}
THREE_ROWS = {"sql": "SELECT 1 AS id UNION SELECT 2 UNION SELECT 3", "url": "sqlite://"}


def make_site(app, httpserver, source=THREE_ROWS) -> Site:
    """Return the site of the app's settings with one source, sending to the test's server."""
    platform = httpserver.url_for("").rstrip("/")
    site = Site.of(app.config)
    return replace(site, platform_url=platform, sources={"user": source}, part_rows=2)


def carry_out(app, site, **changes) -> None:
    """Do what the job does."""
    given = {"kind": "user", "number": 1, "schedule": SCHEDULE, "site": site, **changes}
    services.run_export(**given, locks=app.config["LOCKS_DIR"], clock=lambda: NOW)


def runs() -> list[ExportRun]:
    """Return what is kept, the newest first."""
    return list(queries.list_export_runs().items)


def make_run(status=ExportStatus.FINISHED, **changes) -> ExportRun:
    """Return a run that is there already."""
    values = {"kind": ExportKind.USER, "number": 1, "options": "--stream-id …", **changes}
    run = ExportRun(status=status, started_at=NOW, **values)
    db.session.add(run)
    db.session.flush()
    return run


def confirm(httpserver, rows: int) -> None:
    """Have the test's server confirm so many rows."""
    answer = json.dumps({"rows": rows, "size": 1})
    httpserver.expect_request("/stream/default").respond_with_handler(
        lambda _request: Response(answer, 201, content_type="application/json")
    )
