"""Taking one file through a definition into the lake; tells how far it is, keeps nothing itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow as pa

from app.dataflows import pipeline
from app.dataflows.definition import Definition
from app.dataflows.identifying import Erased
from app.dataflows.picking import Picks
from app.dataflows.pipeline import Outcome
from app.dataflows.reject_limits import RejectLimit
from app.execution.committing import Work, commit
from app.formatting import number, plural
from app.lake import planning
from app.lake.buckets import Bucket
from app.lake.comparing import NEW_FILE, TakenBefore
from app.lake.planning import Plan
from app.lake.staging import Staging
from app.lake.write_modes import WriteMode
from app.runs.progress import Counts
from app.tabular.files.counting import CountedSource
from app.tabular.files.source import Source


class ColumnsMissing(Exception):
    """The file lacks columns that the dataflow needs."""


class RowsNotFound(Exception):
    """The file, as it is read now, has not all the rows that were to be taken."""


class NothingLeft(Exception):
    """No row passes, and the dataset would be left without any."""


class TooManyRejects(Exception):
    """More rows were rejected than the dataflow allows."""


@dataclass(frozen=True)
class Load:
    """A file and how to read it; without a source, all rows are given.

    With `picks`, only these lines are taken, with the cells given for them in place of the file's;
    the others neither count nor reach the dataset. Of a file that was taken `before`, what is
    newer stays as it is. Rows of people who were `erased` are rejected, outside any limit.
    """

    source: Source | None
    definition: Definition
    mode: WriteMode
    picks: Picks | None = None
    before: TakenBefore = NEW_FILE
    erased: Erased | None = None


def load(work: Work, asked: Load) -> int | None:
    """Read, transform, check, compare and write; return the version of the table.

    Raises FileUnreadable, ColumnsMissing, RowsNotFound, TooManyRejects, NothingLeft, or what
    `commit` raises; the dataset is then as it was.
    """
    schema = pipeline.arrow_schema(asked.definition)
    has_absent = asked.definition.options.format.has_absent_values
    with Staging(work.folder, schema, is_partial=has_absent) as staging:
        received = _read_into(staging, work, asked)
        # What Arrow keeps at hand for more rows is memory that comparing them can use.
        pa.default_memory_pool().release_unused()

        def make_plan() -> Plan:
            plan = planning.plan(
                work.lake,
                work.dataset,
                staging,
                mode=asked.mode,
                run=work.run,
                before=asked.before,
            )
            _refuse_to_empty(plan, staging, received)
            return plan

        return commit(work, make_plan)


def _read_into(staging: Staging, work: Work, asked: Load) -> int:
    """Stage the rows that pass, and return how many there were in all."""
    counts, erased = Counts(), 0
    missing: set[str] | None = None
    # A limit is for whole files: of a few rows that were wrong, many may be wrong still.
    limit = asked.definition.reject_limit if asked.picks is None else RejectLimit()
    for outcome, bytes_read in _outcomes(asked):
        staging.append(outcome.rows, outcome.lines, outcome.absent)
        absent = _lacking(outcome, asked.definition)
        missing = absent if missing is None else missing & absent
        counts = replace(
            counts,
            received=counts.received + outcome.received_count,
            rejected=counts.rejected + len(outcome.rejects),
            bytes_read=bytes_read,
        )
        erased += outcome.erased_count
        work.listener.batch_read(counts, outcome.rejects)
        if limit.is_surely_broken(counts.rejected - erased):
            break
    _refuse_missing(missing or set(), asked.definition)
    _refuse_lost(asked.picks, counts.received)
    if sentence := limit.broken(counts.rejected - erased, counts.received):
        raise TooManyRejects(
            f"{sentence} Mend the file or the dataflow, or raise its limit, then try it again."
        )
    return counts.received


def _lacking(outcome: Outcome, definition: Definition) -> set[str]:
    """Return the columns that a batch lacks: none where each record has its own, and none is."""
    has_own = definition.options.format.has_absent_values
    return set() if has_own and not outcome.received_count else set(outcome.missing_columns)


def _outcomes(asked: Load) -> Iterator[tuple[Outcome, int]]:
    """Yield what becomes of each batch, with the bytes of the file read so far."""
    if asked.source is None:
        if asked.picks is not None:
            yield pipeline.outcome_of_given(asked.picks, asked.definition, asked.erased), 0
        return
    counted = CountedSource(asked.source)
    for outcome in pipeline.outcomes(
        counted, asked.definition, picks=asked.picks, erased=asked.erased
    ):
        yield outcome, counted.bytes_read


def _refuse_to_empty(plan: Plan, staging: Staging, received: int) -> None:
    """Refuse to replace a dataset by nothing: that is how a broken export looks."""
    if not plan.counts[Bucket.REMOVED] or staging.row_count:
        return
    if not received:
        raise NothingLeft(
            "The file has no rows, and as it replaces the dataset, that would be left empty. Send "
            "a file that has rows."
        )
    raise NothingLeft(
        f"The file replaces the dataset, and none of its {plural(received, 'row')} can be taken: "
        "the dataset would be left empty. See why in the rejected rows, then mend either."
    )


def _refuse_lost(picks: Picks | None, received: int) -> None:
    if picks is not None and received != picks.count:
        raise RowsNotFound(
            f"Of {plural(picks.count, 'rejected row')}, {number(received)} were found in the file "
            "as it is read now. Its parsing options were changed since: put them back in step 3, "
            "activate that, then try again."
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
