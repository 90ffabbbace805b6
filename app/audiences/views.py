"""The Audience Builder, the list of audiences, and who is in one."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app import confirming, live, paging
from app.access import needs
from app.accounts.models import Role
from app.activations import queries as activations
from app.audiences import building, queries, questions, services
from app.audiences.forms import AudienceForm

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
    return render_template("audiences/_preview.html", **building.counted_form(AudienceForm()))


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
        sentence=building.sentence_of(audience),
        page=queries.list_members(audience, search="", number=1),
        changes=queries.list_changes(audience),
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
    return render_template("audiences/_standing.html", audience=audience)


@bp.get("/audiences/<int:audience_id>/members")
def members(audience_id: int):
    audience = queries.find_audience(audience_id) or abort(404)
    search = request.args.get("search", "").strip()[:200]
    page = queries.list_members(audience, search=search, number=paging.asked_for())
    return render_template("audiences/members.html", audience=audience, page=page, search=search)


@bp.post("/audiences/<int:audience_id>/refresh")
def refresh(audience_id: int):
    queries.find_audience(audience_id) or abort(404)
    services.refresh_audience(audience_id=audience_id)
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
