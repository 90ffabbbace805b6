"""The streams and the files that arrived on them."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from app import paging
from app.dataflows import queries as dataflows
from app.streams import queries, services
from app.streams.forms import StreamSettingsForm

bp = Blueprint("streams", __name__)


@bp.get("/streams")
def index():
    found = queries.list_streams(number=paging.asked_for())
    return render_template(
        "streams/index.html",
        streams=found,
        arrivals=queries.arrivals([stream.id for stream in found]),
    )


@bp.route("/streams/<int:stream_pk>", methods=["GET", "POST"])
def show(stream_pk: int):
    stream = queries.find_stream(stream_pk) or abort(404)
    form = StreamSettingsForm(obj=stream)
    if form.validate_on_submit():
        services.save_settings(
            stream_pk=stream_pk,
            is_id_enough=form.is_id_enough.data,
            is_one_call_whole=form.is_one_call_whole.data,
        )
        flash("The stream's settings are saved.", "good")
        return redirect(url_for("streams.show", stream_pk=stream_pk))
    return render_template(
        "streams/show.html",
        stream=stream,
        files=queries.list_files(stream_pk),
        form=form,
        dataflow=dataflows.find_by_stream(stream_pk),
    )
