"""Who entered and who left an audience, between two sequences."""

from flask import Blueprint, abort, render_template, request

from app import paging
from app.audiences import queries as audiences
from app.audiences.history import asked, queries, showing
from app.audiences.history.moves import Span

bp = Blueprint("history", __name__)


@bp.get("/audiences/<int:audience_id>/changes")
def changes(audience_id: int):
    audience = audiences.find_audience(audience_id) or abort(404)
    after, until = asked.sequence("after") or 0, asked.sequence("until")
    only = request.args.get("only", "")
    only = only if only in showing.KINDS else ""
    end = asked.LARGEST if until is None else until
    span = Span(audience.public_id, after, end, showing.KINDS[only])
    page = queries.page_of(span, paging.asked_for())
    return render_template(
        "history/changes.html",
        audience=audience,
        page=page,
        only=only,
        kinds=showing.kinds(audience_id, page.total, only, after, until),
        href=showing.address(audience_id, after, until, only),
    )
