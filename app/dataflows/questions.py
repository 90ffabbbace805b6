"""What is asked of a person before a dataflow does what cannot be taken back."""

from app import storage
from app.audiences import queries as audiences
from app.confirming import Question
from app.dataflows import queries
from app.dataflows.models import Dataflow
from app.formatting import plural
from app.lake.write_modes import WriteMode
from app.runs import queries as runs
from app.streams import queries as streams

MOST_NAMED = 5


def before_deleting(dataflow: Dataflow) -> Question:
    """Name what goes with a dataflow, and what reads on from its dataset."""
    files = plural(streams.count_files(dataflow.stream_pk), "file")
    lost = f"The dataflow, its stream, {files} that arrived on it"
    if dataflow.state.is_draft:
        lost = f"The draft, its stream and {files} that arrived on it"
    else:
        versions = plural(queries.last_number(dataflow.id), "version")
        lost = f"{lost}, {versions} and {plural(runs.count_runs(dataflow.id), 'run')}"
    return Question(
        title=f"Delete “{dataflow.name}”?",
        sentence=f"{lost} go for good. Datasets stay.{_readers(dataflow)}",
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


def _readers(dataflow: Dataflow) -> str:
    """Say which audiences get no new rows once the dataflow is gone."""
    active = queries.active_version(dataflow)
    if active is None or active.schema is None:
        return ""
    names = audiences.names_reading(active.schema.name)
    if not names:
        return ""
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    noun = "The audience" if len(names) == 1 else "The audiences"
    return (
        f" {noun} {shown}{more} {'reads' if len(names) == 1 else 'read'} “{active.schema.name}”, "
        "which will get no more rows from here."
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
