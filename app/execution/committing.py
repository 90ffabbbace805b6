"""From a plan to a commit: planned and written under one lock, its journal kept before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.lake import writing
from app.lake.planning import Dataset, Plan
from app.lake.tables import Lake
from app.runs import samples
from app.runs.progress import Listener, RunPhase

MOST_PLANS = 5


@dataclass(frozen=True)
class Work:
    """What a run does, whatever its kind: for which dataset, under which names, heard by whom.

    `transaction` is none for a run that only tries. `names` has the name people know each column
    by. The folder is the run's own. `refuse` raises where a plan is not to be carried out.
    """

    run: int
    lake: Lake
    dataset: Dataset
    names: Mapping[str, str]
    folder: Path
    transaction: str | None
    listener: Listener
    refuse: Callable[[Plan], None] = lambda _plan: None


def commit(work: Work, make_plan: Callable[[], Plan]) -> int | None:
    """Plan and, unless the run only tries, write; return the version of the table.

    Raises TableBusy, or RunStopped by the listener; the dataset is then as it was. Where a writer
    elsewhere came between, it is planned anew.
    """
    work.listener.phase_begun(RunPhase.PLANNING)
    if work.transaction is None:
        plan = make_plan()
        work.refuse(plan)
        work.listener.planned(plan, samples.shown(plan, work.names))
        work.lake.keep_journal(work.dataset.name, work.run, plan.journal)
        return plan.table_version
    with work.lake.writer_lock(work.dataset.name):
        done = writing.written_version(work.lake, work.dataset.name, transaction=work.transaction)
        # Another worker, given up for dead, may have written it while this one waited.
        return _write(work, make_plan, work.transaction) if done is None else done


def _write(work: Work, make_plan: Callable[[], Plan], transaction: str) -> int:
    attempt = 0
    while True:
        attempt += 1
        plan = make_plan()
        work.refuse(plan)
        work.listener.phase_begun(RunPhase.WRITING)
        # Both before the write: a run killed just after it is closed with these counts. The
        # journal second: a worker that another has taken over from is to replace no journal.
        work.listener.planned(plan, samples.shown(plan, work.names))
        kept = work.lake.keep_journal(work.dataset.name, work.run, plan.journal)
        try:
            return writing.write(
                work.lake,
                work.dataset,
                replace(plan, journal=kept),
                transaction=transaction,
                spill=work.folder / "spill",
                confirm=lambda: work.listener.phase_begun(RunPhase.WRITING),
            )
        except writing.PlanOutdated:
            if attempt == MOST_PLANS:
                raise
