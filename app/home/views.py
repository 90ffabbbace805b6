"""The home page and the health check."""

from flask import Blueprint, render_template
from sqlalchemy.exc import SQLAlchemyError

from app.errors import Problem
from app.home import queries

bp = Blueprint("home", __name__)


@bp.get("/")
def index():
    return render_template("home/index.html", overview=queries.overview())


@bp.get("/healthz")
def health():
    """Answer machines that watch over this one: 200, or 503 while the database does not answer."""
    try:
        queries.check_database()
    except SQLAlchemyError as failure:
        raise Problem(
            503, "database_down", "Not available", "The database does not answer."
        ) from failure
    return {"status": "ok"}
