"""Asking for a person to be erased, watching it, and the report."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from app import clock, confirming, live, paging
from app.access import needs
from app.accounts.models import Role
from app.erasures import queries, questions, services
from app.erasures.models import Erasure
from app.erasures.places import Place, Step

bp = Blueprint("erasures", __name__)


@bp.get("/people/erasures")
@needs(Role.ADMIN)
def index():
    return render_template(
        "erasures/index.html", erasures=queries.list_erasures(paging.asked_for())
    )


@bp.post("/people/erase")
@needs(Role.ADMIN)
def ask():
    person_id = request.form.get("id", "")
    back = url_for("people.show", id=person_id)
    try:
        services.refuse_invalid(person_id)
        question = questions.before_erasing(person_id, queries.count_what_goes(person_id))
        asking = confirming.asked(question, back)
        if asking:
            return asking
        erasure = services.ask_erasure(
            person_id=person_id,
            user_id=current_user.id,
            keys=current_app.config["ENCRYPTION_KEYS"],
            now=clock.now(),
        )
    except services.IdentifierInvalid:
        flash("Say who is to be erased: an identifier of 1 to 200 signs.", "bad")
        return redirect(url_for("people.index"))
    return redirect(url_for("erasures.show", erasure_id=erasure.id))


@bp.get("/people/erasures/<int:erasure_id>")
@needs(Role.ADMIN)
def show(erasure_id: int):
    erasure = queries.find_erasure(erasure_id) or abort(404)
    return render_template("erasures/show.html", **_shown(erasure))


@bp.get("/people/erasures/<int:erasure_id>/progress")
@needs(Role.ADMIN)
def progress(erasure_id: int):
    """Answer the page that watches an erasure."""
    erasure = queries.find_erasure(erasure_id) or abort(404)
    if not erasure.status.is_active:
        return live.whole_page(show(erasure_id))
    return render_template("erasures/_progress.html", **_shown(erasure))


@bp.get("/people/erasures/<int:erasure_id>/report")
@needs(Role.ADMIN)
def report(erasure_id: int):
    """Answer the report as JSON."""
    return queries.report(queries.find_erasure(erasure_id) or abort(404))


def _shown(erasure: Erasure):
    found_again = erasure.found_again or {}
    return {
        "erasure": erasure,
        "steps": list(Step),
        "places": [
            (place, erasure.counts.get(place.value, 0), found_again.get(place.value))
            for place in Place
        ],
    }
