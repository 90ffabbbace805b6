"""Comparing audiences: how many people each two have in common, and who they are."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from app import clock, paging
from app.audiences.dividing import planned as planning
from app.audiences.dividing import queries as dividing
from app.audiences.dividing import services
from app.audiences.models import Audience
from app.audiences.overlaps import queries
from app.audiences.overlaps.counting import MOST_AUDIENCES, Part
from app.audiences.overlaps.queries import Pair

bp = Blueprint("overlaps", __name__)


@bp.get("/audiences/overlap")
def index():
    """Show the matrix of the audiences that were chosen, and the form that chooses them."""
    choices, asked = queries.list_choices(), _asked()
    chosen = [each for each in choices if each.public_id in asked]
    is_many = len(chosen) > MOST_AUDIENCES
    rows = queries.matrix_of(chosen) if len(chosen) > 1 and not is_many else []
    page = render_template(
        "overlaps/index.html",
        choices=choices,
        chosen=chosen,
        is_many=is_many,
        most=MOST_AUDIENCES,
        rows=list(zip(chosen, rows, strict=True)) if rows else [],
    )
    return page, 422 if is_many else 200


@bp.get("/audiences/overlap/both")
def both():
    """Show who is in both of two audiences, and who only in one."""
    one, other, part = _pair()
    pair = queries.pair_of(one, other, part, paging.asked_for())
    return render_template(
        "overlaps/both.html",
        pair=pair,
        part=part,
        parts=_parts(pair, part),
        # What a new audience of these people would be made of.
        one_id=one.public_id,
        other_id=other.public_id,
    )


@bp.post("/audiences/overlap/save")
def save():
    """Save one part of two audiences as an audience of its own."""
    one, other, part = _pair()
    first, second = dividing.source_of(one), dividing.source_of(other)
    planned = {
        Part.FIRST: planning.without(first, second),
        Part.BOTH: planning.both(first, second),
        Part.SECOND: planning.without(second, first),
    }[part]
    saved = services.create_named_freely(planned=planned, now=clock.now(), by=current_user.email)
    flash(f"“{saved.name}” is saved. Its members are being found.", "good")
    return redirect(url_for("audiences.show", audience_id=saved.id))


def _asked() -> set[str]:
    """Return the ids asked for: one by one, as a form sends them, or with commas between."""
    return {each for text in request.args.getlist("ids") for each in text.split(",")}


def _pair() -> tuple[Audience, Audience, Part]:
    """Return the two audiences and the part that are asked for."""
    one, other, asked = _audience("one"), _audience("other"), request.values.get("part", "")
    if one.id == other.id:
        abort(404)
    return one, other, Part(asked) if asked in set(Part) else Part.BOTH


def _audience(name: str) -> Audience:
    found: Audience = queries.find_audience(request.values.get(name, "")) or abort(404)
    return found


def _parts(pair: Pair, current: Part) -> list[dict[str, Any]]:
    """Return the three parts in words, each with its number and where its people are."""
    words = {
        Part.FIRST: f"Only in {pair.one.name}",
        Part.BOTH: "In both",
        Part.SECOND: f"Only in {pair.other.name}",
    }
    total = sum(pair.counts.values())
    return [
        {
            "place": each.value,
            "label": words[each],
            "count": pair.counts[each],
            "number": pair.counts[each],
            "share": pair.counts[each] / total if total else 0.0,
            "is_current": each is current,
            "href": url_for(
                "overlaps.both",
                one=pair.one.public_id,
                other=pair.other.public_id,
                part=each.value,
                _anchor="people",
            ),
        }
        for each in Part
    ]
