"""What is exported by itself, and what became of it."""

from flask import Blueprint, current_app, render_template

from app import clock, paging
from app.site.exports import queries, scheduling

bp = Blueprint("exports", __name__)


@bp.get("/exports")
def index():
    now = clock.now()
    entries = scheduling.entries(current_app.config["EXPORT_SCHEDULE"])
    return render_template(
        "exports/index.html",
        scheduled=[(entry, entry.next_after(now)) for entry in entries],
        runs=queries.list_export_runs(paging.asked_for()),
    )
