"""Recognises workbooks: the first sheet with cells, and where the table stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.tabular.delimited.headers import HeaderVote, header_vote, names_above
from app.tabular.delimited.marks import with_number_marks
from app.tabular.delimited.structure import TablePlace, table_place
from app.tabular.files.source import Source
from app.tabular.options import MOST_LEFT_OUT, FileFormat, ParsingOptions
from app.tabular.recognition import Alternative, Evidence, Recognition
from app.tabular.workbook.sheets import Sheet, opened_workbook

_FIRST_ROWS = 2_000
_LAST_ROWS = 500
_MOST_ALTERNATIVES = 20
_SURE_HEADER = 0.62


@dataclass(frozen=True)
class _Placed:
    """A sheet's table: where it is, its header, and the options that say so."""

    sheet: Sheet
    options: ParsingOptions
    place: TablePlace
    vote: HeaderVote


def recognise_workbook(source: Source) -> Recognition | None:
    """Return how to read a workbook; None where the file is none; raise FileUnreadable."""
    with opened_workbook(source) as book:
        if book is None:
            return None
        first = book.sheet("")
        sheets = [first]
        for name in book.names[: _MOST_ALTERNATIVES + 1]:
            if name != first.name and (sheet := book.sheet(name)).has_cells:
                sheets.append(Sheet(name, _sample(sheet)))
        kind, is_only = book.kind, len(book.names) == 1
    placed = _placed(first, "")
    others = [_alternative(_placed(sheet, sheet.name)) for sheet in sheets[1:]]
    told = (
        Evidence("format", f"The file is a workbook ({kind})."),
        Evidence("sheet", _of_sheet(first.name, len(others), is_only=is_only)),
        *_of_place(placed),
    )
    confidence = round(min(0.99, 0.4 + placed.vote.confidence), 3)
    return Recognition(placed.options, confidence, told, _questions(placed), tuple(others))


def _sample(sheet: Sheet) -> tuple[tuple[str | None, ...], ...]:
    rows = sheet.rows
    if len(rows) <= _FIRST_ROWS + _LAST_ROWS:
        return rows
    return rows[:_FIRST_ROWS] + rows[-_LAST_ROWS:]


def _placed(sheet: Sheet, name: str) -> _Placed:
    rows = [tuple(cell or "" for cell in row) for row in _sample(sheet)]
    place = table_place(rows)
    assert place is not None  # the sheet has cells
    first, last = place.first_column, place.first_column + place.column_count
    table = [row[first:last] for row in rows[place.begin : place.end]]
    vote, begin = header_vote(table), place.begin
    if place.has_row_above and vote.rows == 1:
        vote, begin = names_above(vote), begin - 1
    options = ParsingOptions(
        format=FileFormat.WORKBOOK,
        sheet=name,
        header_rows=vote.rows,
        skipped_rows=min(begin, MOST_LEFT_OUT),
        footer_rows=len(rows) - place.end,
        first_column=first,
        column_count=place.column_count,
    )
    return _Placed(sheet, with_number_marks(options, table), place, vote)


def _alternative(placed: _Placed) -> Alternative:
    count = placed.place.column_count
    sentence = f"The sheet “{placed.sheet.name}” has a table of {count:,} columns."
    return Alternative(placed.options, sentence)


def _of_sheet(name: str, other_count: int, *, is_only: bool) -> str:
    if is_only:
        return f"“{name}” is the only sheet."
    others = f"; {other_count:,} other{'s have' if other_count > 1 else ' has'} some too"
    return f"“{name}” is the first sheet with cells{others if other_count else ''}."


def _of_place(placed: _Placed) -> Sequence[Evidence]:
    options = placed.options
    told = [Evidence("header_rows", placed.vote.sentence)]
    if options.skipped_rows:
        sentence = f"{options.skipped_rows:,} rows above the table are left out."
        told.append(Evidence("skipped_rows", sentence))
    if options.footer_rows:
        sentence = f"{options.footer_rows:,} rows below the table are left out."
        told.append(Evidence("footer_rows", sentence))
    return told


def _questions(placed: _Placed) -> tuple[str, ...]:
    place = placed.place
    asked = {
        "header_rows": placed.vote.confidence < _SURE_HEADER,
        "footer_rows": bool(place.totals) or place.other_table is not None,
    }
    return tuple(option for option, is_open in asked.items() if is_open)
