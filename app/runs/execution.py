"""Taking one file through a definition into the lake; tells how far it is, keeps nothing itself."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from app.dataflows import pipeline
from app.dataflows.definition import Definition
from app.lake import planning, writing
from app.lake.browsing import as_text
from app.lake.planning import Plan
from app.lake.staging import Staging
from app.lake.tables import Lake
from app.runs.progress import Counts, Listener, RunPhase
from app.tabular.files.counting import CountedSource
from app.tabular.files.source import Source

MOST_PLANS = 5


class ColumnsMissing(Exception):
    """The file lacks columns that the dataflow needs."""


def execute(
    *,
    source: Source,
    definition: Definition,
    whole: pa.Schema,
    lake: Lake,
    folder: Path,
    transaction: str | None,
    listener: Listener,
) -> int | None:
    """Read, transform, check, compare and, with a transaction, write; return the table's version.

    `whole` has every column of the dataset, mapped or not. Raises FileUnreadable, ColumnsMissing
    or TableBusy; the dataset is then as it was.
    """
    with Staging(folder, pipeline.arrow_schema(definition)) as staging:
        _read_into(staging, source, definition, listener)
        listener.phase_begun(RunPhase.PLANNING)
        if transaction is None:
            plan = _plan(lake, staging, definition)
            listener.planned(plan, _shown(plan, definition))
            return plan.table_version
        with lake.writer_lock(definition.table_name):
            return _write(lake, staging, definition, whole, transaction, listener)


def _read_into(
    staging: Staging, source: Source, definition: Definition, listener: Listener
) -> None:
    counted = CountedSource(source)
    counts = Counts()
    missing: set[str] | None = None
    for outcome in pipeline.outcomes(counted, definition):
        staging.append(outcome.rows, outcome.lines)
        absent = set(outcome.missing_columns)
        missing = absent if missing is None else missing & absent
        counts = replace(
            counts,
            received=counts.received + outcome.received_count,
            rejected=counts.rejected + len(outcome.rejects),
            bytes_read=counted.bytes_read,
        )
        listener.batch_read(counts, outcome.rejects)
    _refuse_missing(missing or set(), definition)


def _refuse_missing(missing: set[str], definition: Definition) -> None:
    needed = pipeline.needed_columns(definition)
    lost = [name for name in needed if name in missing]
    if lost:
        listed = ", ".join(f"“{name}”" for name in lost)
        raise ColumnsMissing(
            f"The file lacks {'columns' if len(lost) > 1 else 'the column'} {listed}, which this "
            f"dataflow uses. Send a file that has {'them' if len(lost) > 1 else 'it'}, or map the "
            "dataflow anew."
        )


def _plan(lake: Lake, staging: Staging, definition: Definition) -> Plan:
    key = definition.key
    return planning.plan(
        lake,
        definition.table_name,
        staging,
        key=key.field_name if key else None,
        mode=definition.write_mode,
    )


def _write(
    lake: Lake,
    staging: Staging,
    definition: Definition,
    whole: pa.Schema,
    transaction: str,
    listener: Listener,
) -> int:
    """Plan and write under the table's lock; plan anew if a writer elsewhere came between."""
    key = definition.key
    attempt = 0
    while True:
        attempt += 1
        plan = _plan(lake, staging, definition)
        # Kept before the write: a run killed just after it is closed with these counts.
        listener.planned(plan, _shown(plan, definition))
        listener.phase_begun(RunPhase.WRITING)
        try:
            return writing.write(
                lake,
                definition.table_name,
                staging,
                plan,
                schema=whole,
                key=key.field_name if key else None,
                mode=definition.write_mode,
                transaction=transaction,
            )
        except writing.PlanOutdated:
            if attempt == MOST_PLANS:
                raise


def _shown(plan: Plan, definition: Definition) -> dict[str, Any]:
    """Return the samples as text under the schema's names."""
    names = {target.field_name: target.name for target in definition.targets}

    def row(values: dict[str, Any] | None) -> dict[str, str] | None:
        if values is None:
            return None
        return {names[key]: as_text(value) for key, value in values.items() if key in names}

    return {
        bucket: [
            {"line": sample["line"], "before": row(sample["before"]), "after": row(sample["after"])}
            for sample in samples
        ]
        for bucket, samples in plan.samples.items()
    }
