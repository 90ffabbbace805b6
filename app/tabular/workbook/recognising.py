"""Recognises workbooks: the first sheet with cells, and where the table stands on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.tabular.files.source import Source
from app.tabular.grid import evidence
from app.tabular.grid.placing import placed
from app.tabular.grid.readings import Reading
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.recognition import Alternative, Evidence, Recognition
from app.tabular.workbook.choosing import chosen_sheet, has_gap
from app.tabular.workbook.sheets import Cells, Sheet, Workbook, opened_workbook

_FIRST_ROWS = 2_000
_LAST_ROWS = 500
_MOST_ALTERNATIVES = 20


@dataclass(frozen=True)
class _Sample:
    """The first and last rows of a sheet with their places, out of `row_count`."""

    name: str
    rows: Sequence[Cells]
    places: Sequence[int]
    row_count: int
    open_formulas: int
    is_shown: bool

    @classmethod
    def of(cls, sheet: Sheet) -> "_Sample":
        count = len(sheet.rows)
        cut = min(count, _FIRST_ROWS)
        places = [*range(cut), *range(max(cut, count - _LAST_ROWS), count)]
        rows = [sheet.rows[place] for place in places]
        return cls(sheet.name, rows, places, count, sheet.open_formulas, sheet.is_shown)


def recognise_workbook(source: Source) -> Recognition | None:
    """Return how to read a workbook; None where the file is none; raise FileUnreadable."""
    with opened_workbook(source) as book:
        if book is None:
            return None
        samples = list(_samples(book))
        kind, is_only = book.kind, len(book.names) == 1
    readings = [_read(sample) for sample in samples]
    chosen, is_open = chosen_sheet(readings, [sample.is_shown for sample in samples])
    sample, reading = samples[chosen], readings[chosen]
    if not chosen:
        # Without a name, so that the first sheet may have another name next month.
        reading = replace(reading, options=replace(reading.options, sheet=""))
    where = _of_sheet(samples[0].name, len(samples) - 1, is_only=is_only)
    told = (
        Evidence("format", f"The file is a workbook ({kind})."),
        Evidence("sheet", f"{where} {_chosen(sample.name)}" if chosen else where),
        *_of_formulas(sample.open_formulas),
        *_of_gaps(reading),
        *evidence.sentences(reading, [_line(row) for row in sample.rows]),
    )
    others = (_alternative(each) for each in readings if each is not readings[chosen])
    confidence = round(min(0.99, 0.4 + reading.vote.confidence), 3)
    questions = _questions(reading, is_open=is_open or sample.open_formulas > 0)
    alternatives = (*others, *evidence.alternatives(reading))
    return Recognition(reading.options, confidence, told, questions, alternatives)


def _samples(book: Workbook) -> Iterator[_Sample]:
    """Yield the sheets with cells, the first of them first."""
    first = book.sheet("")
    yield _Sample.of(first)
    for name in book.names[: _MOST_ALTERNATIVES + 1]:
        if name != first.name and (sheet := book.sheet(name)).has_cells:
            yield _Sample.of(sheet)


def _read(sample: _Sample) -> Reading:
    rows = [tuple(cell or "" for cell in row) for row in sample.rows]
    options = ParsingOptions(format=FileFormat.WORKBOOK, sheet=sample.name)
    reading = placed(rows, sample.places, sample.row_count, options)
    assert reading is not None  # the sheet has cells
    return reading


def _line(row: Cells) -> str:
    return " ".join(filter(None, row))


def _alternative(reading: Reading) -> Alternative:
    count = reading.place.column_count
    sentence = f"The sheet “{reading.options.sheet}” has a table of {count:,} columns."
    return Alternative(reading.options, sentence)


def _of_sheet(name: str, other_count: int, *, is_only: bool) -> str:
    if is_only:
        return f"“{name}” is the only sheet."
    others = f"; {other_count:,} other{'s have' if other_count > 1 else ' has'} some too"
    return f"“{name}” is the first sheet with cells{others if other_count else ''}."


def _chosen(name: str) -> str:
    return f"“{name}” has by far the larger table, and is read."


def _of_formulas(count: int) -> tuple[Evidence, ...]:
    if not count:
        return ()
    have = "formulas have" if count > 1 else "formula has"
    sentence = (
        f"{count:,} {have} no value, because no program has calculated it yet: the cells are "
        "empty. Open the workbook, save it and send it again."
    )
    return (Evidence("sheet", sentence),)


def _of_gaps(reading: Reading) -> tuple[Evidence, ...]:
    if not has_gap(reading):
        return ()
    sentence = "There are empty columns within the table: what stands beside may be another one."
    return (Evidence("column_count", sentence),)


def _questions(reading: Reading, *, is_open: bool) -> tuple[str, ...]:
    place = reading.place
    asked = {
        "sheet": is_open,
        "column_count": has_gap(reading),
        "header_rows": reading.has_open_header,
        "footer_rows": bool(place.totals)
        or place.other_table is not None
        or place.has_doubtful_end,
    }
    return tuple(option for option, is_open in asked.items() if is_open)
