"""What a draft's pages show: its columns, and values before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.dataflows import suggesting
from app.dataflows.custom_columns import placing
from app.dataflows.definition import Conversion
from app.dataflows.fallbacks import refuse_wrong_fallback
from app.dataflows.models import Dataflow, DataflowColumn, ProfileStatus
from app.drafts import previews
from app.drafts.previews import Preview
from app.formatting import plural
from app.streams import queries as streams
from app.tabular import reading
from app.tabular.columns import converting, transforming
from app.tabular.columns.profiles import LONGEST_SAMPLE, ColumnProfile
from app.tabular.columns.transforming import Applied, Transformation
from app.tabular.files.source import FileUnreadable
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

ROWS_SHOWN = 5
# Among so many rows, a preview looks for those that do not fit.
ROWS_TRIED = 500


@dataclass(frozen=True)
class Shown:
    """One value before and after; `is_failed` where it could not be converted.

    `after` is the fallback where there is one for a value that could not be.
    """

    before: str
    after: str
    is_failed: bool = False


@dataclass(frozen=True)
class TransformationPreview:
    """Some rows before and after, those that do not fit first, and how many there are of them."""

    shown: list[Shown]
    failed_count: int
    row_count: int


def confirmation(dataflow: Dataflow) -> str:
    """Say what was downloaded."""
    file = dataflow.draft_file
    name = file.original_name if file else "The file"
    if dataflow.profile_status is ProfileStatus.DONE:
        rows = plural(dataflow.row_count or 0, "row")
        return f"“{name}” is valid: {rows}, {plural(len(dataflow.columns), 'column')}."
    if dataflow.profile_status is ProfileStatus.QUEUED:
        return f"“{name}” is downloaded, and is being parsed."
    return f"“{name}” is downloaded. Look at how it is read, then parse it."


def options_of(dataflow: Dataflow) -> ParsingOptions:
    """Return how the draft is read."""
    return ParsingOptions.from_dict(dataflow.parsing_options or {})


def profiles(columns: Iterable[DataflowColumn]) -> dict[int, ColumnProfile]:
    """Return what is known of each of the columns, by its id."""
    return {column.id: ColumnProfile.from_dict(column.profile) for column in columns}


def preview(
    dataflow: Dataflow, options: ParsingOptions, *, first: int | None, read_up_to: int
) -> Preview | None:
    """Return the draft under these options, from line `first` on; None where it is gone."""
    file = dataflow.draft_file
    if file is None:
        return None
    source = streams.source_of(file.id)
    return previews.preview(
        source, options, first=first, read_up_to=read_up_to, size=file.size or 0
    )


def raw_preview(dataflow: Dataflow, file_id: int, failure: FileUnreadable) -> Preview | None:
    """Return the lines around what keeps one of the draft's files from being read."""
    file = streams.find_file(dataflow.stream_pk, file_id)
    return previews.raw_preview(streams.source_of(file.id), failure) if file else None


def reading_of(dataflow: Dataflow, profile: ColumnProfile, pattern: str) -> str:
    """Say which of day and month comes first by a pattern, with one of the dates read so."""
    kind = profile.nearly or profile.type
    shown = _shown(list(profile.samples[:1]), Conversion(kind, "", pattern), options_of(dataflow))
    label = "Day first" if pattern.index("%d") < pattern.index("%m") else "Month first"
    return f"{label}: {shown[0].before} is {shown[0].after}" if shown else label


def conversion_previews(
    dataflow: Dataflow,
    columns: Iterable[DataflowColumn],
    entered: Mapping[int, Conversion] | None = None,
) -> dict[int, list[Shown]]:
    """Return values as text and as they are read, by the column's id; as saved, if not entered.

    Values that do not fit come first.
    """
    options, given = options_of(dataflow), entered or {}
    return {
        column.id: _shown(_telling_values(column), given.get(column.id, column.conversion), options)
        for column in columns
    }


def _telling_values(column: DataflowColumn) -> list[str]:
    """Return the column's samples, and the values that are unlike nearly all others."""
    profile = ColumnProfile.from_dict(column.profile)
    unlike = [example.value[:LONGEST_SAMPLE] for example in profile.counter_examples]
    return list(dict.fromkeys([*profile.samples, *unlike]))


def _shown(values: list[str], conversion: Conversion, options: ParsingOptions) -> list[Shown]:
    texts = pd.Series(values, dtype="string[pyarrow]")
    done = converting.convert(
        texts, conversion.type, options=options, pattern=conversion.pattern or None
    )
    after = converting.render(done.values)
    shown = [
        Shown(before, conversion.fallback if failed else str(converted), bool(failed))
        for before, converted, failed in zip(values, after, done.failed, strict=True)
    ]
    return sorted(shown, key=lambda value: not value.is_failed)


def transformation_preview(
    dataflow: Dataflow, step: Transformation, to: ColumnType, *, place: int | None = None
) -> TransformationPreview:
    """Return what would become of the first rows, with the step in another's place if one is given.

    Raises TransformationImpossible or FallbackInvalid.
    """
    steps, options = suggesting.steps(dataflow), options_of(dataflow)
    place = len(steps) if place is None else place
    names = [column.name for column in dataflow.columns]
    steps = placing.in_place(names, steps, place, step)
    refuse_wrong_fallback(steps, step, to, options)
    made = transforming.apply(_first_rows(dataflow), steps[: place + 1], options)
    return _made(made, step, to, options)


def transformation_previews(dataflow: Dataflow) -> dict[int, list[Shown]]:
    """Return some of the first rows before and after each custom column, by its id."""
    if not dataflow.transformations:
        return {}
    options = options_of(dataflow)
    made = transforming.apply(_first_rows(dataflow), suggesting.steps(dataflow), options)
    return {
        row.id: _made(made, suggesting.step_of(row), row.type, options).shown
        for row in dataflow.transformations
    }


def _made(
    made: Applied, step: Transformation, to: ColumnType, options: ParsingOptions
) -> TransformationPreview:
    """Return what went into a custom column and what came out, what does not fit first."""
    done = converting.convert(
        made.frame[step.output], to, options=made.options_of(step.output, options)
    )
    failed = done.failed | made.failed(step.output)
    # As it will be stored, but for what is empty.
    after = converting.render(done.values).fillna("")
    before = transforming.given(made.frame, step)
    first = np.argsort(~failed, kind="stable")[:ROWS_SHOWN]
    shown = [
        Shown(
            before.iloc[row], step.fallback if failed[row] else after.iloc[row], bool(failed[row])
        )
        for row in first
    ]
    return TransformationPreview(shown, int(failed.sum()), len(failed))


def _first_rows(dataflow: Dataflow) -> pd.DataFrame:
    """Return the first rows of the draft under the columns' names here."""
    options = options_of(dataflow)
    names = {column.source_name: column.name for column in dataflow.columns}
    if dataflow.draft_file_id is None:
        return pd.DataFrame(columns=list(names.values()))
    source = streams.source_of(dataflow.draft_file_id)
    try:
        batch = next(reading.read(source, options, columns=list(names), rows_per_batch=ROWS_TRIED))
    except (FileUnreadable, StopIteration):
        return pd.DataFrame(columns=list(names.values()), dtype="string[pyarrow]")
    return batch.frame.rename(columns=names)
