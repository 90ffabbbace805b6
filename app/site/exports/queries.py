"""Reading what became of scheduled exports."""

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import select

from app.extensions import db
from app.site.exports.models import ExportRun

RUNS_A_PAGE = 50


def list_export_runs(number: int = 1) -> Pagination:
    """Return a page of scheduled exports, the newest first."""
    newest = select(ExportRun).order_by(ExportRun.id.desc())
    return db.paginate(newest, page=number, per_page=RUNS_A_PAGE, error_out=False)
