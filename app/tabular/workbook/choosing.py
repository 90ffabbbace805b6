"""Which sheet of several has the table, how far it goes, and whether a person should say so."""

from collections.abc import Sequence

from app.tabular.grid.readings import Reading

_LEAST = 2
_CLOSE = 0.5
_BY_FAR = 10


def chosen_sheet(readings: Sequence[Reading], are_shown: Sequence[bool]) -> tuple[int, bool]:
    """Return the number of the sheet to read, and whether another may be meant.

    That is the first, unless it has only some words, as covers do, or few cells beside another.
    Hidden sheets count only where none is shown.
    """
    others = [
        number
        for number, (reading, is_shown) in enumerate(zip(readings, are_shown, strict=True))
        if number and is_shown and _is_table(reading)
    ]
    largest = max(others, key=lambda number: _size(readings[number]), default=0)
    first = readings[0]
    if largest and (not _is_table(first) or _size(readings[largest]) > _size(first) * _BY_FAR):
        return largest, True
    return 0, any(_is_close(readings[number], first) for number in others)


def has_gap(reading: Reading) -> bool:
    """Return whether a column within the table is empty and has no name, as between two tables."""
    first, count = reading.place.first_column, reading.place.column_count
    used = {
        place for row in reading.table for place, cell in enumerate(row, -first) if cell.strip()
    }
    return any(place not in used for place in range(min(count, max(used, default=0))))


def _is_table(reading: Reading) -> bool:
    return reading.place.column_count >= _LEAST and reading.place.row_count >= _LEAST


def _is_close(other: Reading, first: Reading) -> bool:
    """Return whether a sheet has about as many cells as the first, or the same columns."""
    has_same_names = bool(first.options.header_rows) and other.table[0] == first.table[0]
    return _size(other) > _size(first) * _CLOSE or has_same_names


def _size(reading: Reading) -> int:
    return reading.place.row_count * reading.place.column_count
