"""One way to read a sample of delimited text, with the table that it makes."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.tabular.delimited.headers import HeaderVote
from app.tabular.delimited.structure import Rows, TablePlace
from app.tabular.options import ParsingOptions

_SURE_HEADER = 0.62


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
        return self.vote.confidence < _SURE_HEADER or self.repeats_header or is_nameless

    @property
    def repeats_header(self) -> bool:
        """Return whether the header stands once more among the rows, as in joined exports."""
        return bool(self.options.header_rows) and self.table[0] in self.table[1:]

    def line_of(self, place: int) -> int:
        """Return the number of the line, from 1, on which a row of the file's beginning stands."""
        return self.starts[place] + 1
