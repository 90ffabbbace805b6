"""What a draft's pages show: its columns, and values before and after."""

from dataclasses import dataclass

import pandas as pd

from app.dataflows import suggesting
from app.dataflows.models import Dataflow, ProfileStatus
from app.streams import queries as streams
from app.tabular import converting, reading, transforming
from app.tabular.options import ParsingOptions
from app.tabular.profiling import ColumnProfile
from app.tabular.source import FileUnreadable
from app.tabular.transforming import Transformation

ROWS_SHOWN = 5


@dataclass(frozen=True)
class Shown:
    """One value before and after; `is_failed` where it could not be converted."""

    before: str
    after: str
    is_failed: bool = False


def confirmation(dataflow: Dataflow) -> str:
    """Say what was downloaded."""
    file = dataflow.draft_file
    name = file.original_name if file else "The file"
    if dataflow.profile_status is ProfileStatus.DONE:
        return f"“{name}” is valid: {dataflow.row_count} rows, {len(dataflow.columns)} columns."
    if dataflow.profile_status is ProfileStatus.QUEUED:
        return f"“{name}” is downloaded, and is being parsed."
    return f"“{name}” is downloaded. Look at how it is read, then parse it."


def profiles(dataflow: Dataflow) -> dict[int, ColumnProfile]:
    """Return what is known of each column, by its id."""
    return {column.id: ColumnProfile.from_dict(column.profile) for column in dataflow.columns}


def conversion_previews(dataflow: Dataflow) -> dict[int, list[Shown]]:
    """Return sample values as text and as their type reads them, by the column's id."""
    options = ParsingOptions.from_dict(dataflow.parsing_options or {})
    previews = {}
    for column in dataflow.columns:
        samples = pd.Series(list(column.profile["samples"]), dtype="string[pyarrow]")
        done = converting.convert(
            samples, column.type, options=options, pattern=column.pattern or None
        )
        texts = converting.render(done.values)
        previews[column.id] = [
            Shown(str(before), "" if failed else str(after), bool(failed))
            for before, after, failed in zip(samples, texts, done.failed, strict=True)
        ]
    return previews


def transformation_preview(dataflow: Dataflow, step: Transformation) -> list[Shown]:
    """Return the first rows before and after; raise TransformationImpossible."""
    frame = _first_rows(dataflow)
    made = transforming.apply(frame, [*suggesting.steps(dataflow), step])
    before = made[list(step.inputs)].fillna("").agg(" · ".join, axis=1)
    after = made[step.output].fillna("")
    return [Shown(str(b), str(a)) for b, a in zip(before, after, strict=True)]


def _first_rows(dataflow: Dataflow) -> pd.DataFrame:
    """Return the first rows of the draft under the columns' names here."""
    options = ParsingOptions.from_dict(dataflow.parsing_options or {})
    names = {column.source_name: column.name for column in dataflow.columns}
    if dataflow.draft_file_id is None:
        return pd.DataFrame(columns=list(names.values()))
    source = streams.source_of(dataflow.draft_file_id)
    try:
        batch = next(reading.read(source, options, columns=list(names), rows_per_batch=ROWS_SHOWN))
    except (FileUnreadable, StopIteration):
        return pd.DataFrame(columns=list(names.values()), dtype="string[pyarrow]")
    return batch.frame.rename(columns=names)
