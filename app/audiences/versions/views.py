"""The versions of an audience: what each changed, two compared, one restored."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from app import clock, confirming, paging
from app.audiences import queries as audiences
from app.audiences import questions, services
from app.audiences.history import asked
from app.audiences.models import Audience
from app.audiences.tree.reading import TreeInvalid
from app.audiences.versions import queries

bp = Blueprint("versions", __name__)


@bp.get("/audiences/<int:audience_id>/versions")
def index(audience_id: int):
    audience = audiences.find_audience(audience_id) or abort(404)
    page = queries.list_versions(audience, paging.asked_for())
    one, other = (_asked(audience, name) for name in ("one", "other"))
    return render_template(
        "versions/index.html",
        audience=audience,
        page=page,
        numbers=queries.numbers(audience),
        one=one,
        other=other,
        compared=queries.compared(one, other) if one and other else None,
        questions={
            each.version.number: questions.before_restoring(audience, each.version.number)
            for each in page.rows
        },
    )


@bp.post("/audiences/<int:audience_id>/versions/<int:number>/restore")
def restore(audience_id: int, number: int):
    audience = audiences.find_audience(audience_id) or abort(404)
    queries.find_version(audience, number) or abort(404)
    back = url_for("versions.index", audience_id=audience_id)
    asking = confirming.asked(questions.before_restoring(audience, number), back)
    if asking:
        return asking
    seen = request.form.get("seen", 0, type=int)
    try:
        services.restore_version(
            audience_id=audience_id,
            number=number,
            version=seen,
            now=clock.now(),
            by=current_user.email,
        )
    except TreeInvalid as failure:
        said = " ".join(dict.fromkeys(failure.problems.values()))
        flash(f"Version {number} cannot be restored. {said}", "bad")
        return redirect(back)
    except services.EditedElsewhere:
        flash("The audience was changed meanwhile. Look at it anew before you restore.", "bad")
        return redirect(back)
    flash(f"Version {number} is restored. The members are being found.", "good")
    return redirect(url_for("audiences.show", audience_id=audience_id))


def _asked(audience: Audience, name: str):
    number = asked.sequence(name)
    return queries.find_version(audience, number) if number is not None else None
