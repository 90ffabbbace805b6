"""The custom columns of step 4: each made by one transformation, tried before it is kept."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for

from app import clock
from app.dataflows.custom_columns import services as custom_columns
from app.dataflows.models import Dataflow, DataflowTransformation
from app.drafts import queries as draft_queries
from wizard import custom_column_entries, moving, pages, refusals
from wizard.forms import TransformationForm

bp = Blueprint("custom_columns", __name__)


@bp.route("/dataflows/<int:dataflow_id>/transform-map/columns/<kind>/new", methods=["GET", "POST"])
def new(dataflow_id: int, kind: str):
    dataflow = moving.reachable(dataflow_id, "transform-map")
    form = custom_column_entries.form_for(dataflow, kind) or abort(404)
    keep = partial(custom_columns.add_transformation, dataflow_id=dataflow_id)
    kept = _tried_or_kept(dataflow, form, keep)
    return kept or pages.step(
        "transform-map", dataflow, "custom_columns/new.html", form=form, kind=kind
    )


@bp.route(
    "/dataflows/<int:dataflow_id>/transform-map/columns/<int:transformation_id>/edit",
    methods=["GET", "POST"],
)
def edit(dataflow_id: int, transformation_id: int):
    dataflow = moving.reachable(dataflow_id, "transform-map")
    row = _row(dataflow, transformation_id)
    form = custom_column_entries.form_for(dataflow, row.kind, row) or abort(404)
    keep = partial(
        custom_columns.change_transformation,
        dataflow_id=dataflow_id,
        transformation_id=transformation_id,
    )
    kept = _tried_or_kept(dataflow, form, keep, place=dataflow.transformations.index(row))
    return kept or pages.step(
        "transform-map", dataflow, "custom_columns/edit.html", form=form, row=row
    )


def _tried_or_kept(
    dataflow: Dataflow,
    form: TransformationForm,
    keep: Callable[..., Any],
    place: int | None = None,
):
    """Keep what was entered and go back; or put its preview, or why it is refused, on the form."""
    if not form.validate_on_submit():
        return None
    with refusals.shown_on(form):
        step, type_ = custom_column_entries.entered(form, form.about.name)
        if request.form.get("save") != "preview":
            keep(version=form.seen_version, step=step, type_=type_, now=clock.now())
            return redirect(
                url_for("transform_map.edit", dataflow_id=dataflow.id, _anchor="custom")
            )
        form.preview = draft_queries.transformation_preview(dataflow, step, type_, place=place)
    return None


def _row(dataflow: Dataflow, transformation_id: int) -> DataflowTransformation:
    found = (row for row in dataflow.transformations if row.id == transformation_id)
    return next(found, None) or abort(404)
