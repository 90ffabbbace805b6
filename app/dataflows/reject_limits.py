"""How many rejected rows a run may have before it fails with nothing written."""

from dataclasses import dataclass
from fractions import Fraction

from app.formatting import number, plural


@dataclass(frozen=True)
class RejectLimit:
    """The most rows, and the most percent of all rows, that may be rejected; None for no limit."""

    count: int | None = None
    percent: float | None = None

    @property
    def sentence(self) -> str:
        """Say when a run stops."""
        parts = []
        if self.count is not None:
            parts.append(plural(self.count, "row"))
        if self.percent is not None:
            parts.append(f"{self.percent:g} % of the rows")
        if not parts:
            return "A run goes on however many rows are rejected."
        most = " or ".join(parts)
        return f"A run stops, with nothing written, when it rejects more than {most}."

    def broken(self, rejected: int, received: int) -> str | None:
        """Say why a whole file has too many rejects, or nothing where it has not."""
        if self.count is not None and rejected > self.count:
            rows = plural(rejected, "row was", "rows were")
            return f"{rows} rejected; at most {number(self.count)} may be."
        if self.percent is not None and rejected * 100 > Fraction(str(self.percent)) * received:
            return (
                f"{number(rejected)} of {plural(received, 'row')} were rejected; at most "
                f"{self.percent:g} % may be."
            )
        return None

    def is_surely_broken(self, rejected: int) -> bool:
        """Tell whether the limit is broken however many rows follow."""
        return self.count is not None and rejected > self.count
