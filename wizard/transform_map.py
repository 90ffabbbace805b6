"""Step 4: one form, each button of which saves what was entered before it does its own."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from app import clock
from app.dataflows import services as dataflows
from app.dataflows.custom_columns import services as custom_columns
from app.dataflows.definition import DriftPolicy
from app.dataflows.models import Dataflow
from app.drafts import queries as draft_queries
from app.runs import services as runs
from app.tabular.transformations.registry import KINDS
from wizard import checklist, column_pages, entries, moving, pages, refusals, reject_limit
from wizard.forms import TransformMapForm

bp = Blueprint("transform_map", __name__)


@bp.route("/dataflows/<int:dataflow_id>/transform-map", methods=["GET", "POST"])
def edit(dataflow_id: int):
    dataflow = moving.reachable(dataflow_id, "transform-map")
    form = entries.transform_map_form(dataflow)
    if form.validate_on_submit():
        pressed, _space, on_what = request.form.get("save", "").partition(" ")
        if pressed == "preview":
            return pages.transform_map(dataflow, form, entered=entries.conversions(form))
        with refusals.shown_on(form):
            schema_id = dataflow.schema_id
            dataflow = _save(dataflow, form)
            follow = _FOLLOWING.get(pressed, _go_on)
            if dataflow.schema_id != schema_id and follow is _go_on:
                follow = _show_mapping
            return follow(dataflow, on_what)
    return pages.transform_map(dataflow, form)


@bp.post("/dataflows/<int:dataflow_id>/transform-map/columns/<int:column_id>/preview")
def preview_conversion(dataflow_id: int, column_id: int):
    """Answer the row that was changed: its values, read as they would be."""
    dataflow = moving.reachable(dataflow_id, "transform-map")
    form = entries.transform_map_form(dataflow)
    column = next((each for each in dataflow.columns if each.id == column_id), None) or abort(404)
    entered = entries.conversions(form) if form.validate() else {}
    shown = draft_queries.conversion_previews(dataflow, [column], entered)[column_id]
    return render_template("wizard/_preview_conversion.html", shown=shown)


def _save(dataflow: Dataflow, form: TransformMapForm) -> Dataflow:
    """Save what was entered; another schema chosen replaces the mapping by a suggested one."""
    saved = dataflows.save_transform_map(
        dataflow_id=dataflow.id,
        version=form.seen_version,
        conversions=entries.conversions(form),
        write_mode=entries.write_mode(form),
        limit=reject_limit.entered(form),
        drift_policy=DriftPolicy(form.drift_policy.data),
        mapping=entries.mapping(form),
        now=clock.now(),
    )
    if (schema_id := entries.schema_id(form)) not in {None, saved.schema_id}:
        saved = dataflows.choose_schema(
            dataflow_id=saved.id, version=saved.version, schema_id=schema_id, now=clock.now()
        )
    # The same page may be shown again, for something that could not be done after saving.
    form.version.data = saved.version
    return saved


def _go_on(dataflow: Dataflow, _on_what: str):
    if not moving.is_saving_only() and not checklist.items(dataflow):
        runs.start_dry_run(dataflow_id=dataflow.id, now=clock.now())
    return moving.on(dataflow, "transform-map", **column_pages.of_step(dataflow).place)


def _show_mapping(dataflow: Dataflow, _on_what: str):
    return redirect(url_for("transform_map.edit", dataflow_id=dataflow.id, _anchor="mapping"))


def _show_page(dataflow: Dataflow, number: str):
    return _at(dataflow, "page", number, "conversions")


def _show_mapping_page(dataflow: Dataflow, number: str):
    return _at(dataflow, "mapping_page", number, "mapping")


def _at(dataflow: Dataflow, name: str, number: str, anchor: str):
    """Go to another page of a list; what is shown of the other list stays as it is."""
    if not number.isdecimal():
        abort(404)
    place: dict[str, Any] = {**column_pages.of_step(dataflow).place, name: number}
    return redirect(url_for("transform_map.edit", dataflow_id=dataflow.id, _anchor=anchor, **place))


def _create_schema(dataflow: Dataflow, _on_what: str):
    return redirect(url_for("schemas.new", dataflow_id=dataflow.id))


def _add_column(dataflow: Dataflow, kind: str):
    if kind not in KINDS:
        abort(404)
    return redirect(url_for("custom_columns.new", dataflow_id=dataflow.id, kind=kind))


def _edit_column(dataflow: Dataflow, transformation_id: str):
    return redirect(
        url_for(
            "custom_columns.edit",
            dataflow_id=dataflow.id,
            transformation_id=_id(dataflow, transformation_id),
        )
    )


def _remove_column(dataflow: Dataflow, transformation_id: str):
    custom_columns.remove_transformation(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        transformation_id=_id(dataflow, transformation_id),
        now=clock.now(),
    )
    place: dict[str, Any] = column_pages.of_step(dataflow).place
    return redirect(
        url_for("transform_map.edit", dataflow_id=dataflow.id, _anchor="custom", **place)
    )


def _id(dataflow: Dataflow, written: str) -> int:
    """Return the id of one of the custom columns, as a button names it."""
    ids = {str(row.id): row.id for row in dataflow.transformations}
    return ids[written] if written in ids else abort(404)


_FOLLOWING = {
    "page": _show_page,
    "mapping-page": _show_mapping_page,
    "use-schema": _show_mapping,
    "create-schema": _create_schema,
    "add-column": _add_column,
    "edit-column": _edit_column,
    "remove-column": _remove_column,
}
