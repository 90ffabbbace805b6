"""The home page and the health check."""

from flask import Blueprint, render_template

from app.home import queries

bp = Blueprint("home", __name__)


@bp.get("/")
def index():
    return render_template("home/index.html", overview=queries.overview())


@bp.get("/healthz")
def health():
    queries.check_database()
    return {"status": "ok"}
