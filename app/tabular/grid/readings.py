"""One way to read a sample of delimited text, with the table that it makes."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.tabular.grid.cut_values import is_telling, may_be_cut
from app.tabular.grid.headers import HeaderVote
from app.tabular.grid.odd_rows import are_side_by_side, has_words_among_values, may_name_too
from app.tabular.grid.shapes import Rows
from app.tabular.grid.structure import TablePlace
from app.tabular.options import ParsingOptions

_SURE_HEADER = 0.62
_FEW_ROWS = 3


@dataclass(frozen=True)
class Reading:
    """The sample read by one dialect: its rows, the line each begins on, and the table's place."""

    options: ParsingOptions
    rows: Rows
    starts: Sequence[int]
    place: TablePlace
    vote: HeaderVote

    @property
    def table(self) -> Rows:
        """Return the table's filled rows, its header among them."""
        place = self.place
        return [row for row in self.rows[place.begin : place.end] if any(row)]

    @property
    def irregular_share(self) -> float:
        """Return the share of rows that are wider than the table or not of its usual width."""
        count = self.place.row_count - self.place.regular_count
        return max(count, self.place.long_count) / max(1, self.place.row_count)

    @property
    def covered_share(self) -> float:
        """Return the share of the table's rows among them and all rows of another width."""
        place = self.place
        outside = [*self.rows[: place.begin], *self.rows[place.end :]]
        others = sum(any(row) and len(row) != place.width for row in outside)
        return place.row_count / (place.row_count + others)

    @property
    def is_ragged_at_end_only(self) -> bool:
        """Return whether all rows are as long as the header or leave off cells at their end."""
        return bool(self.options.header_rows) and not self.place.long_count

    @property
    def has_open_header(self) -> bool:
        """Return whether a person should say which rows name the columns."""
        is_nameless = bool(self.options.skipped_rows) and not self.options.header_rows
        is_open = self.repeats_header or self.is_header_short or is_nameless
        return self.vote.confidence < _SURE_HEADER or is_open or self.has_odd_rows

    @property
    def has_odd_rows(self) -> bool:
        """Return whether a row may name the columns too, or belong to a table of its own."""
        count = self.options.header_rows
        body = self.table[count:]
        may_name = bool(count) and may_name_too(body)
        return may_name or has_words_among_values(body) or are_side_by_side(self.table)

    @property
    def is_header_short(self) -> bool:
        """Return whether rows have more values than the header has names, and no names of rows.

        So it is where the delimiter also stands within values.
        """
        if self.options.header_rows != 1 or len(self.table) < _FEW_ROWS:
            return False
        head, *body = self.table
        longer = [row for row in body if any(cell.strip() for cell in row[len(head) :])]
        if len(longer) * 2 <= len(body):
            return False
        is_sure = self.place.has_row_names and not is_telling(head[0])
        return not is_sure or may_be_cut(body, self.options.delimiter)

    @property
    def repeats_header(self) -> bool:
        """Return whether the header stands once more among the rows, as in joined exports."""
        if not self.options.header_rows:
            return False
        head, *others = [tuple(map(_bare, row)) for row in self.table]
        return head in others

    def line_of(self, place: int) -> int:
        """Return the number of the line, from 1, on which a row of the file's beginning stands."""
        return self.starts[place] + 1


def _bare(cell: str) -> str:
    """Return a cell in small letters, without spaces and the mark that a file begins with."""
    return cell.strip("\ufeff ").casefold()
