"""Taking one file through a definition into the lake; tells how far it is, keeps nothing itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.dataflows import pipeline
from app.dataflows.definition import Definition
from app.execution.committing import Work, commit
from app.lake import planning
from app.lake.planning import Plan, WriteMode
from app.lake.staging import Staging
from app.runs.progress import Counts
from app.tabular.files.counting import CountedSource
from app.tabular.files.source import Source


class ColumnsMissing(Exception):
    """The file lacks columns that the dataflow needs."""


class TooManyRejects(Exception):
    """More rows were rejected than the dataflow allows."""


@dataclass(frozen=True)
class Load:
    """A file and how to read it.

    With `lines`, only the rows of these lines are taken, with the cells given for them in place of
    the file's; the others neither count nor reach the dataset, and rows that a run after
    `newest_run` wrote stay as they are.
    """

    source: Source
    definition: Definition
    mode: WriteMode
    lines: Mapping[int, Mapping[str, str]] | None = None
    newest_run: int | None = None


def load(work: Work, asked: Load) -> int | None:
    """Read, transform, check, compare and write; return the version of the table.

    Raises FileUnreadable, ColumnsMissing, TooManyRejects, or what `commit` raises; the dataset is
    then as it was.
    """
    schema = pipeline.arrow_schema(asked.definition)
    has_absent = asked.definition.options.format.has_absent_values
    with Staging(work.folder, schema, is_partial=has_absent) as staging:
        _read_into(staging, work, asked)

        def make_plan() -> Plan:
            return planning.plan(
                work.lake,
                work.dataset,
                staging,
                mode=asked.mode,
                run=work.run,
                newest_run=asked.newest_run,
            )

        return commit(work, make_plan)


def _read_into(staging: Staging, work: Work, asked: Load) -> None:
    counted = CountedSource(asked.source)
    counts = Counts()
    missing: set[str] | None = None
    limit = asked.definition.reject_limit
    for outcome in pipeline.outcomes(counted, asked.definition, lines=asked.lines):
        staging.append(outcome.rows, outcome.lines, outcome.absent)
        absent = set(outcome.missing_columns)
        missing = absent if missing is None else missing & absent
        counts = replace(
            counts,
            received=counts.received + outcome.received_count,
            rejected=counts.rejected + len(outcome.rejects),
            bytes_read=counted.bytes_read,
        )
        work.listener.batch_read(counts, outcome.rejects)
        if limit.is_surely_broken(counts.rejected):
            break
    _refuse_missing(missing or set(), asked.definition)
    if sentence := limit.broken(counts.rejected, counts.received):
        raise TooManyRejects(
            f"{sentence} Mend the file or the dataflow, or raise its limit, then try it again."
        )


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
