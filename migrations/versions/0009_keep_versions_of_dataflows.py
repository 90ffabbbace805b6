"""Keep the versions of dataflows, so that an active one goes on while its draft is edited."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.columns import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_COLUMN = sa.table(
    "dataflow_column",
    *(sa.column(name) for name in ("dataflow_id", "source_name", "name", "type")),
    *(sa.column(name) for name in ("pattern", "fallback")),
    sa.column("position", sa.Integer),
    sa.column("is_mandatory", sa.Boolean),
)
_STEP = sa.table(
    "dataflow_transformation",
    *(sa.column(name) for name in ("dataflow_id", "kind", "output", "type", "fallback")),
    sa.column("position", sa.Integer),
    sa.column("inputs", sa.JSON),
    sa.column("params", sa.JSON),
)
_SCHEMA = sa.table("schema", sa.column("id"), sa.column("table_name"))
_SCHEMA_COLUMN = sa.table(
    "schema_column",
    *(sa.column(name) for name in ("id", "schema_id", "name", "type")),
    sa.column("position", sa.Integer),
    sa.column("is_identifier", sa.Boolean),
)
_MAPPING = sa.table(
    "dataflow_mapping",
    *(sa.column(name) for name in ("dataflow_id", "schema_column_id", "column_name")),
)
_DATAFLOW = sa.table(
    "dataflow",
    *(sa.column(name) for name in ("id", "state", "schema_id", "write_mode")),
    sa.column("active_number", sa.Integer),
    sa.column("parsing_options", sa.JSON),
    sa.column("changed_at", UtcDateTime),
    sa.column("activated_at", UtcDateTime),
)
_VERSION = sa.table(
    "dataflow_version",
    *(sa.column(name) for name in ("dataflow_id", "number", "activated_by", "schema_id")),
    sa.column("definition", sa.JSON),
    sa.column("activated_at", UtcDateTime),
)


def upgrade() -> None:
    """Make the change: first the tables, then a version of what is active now."""
    _add_tables()
    _keep_what_is_active()


def _add_tables() -> None:
    op.create_table(
        "dataflow_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataflow_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("activated_at", UtcDateTime(), nullable=False),
        sa.Column("activated_by", sa.String(254), nullable=False),
        sa.Column("schema_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dataflow_id"],
            ["dataflow.id"],
            name=op.f("fk_dataflow_version_dataflow_id_dataflow"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["schema_id"],
            ["schema.id"],
            name=op.f("fk_dataflow_version_schema_id_schema"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataflow_version")),
        sa.UniqueConstraint(
            "dataflow_id", "number", name=op.f("uq_dataflow_version_dataflow_id_number")
        ),
    )
    op.add_column("dataflow", sa.Column("active_number", sa.Integer(), nullable=True))


def _keep_what_is_active() -> None:
    """Give dataflows that production files follow a version; a paused one that was edited, none."""
    connection = op.get_bind()
    is_followed = _DATAFLOW.c.state.in_(["waiting", "running", "failed"]) | (
        (_DATAFLOW.c.state == "paused") & (_DATAFLOW.c.changed_at <= _DATAFLOW.c.activated_at)
    )
    found = sa.select(_DATAFLOW).where(is_followed, _DATAFLOW.c.schema_id.is_not(None))
    for dataflow in connection.execute(found).mappings().all():
        connection.execute(
            _VERSION.insert().values(
                dataflow_id=dataflow["id"],
                number=1,
                definition=_definition(connection, dataflow),
                activated_at=dataflow["activated_at"] or dataflow["changed_at"],
                activated_by="",
                schema_id=dataflow["schema_id"],
            )
        )
        connection.execute(
            _DATAFLOW.update().where(_DATAFLOW.c.id == dataflow["id"]).values(active_number=1)
        )


def _rows(connection: sa.Connection, table: Any, order: str, **fixed: Any) -> list[dict[str, Any]]:
    [(name, value)] = fixed.items()
    found = sa.select(table).where(table.c[name] == value).order_by(table.c[order])
    return [dict(row) for row in connection.execute(found).mappings()]


def _definition(connection: sa.Connection, dataflow: Any) -> dict[str, Any]:
    """Return what a run of the dataflow would have kept of its definition."""
    columns = _rows(connection, _COLUMN, "position", dataflow_id=dataflow["id"])
    steps = _rows(connection, _STEP, "position", dataflow_id=dataflow["id"])
    [schema] = _rows(connection, _SCHEMA, "id", id=dataflow["schema_id"])
    named = ("source_name", "name", "is_mandatory")
    made = ("kind", "inputs", "output", "params")
    return {
        "options": dataflow["parsing_options"] or {},
        "columns": [{name: row[name] for name in named} for row in columns],
        "transformations": [{name: row[name] for name in made} for row in steps],
        "targets": _targets(connection, dataflow, columns, steps),
        "table_name": schema["table_name"],
        "write_mode": dataflow["write_mode"],
    }


def _targets(
    connection: sa.Connection, dataflow: Any, columns: list[Any], steps: list[Any]
) -> list[dict[str, Any]]:
    read = {row["name"]: row for row in columns} | {
        row["output"]: {**row, "pattern": ""} for row in steps
    }
    mapping = _rows(connection, _MAPPING, "schema_column_id", dataflow_id=dataflow["id"])
    filled = {row["schema_column_id"]: row["column_name"] for row in mapping}
    wanted = _rows(connection, _SCHEMA_COLUMN, "position", schema_id=dataflow["schema_id"])
    return [
        {
            "schema_column_id": column["id"],
            "name": column["name"],
            "type": column["type"],
            "is_identifier": column["is_identifier"],
            "column": filled[column["id"]],
            "reads_as": read[filled[column["id"]]]["type"],
            "pattern": read[filled[column["id"]]]["pattern"],
            "fallback": read[filled[column["id"]]]["fallback"],
        }
        for column in wanted
        if filled.get(column["id"]) in read
    ]


def downgrade() -> None:
    """Undo the change; what the draft is becomes what is active again."""
    op.drop_column("dataflow", "active_number")
    op.drop_table("dataflow_version")
