"""The Audience Builder, the list of audiences, and who is in one."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app import clock, confirming, live, paging
from app.access import needs
from app.accounts.models import Role
from app.activations import queries as activations
from app.audiences import builder, explanations, queries, questions, services
from app.audiences.builder import Entry
from app.audiences.evaluation import services as evaluation
from app.audiences.forms import AudienceForm
from app.audiences.history import asked
from app.audiences.history import showing as history
from app.audiences.history.queries import history_of
from app.audiences.history.sizes import Period
from app.audiences.lists import queries as lists
from app.audiences.models import Audience
from app.audiences.tree import reading, sentences
from app.audiences.tree.conditions import Group
from app.audiences.tree.operators import NUMBER_OPERATORS, Operator
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.vocabulary import AttributeUnknown, AudienceUnknown
from app.tracking import queries as tracking

bp = Blueprint("audiences", __name__)


@bp.get("/audiences")
def index():
    search = request.args.get("search", "").strip()[:120]
    found = queries.list_audiences(search=search, number=paging.asked_for())
    return render_template("audiences/index.html", audiences=found, search=search)


@bp.route("/audiences/new", methods=["GET", "POST"])
@needs(Role.EDITOR)
def new():
    form = AudienceForm()
    entry = builder.read(request.form) if request.method == "POST" else builder.fresh()
    return _edited(form, entry, None)


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
            "version": audience.version,
        }
    )
    is_sent = request.method == "POST"
    entry = builder.read(request.form) if is_sent else builder.from_raw(audience.tree)
    return _edited(form, entry, audience)


@bp.post("/audiences/preview")
def preview():
    """Answer the builder that counts while conditions are changed."""
    tree, problems = _tree(builder.read(request.form))
    return render_template("audiences/_preview.html", **_counted(tree), problems=problems)


@bp.get("/audiences/<int:audience_id>")
def show(audience_id: int):
    audience = queries.find_audience(audience_id) or abort(404)
    return render_template(
        "audiences/show.html",
        audience=audience,
        sentence=sentences.sentence(queries.tree_of(audience)),
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


def _edited(form: AudienceForm, entry: Entry, audience: Audience | None):
    """Show the builder, do what its button says, or save."""
    command = request.form.get("do", "")
    if request.method == "GET":
        return _page(form, entry, audience)
    if command:
        return _page(form, builder.changed(entry, command), audience, is_counted=True)
    tree, problems = _tree(entry)
    if form.validate_on_submit() and tree is not None:
        try:
            saved = _saved(form, tree, audience)
        except services.AudienceNameTaken:
            form.name.errors = ["Another audience has this name. Choose a name of its own."]
        except services.EditedElsewhere:
            form.form_errors.append(
                "This audience was changed in another tab. Open it anew to see the newest state."
            )
        else:
            flash(f"“{saved.name}” is saved. Its members are being found.", "good")
            return redirect(url_for("audiences.show", audience_id=saved.id))
    if problems:
        form.form_errors.append("Mend the marked conditions.")
    return _page(form, entry, audience, problems=problems), 422


def _saved(form: AudienceForm, tree: Group, audience: Audience | None) -> Audience:
    values: dict[str, Any] = {
        "name": form.name.data,
        "description": form.description.data or "",
        "tags": form.listed_tags,
        "tree": tree,
        "now": clock.now(),
    }
    if audience is None:
        return services.create_audience(**values)
    return services.save_audience(audience_id=audience.id, version=form.seen_version, **values)


def _page(
    form: AudienceForm,
    entry: Entry,
    audience: Audience | None,
    *,
    problems: dict[str, str] | None = None,
    is_counted: bool = False,
) -> str:
    tree, found = _tree(entry)
    vocabulary = queries.vocabulary()
    return render_template(
        "audiences/edit.html",
        audience=audience,
        form=form,
        entry=entry,
        problems=problems or {},
        attributes=[
            (builder.choice(each.schema, each.column), f"{each.column} ({each.schema})")
            for each in vocabulary.attributes
        ],
        operators=list(Operator),
        number_operators=NUMBER_OPERATORS,
        events=tracking.event_words(),
        properties=tracking.property_words(),
        **_counted(tree if is_counted or audience else None),
        preview_problems=found if is_counted else {},
    )


def _tree(entry: Entry) -> tuple[Group | None, dict[str, str]]:
    """Return the tree, or what is wrong with it by path."""
    try:
        return reading.parsed(builder.to_raw(entry)), {}
    except reading.TreeInvalid as failure:
        return None, failure.problems


def _counted(tree: Group | None) -> dict[str, Any]:
    """Return what a template shows of a tree's size."""
    if tree is None:
        return {"preview": None, "sentence": "", "failure": ""}
    sentence, failure, counted = sentences.sentence(tree), "", None
    try:
        counted = queries.count(tree, zone="UTC", now=clock.now())
    except (AttributeUnknown, AudienceUnknown, ValueUnfit) as problem:
        failure = str(problem)
    return {"preview": counted, "sentence": sentence, "failure": failure}
