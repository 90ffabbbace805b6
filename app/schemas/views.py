"""The schemas, and deleting one that nothing uses."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from app import storage
from app.schemas import queries, services

bp = Blueprint("schemas", __name__)


@bp.get("/schemas")
def index():
    lake = storage.lake()
    found = [(schema, lake.row_count(schema.table_name)) for schema in queries.list_schemas()]
    return render_template("schemas/index.html", schemas=found)


@bp.get("/schemas/<int:schema_id>")
def show(schema_id: int):
    schema = queries.find_schema(schema_id) or abort(404)
    return render_template(
        "schemas/show.html",
        schema=schema,
        references=queries.list_references(schema_id),
        row_count=storage.lake().row_count(schema.table_name),
    )


@bp.post("/schemas/<int:schema_id>/delete")
def delete(schema_id: int):
    schema = queries.find_schema(schema_id) or abort(404)
    name = schema.name
    try:
        table_name = services.delete_schema(schema_id=schema_id)
    except services.SchemaInUse as failure:
        flash(
            f"“{name}” is in use by {', '.join(failure.names)}, so it was not deleted. "
            "Delete or map those anew first.",
            "bad",
        )
        return redirect(url_for("schemas.show", schema_id=schema_id))
    storage.lake().drop(table_name)
    flash(f"The schema “{name}” and its dataset are deleted.", "good")
    return redirect(url_for("schemas.index"))
