"""A production file once more: choose a version, try it, or do it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

from app import clock
from app.dataflows import queries as dataflows
from app.dataflows.models import Dataflow
from app.replays import offering
from app.replays.forms import ReplayForm
from app.runs import queries as runs
from app.runs import services
from app.runs.models import Run
from app.streams import queries as streams
from app.streams.models import StreamFile

bp = Blueprint("replays", __name__)


@bp.route("/dataflows/<int:dataflow_id>/files/<int:file_id>/replay", methods=["GET", "POST"])
def new(dataflow_id: int, file_id: int):
    dataflow = dataflows.find_dataflow(dataflow_id) or abort(404)
    file = streams.find_file(dataflow.stream_pk, file_id) or abort(404)
    taken = runs.list_runs_of_file(dataflow_id, file_id)
    form = _form(dataflow, taken)
    if form.validate_on_submit():
        try:
            run = services.start_replay(
                dataflow_id=dataflow_id,
                file_id=file_id,
                number=form.number.data,
                is_dry=request.form.get("save") != "replay",
                now=clock.now(),
            )
        except services.RunAlreadyActive:
            flash("Another run of this dataflow is under way. Try again when it has ended.", "warn")
        except services.FileGone:
            flash("The bytes of this file are no longer kept.", "warn")
        else:
            return redirect(url_for("runs.show", run_id=run.id))
    return _page(dataflow, file, form, taken)


def _page(dataflow: Dataflow, file: StreamFile, form: ReplayForm, taken: list[Run]):
    page = render_template(
        "replays/new.html",
        dataflow=dataflow,
        file=file,
        form=form,
        is_kept=streams.has_bytes(file.id),
        runs=taken,
        has_key=dataflow.schema is None or dataflow.schema.parent.has_key,
    )
    return page, 422 if form.errors else 200


def _form(dataflow: Dataflow, taken: list[Run]) -> ReplayForm:
    """Return the form with the versions of the dataflow, the one that fits the file chosen."""
    found = offering.offers(dataflows.list_versions(dataflow.id), taken, dataflow.active_number)
    form = ReplayForm(data={"number": found[0].number if found else None})
    form.number.choices = [SelectChoice(offer.number, offer.label) for offer in found]
    form.number.description = offering.reason(found)
    return form
