"""What parsing a draft finds, and how it is said to a person."""

from collections.abc import Callable, Iterator

from app.formatting import plural
from app.tabular import reading
from app.tabular.batches import Batch
from app.tabular.columns import profiling
from app.tabular.columns.profiling import FileProfile
from app.tabular.files.counting import CountedSource
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.options import ParsingOptions

SAID = 5
# At about three milliseconds each, however few rows there are.
MOST_COLUMNS_AT_ONCE = 400


class NoRows(Exception):
    """The file has a header at most, and no row."""


def profile_of(
    source: Source, options: ParsingOptions, progress: Callable[[int], None] = lambda _: None
) -> FileProfile:
    """Return what is in a file, telling the bytes read; raise FileUnreadable or NoRows."""
    columns = reading.columns_of(source, options)
    counted = CountedSource(source)

    def batches() -> Iterator[Batch]:
        for batch in reading.read(counted, options, columns=columns.names):
            yield batch
            progress(counted.bytes_read)

    found = profiling.profile(batches(), options, columns=columns)
    if found.row_count == 0 and found.bad_row_count == 0:
        raise NoRows
    return found


def is_wide(source: Source, options: ParsingOptions) -> bool:
    """Return whether a file has more columns than are profiled while a person waits."""
    try:
        return len(reading.columns_of(source, options).names) > MOST_COLUMNS_AT_ONCE
    except FileUnreadable:
        return False


def notes(found: FileProfile) -> list[str]:
    """Return what a person should know of the file, in sentences."""
    said = []
    if found.padded_count:
        rows = plural(found.padded_count, "row has", "rows have")
        said.append(f"{rows} fewer cells than the header; the missing cells are empty.")
    said.extend(
        f"Line {row.line} cannot become a row: {row.message}" for row in found.bad_rows[:SAID]
    )
    if found.bad_row_count > SAID:
        said.append(f"{found.bad_row_count - SAID:,} more lines cannot become rows.")
    return [*said, *_of_doubts(found), *_of_units(found), *found.notes]


def _of_doubts(found: FileProfile) -> Iterator[str]:
    for row in found.doubtful_rows[:SAID]:
        yield f"Line {row.line} may be no row: {row.message}"
    if found.doubtful_count > SAID:
        yield f"{found.doubtful_count - SAID:,} more lines may be no rows."
    for line in found.odd_lines:
        yield f"Line {line} reads like a header among the rows."


def _of_units(found: FileProfile) -> Iterator[str]:
    named = [column for column in found.columns if column.unit]
    if named:
        units = ", ".join(f"“{column.unit}” under “{column.name}”" for column in named[:SAID])
        yield (
            f"Line {named[0].unit_line} seems to name units: {units}. It is read as a row; "
            "to leave it out, take it into the header."
        )


def problem(failure: Exception) -> dict[str, object]:
    """Return why there is no profile, as it is kept with the dataflow."""
    if isinstance(failure, FileUnreadable):
        return {**failure.to_dict(), "sentence": failure.sentence}
    if isinstance(failure, NoRows):
        return {
            "code": "no_rows",
            "sentence": "The file has a header, but no row below it. "
            "Export at least one row, then send the file again.",
        }
    return {
        "code": "broken_off",
        "sentence": "It was broken off on this server, and that has been logged. Parse it again.",
    }
