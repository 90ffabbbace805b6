"""From rows to the parsing options that say where their table is and what names its columns."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from app.tabular.grid.headers import HeaderVote, doubted, header_vote, labelled, names_above, ruled
from app.tabular.grid.labels import labels_above
from app.tabular.grid.marks import with_number_marks
from app.tabular.grid.odd_rows import is_rule
from app.tabular.grid.other_tables import is_foreword, other_table
from app.tabular.grid.readings import Reading
from app.tabular.grid.shapes import Rows
from app.tabular.grid.structure import TablePlace, table_place
from app.tabular.options import MOST_LEFT_OUT, ParsingOptions


def placed(
    rows: Rows, starts: Sequence[int], line_count: int, options: ParsingOptions
) -> Reading | None:
    """Return the rows with the options that lead to their table; None where all are empty.

    `starts` are the lines, from 0, on which the rows begin, out of `line_count`.
    """
    place = table_place(rows)
    if place is None:
        return None
    place, table, vote = _voted(rows, place)
    if vote.rows and is_rule(table[vote.rows] if vote.rows < len(table) else ()):
        vote = ruled(vote)
    begin = place.begin
    if place.has_row_above and vote.rows == 1:
        vote, begin = names_above(vote), begin - 1
    options = replace(
        options,
        header_rows=vote.rows,
        skipped_rows=min(starts[begin], MOST_LEFT_OUT) if begin else 0,
        footer_rows=_lines_below(rows, starts, line_count, place.end),
        first_column=place.first_column,
        column_count=_count_besides(place, rows[place.begin]),
        has_row_names=place.has_row_names,
    )
    return Reading(with_number_marks(options, table), rows, starts, place, vote)


def _voted(rows: Rows, place: TablePlace) -> tuple[TablePlace, Rows, HeaderVote]:
    """Return the place again, knowing which rows name the columns, with the table and its vote."""
    if place.other_table is None:
        place = replace(place, other_table=other_table(rows, place))
    if place.other_table is not None and is_foreword(rows, place, place.other_table):
        place = table_place(rows, begin=place.other_table) or place
        return place, (table := _cells_of_table(rows, place)), doubted(header_vote(table))
    table = _cells_of_table(rows, place)
    vote = header_vote(table)
    if vote.rows <= 1 and not place.has_row_names and (labels := labels_above(table)):
        other = place.other_table
        place = table_place(rows, begin=_place_of(rows, place, labels.begin)) or place
        place = replace(place, other_table=other)
        table, vote = _cells_of_table(rows, place), labelled(labels)
    return place, table, vote


def _place_of(rows: Rows, place: TablePlace, number: int) -> int:
    """Return the place among all rows of one of the table's filled rows."""
    filled = (each for each in range(place.begin, place.end) if any(rows[each]))
    return next(islice(filled, number, None))


def _cells_of_table(rows: Rows, place: TablePlace) -> list[tuple[str, ...]]:
    first, last = place.first_column, place.first_column + place.column_count
    head, *body = rows[place.begin : place.end]
    named = ("", *head) if place.has_row_names else head
    return [tuple(row[first:last]) for row in (named, *body) if any(row)]


def _count_besides(place: TablePlace, first: Sequence[str]) -> int | None:
    """Return how many columns there are where the first row alone would tell another number."""
    natural = len(first) + place.has_row_names
    return None if (place.first_column, natural) == (0, place.column_count) else place.column_count


def _lines_below(rows: Rows, starts: Sequence[int], line_count: int, end: int) -> int:
    """Return how many lines there are below the table, if any of them holds something."""
    if end >= len(rows) or not any(any(row) for row in rows[end:]):
        return 0
    count = line_count - starts[end]
    return count if count <= MOST_LEFT_OUT else 0
