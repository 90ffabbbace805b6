"""Recognises workbooks: the first sheet with cells, and where the table stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.tabular.files.source import Source
from app.tabular.grid import evidence
from app.tabular.grid.placing import placed
from app.tabular.grid.readings import Reading
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.recognition import Alternative, Evidence, Recognition
from app.tabular.workbook.sheets import Cells, Sheet, opened_workbook

_FIRST_ROWS = 2_000
_LAST_ROWS = 500
_MOST_ALTERNATIVES = 20
_SURE_HEADER = 0.62


@dataclass(frozen=True)
class _Sample:
    """The first and last rows of a sheet with their places, out of `row_count`."""

    name: str
    rows: Sequence[Cells]
    places: Sequence[int]
    row_count: int

    @classmethod
    def of(cls, sheet: Sheet) -> "_Sample":
        count = len(sheet.rows)
        cut = min(count, _FIRST_ROWS)
        places = [*range(cut), *range(max(cut, count - _LAST_ROWS), count)]
        return cls(sheet.name, [sheet.rows[place] for place in places], places, count)


def recognise_workbook(source: Source) -> Recognition | None:
    """Return how to read a workbook; None where the file is none; raise FileUnreadable."""
    with opened_workbook(source) as book:
        if book is None:
            return None
        first = book.sheet("")
        samples = [_Sample.of(first)]
        for name in book.names[: _MOST_ALTERNATIVES + 1]:
            if name != first.name and (sheet := book.sheet(name)).has_cells:
                samples.append(_Sample.of(sheet))
        kind, is_only = book.kind, len(book.names) == 1
    reading = _read(samples[0], "")
    told = (
        Evidence("format", f"The file is a workbook ({kind})."),
        Evidence("sheet", _of_sheet(first.name, len(samples) - 1, is_only=is_only)),
        *evidence.sentences(reading, [_line(row) for row in samples[0].rows]),
    )
    others = (_alternative(sample) for sample in samples[1:])
    confidence = round(min(0.99, 0.4 + reading.vote.confidence), 3)
    alternatives = (*others, *evidence.alternatives(reading))
    return Recognition(reading.options, confidence, told, _questions(reading), alternatives)


def _read(sample: _Sample, name: str) -> Reading:
    rows = [tuple(cell or "" for cell in row) for row in sample.rows]
    options = ParsingOptions(format=FileFormat.WORKBOOK, sheet=name)
    reading = placed(rows, sample.places, sample.row_count, options)
    assert reading is not None  # the sheet has cells
    return reading


def _line(row: Cells) -> str:
    return " ".join(filter(None, row))


def _alternative(sample: _Sample) -> Alternative:
    reading = _read(sample, sample.name)
    count = reading.place.column_count
    sentence = f"The sheet “{sample.name}” has a table of {count:,} columns."
    return Alternative(reading.options, sentence)


def _of_sheet(name: str, other_count: int, *, is_only: bool) -> str:
    if is_only:
        return f"“{name}” is the only sheet."
    others = f"; {other_count:,} other{'s have' if other_count > 1 else ' has'} some too"
    return f"“{name}” is the first sheet with cells{others if other_count else ''}."


def _questions(reading: Reading) -> tuple[str, ...]:
    place = reading.place
    asked = {
        "header_rows": reading.vote.confidence < _SURE_HEADER,
        "footer_rows": bool(place.totals) or place.other_table is not None,
    }
    return tuple(option for option, is_open in asked.items() if is_open)
