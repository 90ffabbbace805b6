"""What is asked of a person before a dataflow does what cannot be taken back."""

from app import storage
from app.confirming import Question
from app.dataflows.models import Dataflow
from app.formatting import plural
from app.lake.planning import WriteMode
from app.runs import queries as runs
from app.streams import queries as streams


def before_deleting(dataflow: Dataflow) -> Question:
    """Name what goes with a dataflow."""
    files = plural(streams.count_files(dataflow.stream_pk), "file")
    lost = f"The dataflow, its stream, {files} that arrived on it"
    if dataflow.state.is_draft:
        lost = f"The draft, its stream and {files} that arrived on it"
    else:
        lost = f"{lost} and {plural(runs.count_runs(dataflow.id), 'run')}"
    return Question(
        title=f"Delete “{dataflow.name}”?",
        sentence=f"{lost} go for good. Datasets stay.",
        button="Delete",
    )


def before_starting_without_memory(dataflow: Dataflow) -> Question:
    """Name what goes when a draft no longer takes over the mapping of another dataflow."""
    return Question(
        title=f"Start “{dataflow.name}” without it?",
        sentence=(
            "Names, types, custom columns, schema and mapping go, those that you changed yourself "
            "too. The file and how it is read stay."
        ),
        button="Start without it",
        is_danger=False,
    )


def before_activating(dataflow: Dataflow) -> Question | None:
    """Name the rows that files may replace; None where files only add."""
    if dataflow.write_mode is not WriteMode.OVERWRITE or dataflow.schema is None:
        return None
    row_count = storage.lake().row_count(dataflow.schema.table_name)
    there = f" It has {plural(row_count, 'row')} now." if row_count else ""
    return Question(
        title=f"Activate “{dataflow.name}”?",
        sentence=(
            f"Each production file replaces all rows of the dataset “{dataflow.schema.name}”: "
            f"rows that are not in the file are removed.{there}"
        ),
        button="Run and activate",
        is_danger=False,
    )
