"""Why rejected rows of a run cannot be taken up again, in sentences."""

from app.dataflows import queries as dataflows
from app.dataflows.definition import Definition
from app.dataflows.models import Dataflow
from app.formatting import plural
from app.quarantine import queries
from app.runs.models import Run, RunStatus


class RepairRefused(Exception):
    """The rejected rows of a run cannot be taken up again."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class RunWroteNothing(RepairRefused):
    """The run was a dry run, failed, or was cancelled or undone: its file is taken as a whole."""


class RunNotEnded(RepairRefused):
    """The run goes on, and may reject more."""


class ReplacedSince(RepairRefused):
    """A later file replaced the dataset."""


class DefinedOtherwise(RepairRefused):
    """The dataflow has no active version, or one that writes to another dataset."""


class FileGone(RepairRefused):
    """The file is no longer kept, and the rows were not given whole."""


class NothingToRetry(RepairRefused):
    """None of the rows waits."""


def refuse(run: Run, dataflow: Dataflow) -> Definition:
    """Return what the rows of a run would follow now; raise RepairRefused where they cannot."""
    _refuse_by_its_end(run)
    followed = Definition.from_dict(run.definition)
    active = dataflows.active_version(dataflow)
    if active is None or dataflow.schema is None:
        raise DefinedOtherwise("The dataflow has no active version. Activate it in its step 5.")
    if active.value.table_name != followed.table_name:
        raise DefinedOtherwise(
            "The dataflow writes to another dataset now, and these rows belong to the one before."
        )
    if (later := queries.replacing_run(run)) is not None:
        raise ReplacedSince(
            f"A later file replaced the dataset (run {later.id}); its rows are newer than these."
        )
    return active.value.for_files_of(followed)


def reason(run: Run, dataflow: Dataflow) -> str | None:
    """Say why rows of a run cannot be taken up again; None where they can."""
    try:
        refuse(run, dataflow)
    except RepairRefused as refused:
        return refused.sentence
    return None


def nothing_waits(*, only_corrected: bool) -> NothingToRetry:
    """Return the failure that says so."""
    if only_corrected:
        return NothingToRetry("No row that waits was corrected. Correct some, or take all up.")
    return NothingToRetry("None of these rows waits: all were taken up again already.")


def file_gone(waiting: int) -> FileGone:
    """Return the failure that says what can still be done."""
    return FileGone(
        f"The file is no longer kept, so {plural(waiting, 'row')} cannot be read from it again. "
        "A row can still be taken up once you give all its cells: correct it in its own form."
    )


def _refuse_by_its_end(run: Run) -> None:
    if run.kind.is_dry:
        raise RunWroteNothing("A dry run writes nothing: mend the draft, then try it again.")
    if run.status.is_active:
        raise RunNotEnded("The run goes on. Wait until it has ended.")
    if run.status is not RunStatus.FINISHED:
        raise RunWroteNothing(
            f"The run {'failed' if run.status is RunStatus.FAILED else 'was cancelled'} and wrote "
            "nothing, so its rows are taken up as a whole: try the run again on its page."
        )
    if run.undone_by_run_id is not None:
        raise RunWroteNothing(
            "The run was undone. Undo that first, or take its file once more as a whole."
        )
