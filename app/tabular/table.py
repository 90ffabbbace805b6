"""A whole file as one frame of the exact strings it holds, for scripts and tests."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, overload

import pandas as pd

from app.tabular.batches import TOO_MANY_CELLS, Batch
from app.tabular.columns.profiles import FileProfile
from app.tabular.columns.profiling import profile
from app.tabular.files.source import NotRecognised, PathSource, Source
from app.tabular.options import ParsingOptions
from app.tabular.reading import columns_of, read
from app.tabular.recognising import recognise
from app.tabular.recognition import Recognition

# Beyond this share of rows that had to be padded, a person should look before they are used.
MOST_PADDED = 0.01


@overload
def read_table(path: str | Path, with_info: Literal[False] = False) -> pd.DataFrame: ...
@overload
def read_table(
    path: str | Path, with_info: Literal[True]
) -> tuple[pd.DataFrame, dict[str, Any]]: ...
def read_table(
    path: str | Path, with_info: bool = False
) -> pd.DataFrame | tuple[pd.DataFrame, dict[str, Any]]:
    """Return the file as a frame of Arrow-backed strings, every value as the file has it.

    With `with_info`, also a dict: `ask` is true where a person should confirm how the file was
    read, `questions` are the options in doubt, `types` the type of each column by name, `options`
    how it was read, and `bad_rows`, `padded_rows`, `blank_rows` and `doubtful_rows` count what was
    no plain row.
    A cell that the file has not is null, an empty one an empty string; rows longer than the table
    go on into columns without a name. Raises NotRecognised where something would have to be
    invented, FileUnreadable for another fault of the file, and OSError.
    """
    source = PathSource(Path(path))
    recognition = examined(source)
    options = recognition.options
    batches = list(read(source, options))
    if any(map(has_long_rows, batches)):
        options = replace(options, keeps_long_rows=True)
        batches = list(read(source, options))
    names = columns_of(source, options).names
    if not names:
        raise NotRecognised("The file has no columns.", "Choose a file with at least one record.")
    frame = _together(batches, names)
    if not with_info:
        return frame
    return frame, _info(recognition, options, profile(batches, options))


def examined(source: Source) -> Recognition:
    """Return what a file is recognised as; raise NotRecognised where that is nothing."""
    recognition = recognise(source)
    if not recognition.is_recognised:
        raise NotRecognised(
            recognition.evidence[-1].sentence, "Choose the options yourself, or another file."
        )
    return recognition


def has_long_rows(batch: Batch) -> bool:
    """Return whether rows were left out that `keeps_long_rows` would keep."""
    return any(row.rule == TOO_MANY_CELLS for row in batch.bad_rows)


def is_doubtful(recognition: Recognition, found: FileProfile) -> bool:
    """Return whether a person should confirm how the file was read."""
    padded = found.padded_count > found.row_count * MOST_PADDED
    in_rows = found.bad_row_count or found.doubtful_count or padded
    return bool(recognition.questions or in_rows or found.odd_lines)


def _info(recognition: Recognition, options: ParsingOptions, found: FileProfile) -> dict[str, Any]:
    return {
        "ask": is_doubtful(recognition, found),
        "questions": list(recognition.questions),
        "types": {column.name: column.type.value for column in found.columns},
        "options": options.to_dict(),
        "bad_rows": found.bad_row_count,
        "padded_rows": found.padded_count,
        "blank_rows": found.blank_count,
        "doubtful_rows": found.doubtful_count,
    }


def _together(batches: Sequence[Batch], names: Sequence[str]) -> pd.DataFrame:
    frames = [batch.frame for batch in batches if len(batch.frame)]
    if not frames:
        return pd.DataFrame({name: pd.Series([], dtype="string[pyarrow]") for name in names})
    return pd.concat(frames, ignore_index=True)
