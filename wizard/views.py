"""The steps: each loads its draft, saves its form through one service, and moves on."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask_login import current_user

from app import clock, confirming, live
from app.dataflows import questions
from app.dataflows import services as dataflows
from app.drafts import queries as draft_queries
from app.drafts import services as drafts
from app.runs import queries as run_queries
from app.runs import services as runs
from app.streams import queries as streams
from app.streams import uploads
from app.streams.forms import UploadForm
from app.streams.models import FileKind
from app.tabular.files.source import FileUnreadable
from wizard import checklist, moving, pages, refusals, steps
from wizard.forms import ChooseForm, GeneralForm, VersionedForm

bp = Blueprint("wizard", __name__)


@bp.route("/dataflows/new", methods=["GET", "POST"])
def new():
    form = GeneralForm()
    if form.validate_on_submit():
        with refusals.shown_on(form):
            dataflow = dataflows.create_dataflow(
                name=form.name.data, description=form.description.data or "", now=clock.now()
            )
            return moving.on(dataflow, "general-information")
    return render_template(
        "wizard/general_information.html",
        dataflow=None,
        steps=steps.rail(None, "general-information"),
        checklist=[],
        form=form,
    ), refusals.status(form)


@bp.get("/dataflows/<int:dataflow_id>/steps")
def resume(dataflow_id: int):
    dataflow = moving.draft(dataflow_id)
    return redirect(steps.href(steps.furthest(dataflow), dataflow))


@bp.route("/dataflows/<int:dataflow_id>/general-information", methods=["GET", "POST"])
def general_information(dataflow_id: int):
    dataflow = moving.draft(dataflow_id)
    form = GeneralForm(obj=dataflow)
    if form.validate_on_submit():
        with refusals.shown_on(form):
            dataflow = dataflows.save_general(
                dataflow_id=dataflow_id,
                version=form.seen_version,
                name=form.name.data,
                description=form.description.data or "",
                now=clock.now(),
            )
            return moving.on(dataflow, "general-information")
    return pages.general_information(dataflow, form)


@bp.get("/dataflows/<int:dataflow_id>/download")
def download(dataflow_id: int):
    dataflow = moving.draft(dataflow_id)
    return pages.download(dataflow, UploadForm())


@bp.get("/dataflows/<int:dataflow_id>/download/files")
def draft_files(dataflow_id: int):
    dataflow = moving.draft(dataflow_id)
    return render_template(
        "wizard/_draft_files.html",
        dataflow=dataflow,
        files=streams.list_files(dataflow.stream_pk, FileKind.DRAFT),
        form=ChooseForm(data={"version": dataflow.version}),
    )


@bp.post("/dataflows/<int:dataflow_id>/download/upload")
def upload(dataflow_id: int):
    dataflow = moving.draft(dataflow_id)
    form = UploadForm()
    if form.validate_on_submit():
        with refusals.shown_on(form):
            uploads.keep(form.file.data, stream_pk=dataflow.stream_pk, kind=FileKind.DRAFT)
            flash(f"“{form.file.data.filename}” has arrived. Validate it to go on.", "good")
            return redirect(url_for("wizard.download", dataflow_id=dataflow_id, _anchor="files"))
    return pages.download(dataflow, form)


@bp.post("/dataflows/<int:dataflow_id>/download/validate")
def validate_download(dataflow_id: int):
    dataflow = moving.draft(dataflow_id)
    form = ChooseForm()
    if form.validate_on_submit():
        with refusals.shown_on(form):
            dataflow = drafts.choose_draft(
                dataflow_id=dataflow_id,
                version=form.seen_version,
                file_id=form.file_id.data,
                parse_up_to=current_app.config["PARSE_IN_REQUEST_BYTES"],
                now=clock.now(),
            )
            flash(draft_queries.confirmation(dataflow), "good")
            return redirect(url_for("file_mapping.show", dataflow_id=dataflow_id))
    return pages.download(dataflow, form, unreadable=_unreadable(dataflow, form))


def _unreadable(dataflow, form: ChooseForm):
    """Return the lines around what keeps the chosen file from being read."""
    failure = getattr(form, "failure", None)
    if not isinstance(failure, FileUnreadable):
        return None
    return draft_queries.raw_preview(dataflow, form.file_id.data, failure)


@bp.route("/dataflows/<int:dataflow_id>/activate", methods=["GET", "POST"])
def activate(dataflow_id: int):
    dataflow = moving.reachable(dataflow_id, "activate")
    form = VersionedForm(data={"version": dataflow.version})
    trial = run_queries.last_dry_run(dataflow_id)
    missing = [*checklist.sentences(dataflow), *refusals.trial_lacks(dataflow, trial)]
    if form.validate_on_submit():
        question = None if missing else questions.before_activating(dataflow)
        asking = question and confirming.asked(question, steps.href(steps.STEPS[-1], dataflow))
        if asking:
            return asking
        with refusals.shown_on(form):
            dataflows.activate(
                dataflow_id=dataflow_id,
                version=form.seen_version,
                missing=missing,
                by=current_user.email,
                now=clock.now(),
            )
            runs.start_if_due(dataflow_id=dataflow_id, now=clock.now())
            flash(f"“{dataflow.name}” is active. Each production file starts a run.", "good")
            return redirect(url_for("dataflows.show", dataflow_id=dataflow_id))
    return pages.activate(dataflow, form, trial, missing)


@bp.get("/dataflows/<int:dataflow_id>/activate/trial")
def trial(dataflow_id: int):
    """Answer the page that waits for a dry run: how far it is, or the page anew."""
    dataflow = moving.reachable(dataflow_id, "activate")
    run = run_queries.last_dry_run(dataflow_id) or abort(404)
    if not run.status.is_active:
        return live.whole_page(activate(dataflow_id))
    return render_template("wizard/_trial.html", dataflow=dataflow, run=run, rules=[], rejects=[])


@bp.post("/dataflows/<int:dataflow_id>/activate/try")
def try_draft(dataflow_id: int):
    moving.reachable(dataflow_id, "activate")
    runs.start_dry_run(dataflow_id=dataflow_id, now=clock.now())
    return redirect(url_for("wizard.activate", dataflow_id=dataflow_id))
