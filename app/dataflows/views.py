"""The overview of dataflows, one dataflow, and its few switches."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for

from app import clock, confirming, paging
from app.dataflows import asking, queries, questions, sending, services, versions
from app.dataflows.models import Dataflow, DataflowState
from app.runs import orders
from app.runs import queries as runs
from app.runs import services as run_services
from app.streams import uploads
from app.streams.forms import UploadForm
from app.streams.models import FileKind
from app.streams.wording import SENTENCES

bp = Blueprint("dataflows", __name__)


@bp.get("/dataflows")
def index():
    asked = asking.asked_for(request.args)
    found = queries.list_dataflows(
        search=asked.search,
        states=asked.states,
        order=orders.by(asked.sort),
        number=paging.asked_for(),
    )
    ids = [dataflow.id for dataflow in found]
    other = "" if asked.view else "cards"
    return render_template(
        "dataflows/index.html",
        dataflows=found,
        datasets=queries.dataset_of_each(found),
        last_runs=runs.last_runs(ids),
        edited=versions.edited(ids),
        rhythms=queries.rhythm_of_each(found, clock.now()),
        tabs=_tabs(asked),
        sorts=asking.sort_select(asked.sort),
        asked=asked,
        this_view=url_for("dataflows.index", **asked.arguments()),
        other_view=url_for("dataflows.index", **asked.arguments(view=other)),
    )


@bp.get("/dataflows/<int:dataflow_id>")
def show(dataflow_id: int):
    dataflow = queries.find_dataflow(dataflow_id) or abort(404)
    if dataflow.state.is_draft:
        return redirect(url_for("wizard.resume", dataflow_id=dataflow_id))
    return _page(dataflow, UploadForm())


@bp.post("/dataflows/<int:dataflow_id>/files")
def upload(dataflow_id: int):
    """Take in a production file that somebody chose in the browser."""
    dataflow = _active(dataflow_id)
    form = UploadForm()
    if form.validate_on_submit():
        try:
            uploads.keep(form.file.data, stream_pk=dataflow.stream_pk, kind=FileKind.PRODUCTION)
        except tuple(SENTENCES) as failure:
            form.form_errors.append(SENTENCES[type(failure)](failure))
        else:
            run_services.start_if_due(dataflow_id=dataflow_id, now=clock.now())
            flash(_arrived(dataflow, form.file.data.filename), "good")
            return redirect(url_for("dataflows.show", dataflow_id=dataflow_id, _anchor="runs"))
    return _page(dataflow, form)


@bp.get("/dataflows/<int:dataflow_id>/runs")
def list_runs(dataflow_id: int):
    """Answer the page that keeps its list of runs fresh."""
    dataflow = queries.find_dataflow(dataflow_id) or abort(404)
    return render_template(
        "dataflows/_runs_anew.html", dataflow=dataflow, runs=runs.list_runs(dataflow_id)
    )


@bp.post("/dataflows/<int:dataflow_id>/pause")
def pause(dataflow_id: int):
    is_running = _active(dataflow_id).state is DataflowState.RUNNING
    services.pause(dataflow_id=dataflow_id)
    ending = " The run under way ends first." if is_running else ""
    flash(f"Paused: files that arrive now wait until it is resumed.{ending}", "info")
    return redirect(url_for("dataflows.show", dataflow_id=dataflow_id))


@bp.post("/dataflows/<int:dataflow_id>/resume")
def resume(dataflow_id: int):
    dataflow = _active(dataflow_id)
    try:
        services.resume(dataflow_id=dataflow_id)
    except services.NothingActive:
        flash("It was edited while it was paused. Activate it in step 5 instead.", "warn")
        return redirect(url_for("wizard.activate", dataflow_id=dataflow_id))
    run_services.start_if_due(dataflow_id=dataflow_id, now=clock.now())
    flash(f"“{dataflow.name}” takes files again. The oldest that waits comes first.", "good")
    return redirect(url_for("dataflows.show", dataflow_id=dataflow_id))


@bp.post("/dataflows/<int:dataflow_id>/run-now")
def run_now(dataflow_id: int):
    """Start the run of the oldest file that waits."""
    dataflow = _active(dataflow_id)
    here = redirect(url_for("dataflows.show", dataflow_id=dataflow_id, _anchor="runs"))
    if not dataflow.state.is_active:
        flash("It is paused. Resume it, and the oldest file that waits is taken.", "warn")
        return here
    try:
        run = run_services.start_run(dataflow_id=dataflow_id, now=clock.now())
    except run_services.RunAlreadyActive:
        flash("A run is under way. The next file follows by itself when it has ended.", "info")
        return here
    if run is None:
        flash("No file waits: send one, and its run starts by itself.", "info")
        return here
    flash(f"Run {run.id} is started.", "good")
    return redirect(url_for("runs.show", run_id=run.id))


@bp.post("/dataflows/<int:dataflow_id>/edit")
def edit(dataflow_id: int):
    """Open step 4 on the draft, while the active version goes on."""
    dataflow = _active(dataflow_id)
    if dataflow.state.is_active:
        flash(
            f"Version {dataflow.active_number} goes on taking files while you edit. Your changes "
            "come into force when you activate them in step 5.",
            "info",
        )
    return redirect(url_for("transform_map.edit", dataflow_id=dataflow_id))


@bp.post("/dataflows/<int:dataflow_id>/go-back")
def go_back(dataflow_id: int):
    """Make the draft what the active version is."""
    dataflow = _active(dataflow_id)
    try:
        services.go_back(dataflow_id=dataflow_id, now=clock.now())
    except services.NothingActive:
        flash("No version is active, so there is none to go back to.", "warn")
    else:
        flash(f"The draft is as version {dataflow.active_number} again.", "good")
    return redirect(url_for("dataflows.show", dataflow_id=dataflow_id))


@bp.post("/dataflows/<int:dataflow_id>/clone")
def clone(dataflow_id: int):
    """Start a draft as a copy, and open its first step, where it gets its name."""
    dataflow = queries.find_dataflow(dataflow_id) or abort(404)
    try:
        copy = services.clone_dataflow(dataflow_id=dataflow_id, now=clock.now())
    except services.NameTaken:
        flash("Somebody cloned it at the same moment. Clone it again.", "warn")
        return redirect(url_for("dataflows.show", dataflow_id=dataflow_id))
    flash(
        f"This draft has all five steps of “{dataflow.name}” and a stream of its own. "
        "Give it a name.",
        "good",
    )
    return redirect(url_for("wizard.general_information", dataflow_id=copy.id))


@bp.post("/dataflows/<int:dataflow_id>/delete")
def delete(dataflow_id: int):
    dataflow = queries.find_dataflow(dataflow_id) or abort(404)
    name = dataflow.name
    back = url_for("dataflows.show", dataflow_id=dataflow_id)
    asking = confirming.asked(questions.before_deleting(dataflow), back)
    if asking:
        return asking
    is_running = any(run.status.is_active for run in runs.list_runs(dataflow_id, 1))
    try:
        services.delete_dataflow(dataflow_id=dataflow_id, is_running=is_running)
    except services.RunUnderWay:
        flash(f"“{name}” is running. Wait until the run ends, then delete it.", "bad")
        return redirect(back)
    flash(f"The dataflow “{name}” is deleted. Its dataset is still there.", "good")
    return redirect(url_for("dataflows.index"))


def _tabs(asked: asking.Asked) -> list[dict[str, object]]:
    counts = queries.count_by_state()
    return [
        {
            "label": name.capitalize() or "All",
            "href": url_for("dataflows.index", **asked.arguments(state=name, search="")),
            "is_current": name == asked.state,
            "number": sum(counts.get(state, 0) for state in states or DataflowState),
        }
        for name, states in {"": (), **asking.STATES}.items()
    ]


def _page(dataflow: Dataflow, form: UploadForm):
    followed = queries.active_version(dataflow) or dataflow
    page = render_template(
        "dataflows/show.html",
        dataflow=dataflow,
        followed=followed,
        form=form,
        runs=runs.list_runs(dataflow.id),
        versions=versions.history(dataflow),
        changes=versions.draft_changes(dataflow),
        rhythms=queries.rhythm_of_each([dataflow], clock.now()),
        delete_question=questions.before_deleting(dataflow),
        commands=sending.commands(
            dataflow.stream.stream_id,
            FileKind.PRODUCTION,
            followed.schema.parent if followed.schema else None,
            current_app.config,
        ),
    )
    return page, 422 if form.errors else 200


def _active(dataflow_id: int) -> Dataflow:
    """Return a dataflow that is no draft."""
    dataflow = queries.find_dataflow(dataflow_id) or abort(404)
    if dataflow.state.is_draft:
        abort(404)
    return dataflow


def _arrived(dataflow: Dataflow, name: str) -> str:
    if dataflow.state.is_active:
        return f"“{name}” has arrived."
    return f"“{name}” has arrived, and waits until the dataflow is resumed."
