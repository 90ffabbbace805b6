"""Step 3: how the file is read, tried before it is parsed, and what its columns are."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for

from app import clock, confirming, live
from app.dataflows import questions
from app.dataflows import services as dataflows
from app.dataflows.models import Dataflow, ProfileStatus
from app.drafts import services as drafts
from app.tabular.options import ParsingOptions
from wizard import column_pages, file_columns, moving, pages, reading_options, refusals
from wizard.forms import VersionedForm

bp = Blueprint("file_mapping", __name__)

LAST_LINE = 10**9


@bp.get("/dataflows/<int:dataflow_id>/file-mapping")
def show(dataflow_id: int):
    dataflow = moving.reachable(dataflow_id, "file-mapping")
    form = reading_options.form_of(dataflow)
    return pages.file_mapping(dataflow, form, first=_first_line())


@bp.get("/dataflows/<int:dataflow_id>/file-mapping/parsing")
def parsing(dataflow_id: int):
    """Answer the page that waits for a parse: how far it is, or the page anew."""
    dataflow = moving.reachable(dataflow_id, "file-mapping")
    if dataflow.profile_status is ProfileStatus.QUEUED:
        return render_template("wizard/_parsing.html", dataflow=dataflow)
    return live.whole_page(show(dataflow_id))


@bp.post("/dataflows/<int:dataflow_id>/file-mapping/preview")
def preview(dataflow_id: int):
    """Answer the page with the file read by the options entered; nothing is saved."""
    dataflow = moving.reachable(dataflow_id, "file-mapping")
    form, options = reading_options.sent_form(dataflow), None
    if form.validate_on_submit():
        with refusals.shown_on(form):
            options = reading_options.entered(form, dataflow)
    page, status = pages.file_mapping(dataflow, form, options=options)
    return page, 200 if live.is_fragment() else status


@bp.post("/dataflows/<int:dataflow_id>/file-mapping/parse")
def parse(dataflow_id: int):
    dataflow = moving.reachable(dataflow_id, "file-mapping")
    form = reading_options.sent_form(dataflow)
    if form.validate_on_submit():
        with refusals.shown_on(form):
            return _parsed(dataflow, form, reading_options.entered(form, dataflow))
    return pages.file_mapping(dataflow, form)


@bp.post("/dataflows/<int:dataflow_id>/file-mapping/alternatives/<int:place>")
def choose_alternative(dataflow_id: int, place: int):
    """Read the file in another of the ways that were recognised, by its place in their list."""
    dataflow = moving.reachable(dataflow_id, "file-mapping")
    ways = (dataflow.recognition or {}).get("alternatives", [])
    if not 1 <= place <= len(ways):
        abort(404)
    form = VersionedForm()
    if form.validate_on_submit():
        with refusals.shown_on(form):
            return _parsed(dataflow, form, ParsingOptions.from_dict(ways[place - 1]["options"]))
    return _refused(dataflow, form)


@bp.post("/dataflows/<int:dataflow_id>/file-mapping/recognise")
def recognise_again(dataflow_id: int):
    """Forget what was chosen, and find out anew how the file is read."""
    dataflow = moving.reachable(dataflow_id, "file-mapping")
    form = VersionedForm()
    if form.validate_on_submit():
        with refusals.shown_on(form):
            drafts.choose_draft(
                dataflow_id=dataflow_id,
                version=form.seen_version,
                file_id=dataflow.draft_file_id or 0,
                parse_up_to=current_app.config["PARSE_IN_REQUEST_BYTES"],
                now=clock.now(),
            )
            return redirect(url_for("file_mapping.show", dataflow_id=dataflow_id))
    return _refused(dataflow, form)


@bp.post("/dataflows/<int:dataflow_id>/file-mapping/start-without-memory")
def start_without_memory(dataflow_id: int):
    """Take nothing over from the dataflow that knows these columns."""
    dataflow = moving.reachable(dataflow_id, "file-mapping")
    back = url_for("file_mapping.show", dataflow_id=dataflow_id, _anchor="columns")
    asking = confirming.asked(questions.before_starting_without_memory(dataflow), back)
    if asking:
        return asking
    form = VersionedForm()
    if form.validate_on_submit():
        with refusals.shown_on(form):
            drafts.start_without_memory(
                dataflow_id=dataflow_id, version=form.seen_version, now=clock.now()
            )
            return redirect(back)
    return _refused(dataflow, form)


@bp.post("/dataflows/<int:dataflow_id>/file-mapping/columns")
def save_columns(dataflow_id: int):
    dataflow = moving.reachable(dataflow_id, "file-mapping")
    form = file_columns.sent_form(dataflow)
    if form.validate_on_submit():
        with refusals.shown_on(form):
            dataflow = dataflows.save_columns(
                dataflow_id=dataflow_id,
                version=form.seen_version,
                choices=file_columns.choices(form, dataflow),
                now=clock.now(),
            )
            place = column_pages.of_file(dataflow).place
            return moving.on(dataflow, "file-mapping", **place)
    return pages.file_mapping(dataflow, reading_options.form_of(dataflow), form)


def _parsed(dataflow: Dataflow, form: VersionedForm, options: ParsingOptions):
    dataflow = drafts.save_parsing(
        dataflow_id=dataflow.id,
        version=form.seen_version,
        options=options,
        parse_up_to=current_app.config["PARSE_IN_REQUEST_BYTES"],
        now=clock.now(),
    )
    where = "reading" if dataflow.profile_problem else "columns"
    return redirect(url_for("file_mapping.show", dataflow_id=dataflow.id, _anchor=where))


def _refused(dataflow: Dataflow, form: VersionedForm):
    """Return the page with what a button of one press met."""
    shown = reading_options.form_of(dataflow)
    shown.form_errors.extend(form.form_errors)
    shown.is_conflict = getattr(form, "is_conflict", False)
    return pages.file_mapping(dataflow, shown)


def _first_line() -> int | None:
    line = request.args.get("line", type=int)
    return min(max(line, 1), LAST_LINE) if line else None
