"""How many rejected rows a run may have before it fails with nothing written."""

from dataclasses import dataclass

from app.formatting import number, plural


@dataclass(frozen=True)
class RejectLimit:
    """The most rows, and the most percent of all rows, that may be rejected; None for no limit."""

    count: int | None = None
    percent: float | None = None

    def broken(self, rejected: int, received: int) -> str | None:
        """Say why a whole file has too many rejects, or nothing where it has not."""
        if self.count is not None and rejected > self.count:
            return f"{plural(rejected, 'row')} were rejected; at most {number(self.count)} may be."
        if self.percent is not None and rejected * 100 > self.percent * received:
            return (
                f"{number(rejected)} of {plural(received, 'row')} were rejected; at most "
                f"{self.percent:g} % may be."
            )
        return None

    def is_surely_broken(self, rejected: int) -> bool:
        """Tell whether the limit is broken however many rows follow."""
        return self.count is not None and rejected > self.count
