"""The versions of a dataflow: what production files follow while the draft is edited."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.dataflows import differences, queries, suggesting
from app.dataflows.definition import Definition
from app.dataflows.models import Dataflow, DataflowVersion
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.schemas.models import Schema

VERSIONS_SHOWN = 50


def followed(dataflow: Dataflow, schema: Schema, *, is_draft: bool) -> tuple[dict[str, Any], int]:
    """Return the definition that a run follows, with its number: the draft's or the active one."""
    if is_draft:
        return suggesting.definition(dataflow, schema).to_dict(), dataflow.version
    active, _schema = in_force(dataflow)
    return active.definition, active.number


def active_schema(dataflow: Dataflow) -> Schema | None:
    """Return the schema that production files are written to."""
    active = queries.active_version(dataflow)
    return active.schema if active is not None else None


def swap(dataflow: Dataflow, schema: Schema, *, by: str, now: datetime) -> None:
    """Make the draft the active version; a draft that changes nothing stays the one it is."""
    drawn = suggesting.definition(dataflow, schema)
    active = queries.active_version(dataflow)
    dataflow.activated_at = now
    dataflow.stream.is_overwriting = drawn.write_mode is WriteMode.OVERWRITE
    if active is not None and active.value == drawn:
        return
    put_in_force(dataflow, drawn, schema, by=by, now=now)


def put_in_force(
    dataflow: Dataflow, definition: Definition, schema: Schema, *, by: str, now: datetime
) -> None:
    """Make a definition the active version, after the one that is.

    Two at one moment get the same number, so that the later one is refused when it is written.
    """
    active = queries.active_version(dataflow)
    if active is not None:
        active.schema = None
    last = active.number if active is not None else queries.last_number(dataflow.id)
    dataflow.active_number = last + 1
    db.session.add(
        DataflowVersion(
            dataflow_id=dataflow.id,
            number=dataflow.active_number,
            definition=definition.to_dict(),
            activated_at=now,
            activated_by=by,
            schema=schema,
        )
    )


def in_force(dataflow: Dataflow) -> tuple[DataflowVersion, Schema]:
    """Return the active version with its schema; raise LookupError where none is active."""
    active = queries.active_version(dataflow)
    if active is None or active.schema is None:
        raise LookupError(f"Dataflow {dataflow.id} has no active version")
    return active, active.schema


def draft_changes(dataflow: Dataflow) -> list[str] | None:
    """Say what the draft changes against the active version; None where none is active."""
    active = queries.active_version(dataflow)
    if active is None:
        return None
    if dataflow.schema is None:
        return ["No schema is chosen."]
    return _said(active.value, suggesting.definition(dataflow, dataflow.schema))


def edited(dataflow_ids: Sequence[int]) -> set[int]:
    """Return which of these have a draft that differs from the active version."""
    return {each.id for each in queries.list_maybe_edited(dataflow_ids) if draft_changes(each)}


def history(dataflow: Dataflow) -> list[tuple[DataflowVersion, list[str]]]:
    """Return the newest versions, each with what it changed against the one before."""
    found = queries.list_versions(dataflow.id, VERSIONS_SHOWN + 1)
    before = [*found[1:], None]
    pairs = zip(found, before, strict=True)
    return [
        (version, _said(earlier.value, version.value) if earlier else [])
        for version, earlier in list(pairs)[:VERSIONS_SHOWN]
    ]


def _said(old: Definition, new: Definition) -> list[str]:
    tables = [old.table_name, new.table_name]
    datasets = queries.dataset_names(tables) if tables[0] != tables[1] else {}
    return differences.between(old, new, datasets)
