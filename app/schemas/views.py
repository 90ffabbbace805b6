"""The schemas, the Schema Creator, and deleting one that nothing uses."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

from app import clock, confirming, storage
from app.access import needs
from app.accounts.models import Role
from app.addresses import LARGEST_ID
from app.dataflows import queries as dataflow_queries
from app.dataflows import services as dataflows
from app.dataflows import suggesting
from app.dataflows.models import Dataflow
from app.schemas import entering, queries, questions, roles, services
from app.schemas.forms import RolesForm, SchemaForm
from app.schemas.models import Schema, SchemaParent
from app.schemas.roles import RolesInvalid
from app.schemas.services import NewColumn
from app.tabular.types import ColumnType

bp = Blueprint("schemas", __name__)

PERSON_IDENTIFIER = "userid"


@bp.get("/schemas")
def index():
    lake = storage.lake()
    found = [(schema, lake.row_count(schema.table_name)) for schema in queries.list_schemas()]
    return render_template("schemas/index.html", schemas=found)


@bp.route("/schemas/new", methods=["GET", "POST"])
@needs(Role.EDITOR)
def new():
    dataflow = _asked_for() or abort(404)
    form = _form(dataflow)
    if form.validate_on_submit():
        try:
            schema = _create(form, suggesting.identifier_of(dataflow))
        except services.SchemaNameTaken:
            form.name.errors = ["Another schema has this name. Choose a name of its own."]
        except services.ColumnsInvalid as failure:
            form.form_errors.append(str(failure))
        else:
            _choose(dataflow, schema, [row.source.data for row in _taken(form)])
            return redirect(
                url_for("transform_map.edit", dataflow_id=dataflow.id, _anchor="mapping")
            )
    status = 422 if form.errors else 200
    return render_template("schemas/new.html", dataflow=dataflow, form=form), status


@bp.route("/schemas/<int:schema_id>", methods=["GET", "POST"])
def show(schema_id: int):
    schema = queries.find_schema(schema_id) or abort(404)
    form = entering.roles_form(schema)
    if form.validate_on_submit():
        try:
            services.save_roles(
                schema_id=schema_id,
                chosen=entering.chosen_roles(schema, form),
                event_name=form.event_name.data or "",
            )
        except RolesInvalid as failure:
            form.form_errors.append(str(failure))
        else:
            flash("The roles are saved. Every row counts by them from now on.", "good")
            return redirect(url_for("schemas.show", schema_id=schema_id))
    return _page(schema, form), 422 if form.errors else 200


@bp.post("/schemas/<int:schema_id>/delete")
def delete(schema_id: int):
    schema = queries.find_schema(schema_id) or abort(404)
    name = schema.name
    asking = confirming.asked(
        questions.before_deleting(schema), url_for("schemas.show", schema_id=schema_id)
    )
    if asking:
        return asking
    try:
        table_name = services.delete_schema(schema_id=schema_id)
    except services.SchemaInUse:
        flash(
            f"“{name}” is in use by {', '.join(_references(schema))}, so it was not deleted. "
            "Delete or map those anew first.",
            "bad",
        )
        return _page(schema, entering.roles_form(schema)), 409
    storage.lake().drop(table_name)
    flash(f"The schema “{name}” and its dataset are deleted.", "good")
    return redirect(url_for("schemas.index"))


def _page(schema: Schema, form: RolesForm) -> str:
    return render_template(
        "schemas/show.html",
        schema=schema,
        form=form,
        choices=entering.choices_by_column(form),
        has_events=schema.parent is SchemaParent.INTERACTION,
        references=_references(schema),
        row_count=storage.lake().row_count(schema.table_name),
        delete_question=questions.before_deleting(schema),
    )


def _references(schema: Schema) -> list[str]:
    """Return what uses the schema: drafts and others by a key, dataflows by what is active."""
    active = dataflow_queries.names_writing_to(schema.id)
    return sorted({*queries.list_references(schema.id), *active})


def _asked_for() -> Dataflow | None:
    """Return the dataflow that the address asks a schema for."""
    dataflow_id = request.args.get("dataflow_id", 0, type=int)
    is_possible = 0 < dataflow_id <= LARGEST_ID
    return dataflow_queries.find_dataflow(dataflow_id) if is_possible else None


def _form(dataflow: Dataflow) -> SchemaForm:
    """Return the Schema Creator filled from the draft's columns; the identifier becomes userid."""
    types = suggesting.column_types(dataflow)
    identifier = suggesting.identifier_of(dataflow)
    form = SchemaForm(
        data={
            "name": dataflow.name,
            "identifier": identifier,
            **entering.suggested_events(types),
            "columns": _columns(types, identifier),
        }
    )
    entering.offer(form, {name: name for name in types})
    form.identifier.choices = [
        SelectChoice("", "None"),
        *(SelectChoice(name, name) for name in types),
    ]
    return form


def _columns(types: dict[str, ColumnType], identifier: str | None) -> list[dict[str, object]]:
    further = roles.suggested(SchemaParent.PERSONAL_DATA, types, identifier)
    return [
        {
            "source": name,
            "is_taken": True,
            "name": PERSON_IDENTIFIER if name == identifier else name,
            "type": kind.value,
            "is_further_identifier": name in further,
        }
        for name, kind in types.items()
    ]


def _choose(dataflow: Dataflow, schema: Schema, sources: list[str]) -> None:
    """Map the dataflow to its new schema, unless somebody changed it this very moment."""
    try:
        dataflows.choose_schema(
            dataflow_id=dataflow.id,
            version=dataflow.version,
            schema_id=schema.id,
            mapping={
                column.id: source for column, source in zip(schema.columns, sources, strict=True)
            },
            now=clock.now(),
        )
    except dataflows.EditedElsewhere:
        flash(f"The schema “{schema.name}” is created. Choose it here to map to it.", "warn")
    else:
        flash(f"The schema “{schema.name}” is created and mapped.", "good")


def _taken(form: SchemaForm):
    return [row.form for row in form.columns if row.form.is_taken.data]


def _name_of(row, form: SchemaForm, suggested: str | None) -> str:
    """Return a column's name; that of the suggested identifier follows the one chosen."""
    name, chosen = row.name.data or "", form.identifier.data
    if chosen == suggested and form.parent.data == SchemaParent.PERSONAL_DATA.value:
        return name
    if row.source.data == suggested and name == PERSON_IDENTIFIER:
        return row.source.data or ""
    is_person = form.parent.data == SchemaParent.PERSONAL_DATA.value
    if is_person and row.source.data == chosen and name == row.source.data:
        return PERSON_IDENTIFIER
    return name


def _create(form: SchemaForm, suggested: str | None):
    parent = SchemaParent(form.parent.data)
    rows = _taken(form)
    return services.create_schema(
        name=form.name.data,
        parent=parent,
        description=form.description.data or "",
        columns=[
            NewColumn(
                name=_name_of(row, form, suggested),
                type=ColumnType(row.type.data),
                is_identifier=parent.has_key and row.source.data == form.identifier.data,
                role=entering.new_role(form, row, parent),
            )
            for row in rows
        ],
        event_name=form.event_name.data or "",
        now=clock.now(),
    )
