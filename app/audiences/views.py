"""The Audience Builder, the list of audiences, and who is in one."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app import clock, confirming, live, paging
from app.access import needs
from app.accounts.models import Role
from app.activations import queries as activations
from app.audiences import building, explanations, queries, questions, services
from app.audiences.evaluation import services as evaluation
from app.audiences.forms import AudienceForm
from app.audiences.history import asked
from app.audiences.history import showing as history
from app.audiences.history.queries import history_of
from app.audiences.history.sizes import Period
from app.audiences.lists import queries as lists
from app.audiences.live import Superseded
from app.audiences.models import Audience

bp = Blueprint("audiences", __name__)


@bp.get("/audiences")
def index():
    search = request.args.get("search", "").strip()[:120]
    found = queries.list_audiences(search=search, number=paging.asked_for())
    return render_template("audiences/index.html", audiences=found, search=search)


@bp.route("/audiences/new", methods=["GET", "POST"])
@needs(Role.EDITOR)
def new():
    return building.edited(AudienceForm(), None)


@bp.route("/audiences/<int:audience_id>/edit", methods=["GET", "POST"])
@needs(Role.EDITOR)
def edit(audience_id: int):
    audience = queries.find_audience(audience_id) or abort(404)
    if audience.is_list:
        return redirect(url_for("lists.edit", audience_id=audience_id))
    form = AudienceForm(
        data={
            "name": audience.name,
            "description": audience.description,
            "tags": ", ".join(audience.tags),
            "zone": audience.zone,
            "version": audience.version,
        }
    )
    return building.edited(form, audience)


@bp.post("/audiences/preview")
def preview():
    """Answer the builder that counts while conditions are changed."""
    audience = queries.find_audience(request.args.get("audience", 0, int))
    try:
        counted = building.counted_form(AudienceForm(), audience)
    except Superseded:
        # Nobody waits for it: the page has asked for another count since.
        return "", 204
    return render_template("audiences/_preview.html", **counted)


@bp.post("/audiences/sentence")
def sentence():
    """Answer the builder that says in words what is being built."""
    return render_template("audiences/_sentence.html", sentence=building.sentence(AudienceForm()))


@bp.get("/audiences/suggestions")
@needs(Role.EDITOR)
def suggestions():
    """Answer a field that is being filled in with what there is."""
    given = {name: text[:200] for name, text in request.args.items()}
    return render_template("audiences/_suggestions.html", found=building.suggested(given))


@bp.get("/audiences/<int:audience_id>")
def show(audience_id: int):
    audience = queries.find_audience(audience_id) or abort(404)
    return render_template(
        "audiences/show.html",
        audience=audience,
        sentence=queries.sentence_of(audience),
        made_by=lists.made_by(audience) if audience.is_list else None,
        intakes=lists.list_intakes(audience_id) if audience.is_list else [],
        page=queries.list_members(audience, search="", number=1),
        changes=queries.list_changes(audience),
        **_history(audience),
        attached=activations.list_attached_to(audience_id),
        attachable=activations.attachable_activations(audience_id),
        delete_question=questions.before_deleting(audience),
    )


@bp.get("/audiences/<int:audience_id>/standing")
def standing(audience_id: int):
    """Answer the page that waits for an evaluation."""
    audience = queries.find_audience(audience_id) or abort(404)
    if not audience.status.is_active:
        return live.whole_page(show(audience_id))
    return render_template("audiences/_standing.html", audience=audience, last=None)


@bp.get("/audiences/<int:audience_id>/members")
def members(audience_id: int):
    audience = queries.find_audience(audience_id) or abort(404)
    search = request.args.get("search", "").strip()[:200]
    until = asked.sequence("until")
    page = queries.list_members(audience, search=search, number=paging.asked_for(), until=until)
    return render_template(
        "audiences/members.html", audience=audience, page=page, search=search, until=until
    )


@bp.get("/audiences/<int:audience_id>/explain")
def explain(audience_id: int):
    """Show why a person is in an audience, or is not."""
    audience = queries.find_audience(audience_id) or abort(404)
    person_id, found = request.args.get("person", "")[:200], None
    # As it is written first; what was pasted may have spaces around it that are not meant.
    for each in dict.fromkeys((person_id, person_id.strip())):
        if each and (found is None or not found.explanation.is_known):
            found = explanations.explain(audience, each, clock.now())
    is_unknown = found is not None and not found.explanation.is_known
    page = render_template(
        "audiences/explain.html", audience=audience, person_id=person_id, found=found
    )
    return page, 404 if is_unknown else 200


@bp.post("/audiences/<int:audience_id>/refresh")
def refresh(audience_id: int):
    queries.find_audience(audience_id) or abort(404)
    evaluation.refresh_audience(audience_id=audience_id)
    return redirect(url_for("audiences.show", audience_id=audience_id))


@bp.post("/audiences/<int:audience_id>/delete")
def delete(audience_id: int):
    audience = queries.find_audience(audience_id) or abort(404)
    name, back = audience.name, url_for("audiences.show", audience_id=audience_id)
    asking = confirming.asked(questions.before_deleting(audience), back)
    if asking:
        return asking
    try:
        services.delete_audience(audience_id=audience_id)
    except services.AudienceInUse:
        flash(f"Activations send “{name}”. Detach it from them first.", "bad")
        return redirect(back)
    flash(f"The audience “{name}” is deleted.", "good")
    return redirect(url_for("audiences.index"))


def _history(audience: Audience) -> dict[str, Any]:
    """Return the history of the period that the address asks for, else of one that suits it."""
    wanted = request.args.get("period", "")
    period = Period(wanted) if wanted in set(Period) else None
    return history.told(audience.id, history_of(audience, period, now=clock.now()))
