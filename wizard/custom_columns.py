"""The custom columns of step 4: each made by one transformation, tried before it is added."""

from flask import Blueprint, abort, redirect, request, url_for

from app import clock
from app.dataflows import services as dataflows
from app.drafts import queries as draft_queries
from wizard import custom_column_entries, moving, pages, refusals

bp = Blueprint("custom_columns", __name__)


@bp.route("/dataflows/<int:dataflow_id>/transform-map/columns/<kind>/new", methods=["GET", "POST"])
def new(dataflow_id: int, kind: str):
    dataflow = moving.reachable(dataflow_id, "transform-map")
    form = custom_column_entries.form_for(dataflow, kind) or abort(404)
    if form.validate_on_submit():
        with refusals.shown_on(form):
            step, type_ = custom_column_entries.entered(form, kind)
            if not draft_queries.is_fallback_right(dataflow, step, type_):
                raise dataflows.FallbackInvalid(step.output)
            if request.form.get("save") == "preview":
                form.preview = draft_queries.transformation_preview(dataflow, step, type_)
            else:
                dataflows.add_transformation(
                    dataflow_id=dataflow_id,
                    version=form.seen_version,
                    step=step,
                    type_=type_,
                    now=clock.now(),
                )
                return redirect(
                    url_for("transform_map.edit", dataflow_id=dataflow_id, _anchor="custom")
                )
    return pages.step("transform-map", dataflow, "custom_columns/new.html", form=form, kind=kind)
