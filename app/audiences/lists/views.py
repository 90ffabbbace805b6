"""Making kept lists from files or what is pasted, and changing who is on them."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for

from app import clock
from app.access import needs
from app.accounts.models import Role
from app.audiences import queries as audiences
from app.audiences.forms import AudienceForm
from app.audiences.lists import queries, services, working
from app.audiences.lists.forms import ChangeForm, ColumnForm, NewListForm
from app.audiences.lists.models import Action, ListIntake
from app.audiences.models import Audience
from app.audiences.services import AudienceNameTaken, EditedElsewhere
from app.tabular.files.source import FileUnreadable

bp = Blueprint("lists", __name__)

TAKEN = "Another audience has this name. Choose a name of its own."
ELSEWHERE = "This list was changed in another tab. Open it anew to see the newest state."


@bp.route("/audiences/new-list", methods=["GET", "POST"])
@needs(Role.EDITOR)
def new():
    form = NewListForm()
    form.offer(queries.identifier_names())
    if form.validate_on_submit():
        try:
            intake = services.create_list(
                name=form.name.data,
                description=form.description.data or "",
                tags=form.listed_tags,
                given=form.given,
                now=clock.now(),
            )
        except AudienceNameTaken:
            form.name.errors = [TAKEN]
        except FileUnreadable as failure:
            _field(form).errors = [failure.sentence]
        else:
            return _went_on(intake)
    return render_template("lists/new.html", form=form), 422 if form.errors else 200


@bp.route("/audiences/<int:audience_id>/list", methods=["GET", "POST"])
@needs(Role.EDITOR)
def edit(audience_id: int):
    """Show how a list is called and changed, or call it otherwise."""
    audience = _list(audience_id)
    form = AudienceForm(
        data={
            "name": audience.name,
            "description": audience.description,
            "tags": ", ".join(audience.tags),
            "version": audience.version,
        }
    )
    if form.validate_on_submit():
        try:
            _save(form, audience_id)
        except AudienceNameTaken:
            form.name.errors = [TAKEN]
        except EditedElsewhere:
            form.form_errors.append(ELSEWHERE)
        else:
            flash(f"“{form.name.data}” is saved.", "good")
            return redirect(url_for("audiences.show", audience_id=audience_id))
    return _page(audience, form, _change_form(formdata=None))


@bp.post("/audiences/<int:audience_id>/list/people")
@needs(Role.EDITOR)
def change(audience_id: int):
    """Take a file that replaces, adds or removes people."""
    audience, form = _list(audience_id), _change_form()
    if form.validate_on_submit():
        try:
            intake = services.change_list(
                audience_id=audience_id,
                action=Action(form.action.data),
                given=form.given,
                now=clock.now(),
            )
        except FileUnreadable as failure:
            _field(form).errors = [failure.sentence]
        else:
            return _went_on(intake)
    names = {"name": audience.name, "description": audience.description}
    more = {"tags": ", ".join(audience.tags), "version": audience.version}
    return _page(audience, AudienceForm(formdata=None, data={**names, **more}), form)


@bp.route("/audiences/lists/<int:intake_id>/column", methods=["GET", "POST"])
@needs(Role.EDITOR)
def column(intake_id: int):
    """Ask which column of a file identifies the people."""
    intake = queries.find_intake(intake_id) or abort(404)
    back = redirect(url_for("audiences.show", audience_id=intake.audience_id))
    if not intake.status.is_waiting:
        return back
    form = ColumnForm()
    try:
        form.offer(queries.choices_of(intake))
    except FileUnreadable as failure:
        flash(failure.sentence, "bad")
        return back
    if form.validate_on_submit():
        return _taken(intake, form.column.data)
    page = render_template("lists/column.html", form=form, intake=intake)
    return page, 422 if form.errors else 200


def _went_on(intake: ListIntake) -> Any:
    """Ask which column is meant where there are several."""
    columns = working.columns_of(intake)
    if len(columns) == 1:
        return _taken(intake, columns[0])
    return redirect(url_for("lists.column", intake_id=intake.id))


def _taken(intake: ListIntake, name: str) -> Any:
    audience_id = intake.audience_id
    try:
        services.choose_column(
            intake_id=intake.id,
            column=name,
            at_once_up_to=current_app.config["PARSE_IN_REQUEST_BYTES"],
            clock=clock.now,
        )
    except services.IntakeUnderWay:
        flash("Another file is being taken in. Wait for it, then choose the column.", "bad")
        return redirect(url_for("lists.column", intake_id=intake.id))
    except (services.ColumnUnknown, FileUnreadable) as failure:
        said = failure.sentence if isinstance(failure, FileUnreadable) else "Choose a column."
        flash(said, "bad")
    return redirect(url_for("audiences.show", audience_id=audience_id, _anchor="list"))


def _save(form: AudienceForm, audience_id: int) -> None:
    services.save_list(
        audience_id=audience_id,
        version=form.seen_version,
        name=form.name.data,
        description=form.description.data or "",
        tags=form.listed_tags,
        now=clock.now(),
    )


def _list(audience_id: int) -> Audience:
    found: Audience | None = audiences.find_audience(audience_id)
    if found is None or not found.is_list:
        abort(404)
    return found


def _change_form(**values: Any) -> ChangeForm:
    form = ChangeForm(**values)
    form.offer(queries.identifier_names())
    return form


def _field(form: Any) -> Any:
    """Return where the values were given: what is wrong with them is said there."""
    return form.file if form.file.data else form.pasted


def _page(audience: Audience, form: AudienceForm, change_form: ChangeForm) -> Any:
    page = render_template("lists/edit.html", audience=audience, form=form, change_form=change_form)
    is_sent = request.method == "POST"
    return page, 422 if is_sent else 200
