"""The overview of dataflows, one dataflow, and its few switches."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for

from app import confirming
from app.dataflows import queries, questions, sending, services
from app.dataflows.models import DataflowState
from app.runs import queries as runs
from app.streams.models import FileKind

bp = Blueprint("dataflows", __name__)


@bp.get("/dataflows")
def index():
    search = request.args.get("search", "")[:120]
    chosen = request.args.get("state", "")
    state = DataflowState(chosen) if chosen in set(DataflowState) else None
    found = queries.list_dataflows(search=search, state=state)
    return render_template(
        "dataflows/index.html",
        dataflows=found,
        last_runs=runs.last_runs([dataflow.id for dataflow in found]),
        draft_count=queries.count_drafts(),
        state=state,
        state_choice={
            "name": "state",
            "label": "State",
            "value": chosen,
            "options": [
                ("", "Any state"),
                *((s.value, s.label.capitalize()) for s in DataflowState),
            ],
        },
        search=search,
    )


@bp.get("/dataflows/<int:dataflow_id>")
def show(dataflow_id: int):
    dataflow = queries.find_dataflow(dataflow_id) or abort(404)
    if dataflow.state.is_draft:
        return redirect(url_for("wizard.resume", dataflow_id=dataflow_id))
    return render_template(
        "dataflows/show.html",
        dataflow=dataflow,
        runs=runs.list_runs(dataflow_id),
        delete_question=questions.before_deleting(dataflow),
        commands=sending.commands(
            dataflow.stream.stream_id,
            FileKind.PRODUCTION,
            dataflow.schema.parent if dataflow.schema else None,
            current_app.config,
        ),
    )


@bp.get("/dataflows/<int:dataflow_id>/runs")
def list_runs(dataflow_id: int):
    """Answer the page that keeps its list of runs fresh."""
    dataflow = queries.find_dataflow(dataflow_id) or abort(404)
    return render_template(
        "dataflows/_runs.html", dataflow=dataflow, runs=runs.list_runs(dataflow_id)
    )


@bp.post("/dataflows/<int:dataflow_id>/pause")
def pause(dataflow_id: int):
    queries.find_dataflow(dataflow_id) or abort(404)
    services.pause(dataflow_id=dataflow_id)
    flash("Paused: files that arrive now wait until you activate it again.", "info")
    return redirect(url_for("dataflows.show", dataflow_id=dataflow_id))


@bp.post("/dataflows/<int:dataflow_id>/delete")
def delete(dataflow_id: int):
    dataflow = queries.find_dataflow(dataflow_id) or abort(404)
    name = dataflow.name
    back = url_for("dataflows.show", dataflow_id=dataflow_id)
    asking = confirming.asked(questions.before_deleting(dataflow), back)
    if asking:
        return asking
    try:
        services.delete_dataflow(dataflow_id=dataflow_id)
    except services.NotEditable:
        flash(f"“{name}” is running. Wait until the run ends, then delete it.", "bad")
        return redirect(back)
    flash(f"The dataflow “{name}” is deleted. Its dataset is still there.", "good")
    return redirect(url_for("dataflows.index"))
