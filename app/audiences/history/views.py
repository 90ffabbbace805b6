"""Who entered and who left an audience, between two sequences."""

from flask import Blueprint, abort, render_template, request

from app import paging
from app.audiences import queries as audiences
from app.audiences.history import queries, showing
from app.audiences.history.moves import Span

bp = Blueprint("history", __name__)

# The largest number that a sequence has a place for.
LARGEST = 2**63 - 1


@bp.get("/audiences/<int:audience_id>/changes")
def changes(audience_id: int):
    audience = audiences.find_audience(audience_id) or abort(404)
    after, until = _sequence("after", 0), _sequence("until", LARGEST)
    only = request.args.get("only", "")
    only = only if only in showing.KINDS else ""
    span = Span(audience.public_id, after, until, showing.KINDS[only])
    page = queries.page_of(span, paging.asked_for())
    return render_template(
        "history/changes.html",
        audience=audience,
        page=page,
        only=only,
        kinds=showing.kinds(audience_id, page.total, only, after, until),
        href=showing.address(audience_id, after, until, only),
    )


def _sequence(name: str, default: int) -> int:
    """Return the sequence asked for; what can be none counts as not asked for."""
    asked = request.args.get(name, "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= len(str(LARGEST))
    return min(int(asked), LARGEST) if is_number else default
