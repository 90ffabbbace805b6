"""One messy file with its truth, and the short way to write the truth down by hand."""

from dataclasses import dataclass
from typing import Literal

Ask = Literal["no", "may", "must"]
Row = tuple[str, ...]


@dataclass(frozen=True)
class Messy:
    """A file as somebody sent it, and the table a careful person sees in it.

    `ask` says whether a person has to confirm the reading; `refuse` that there is no table at all.
    """

    name: str
    content: bytes
    header: Row = ()
    rows: tuple[Row, ...] = ()
    ask: Ask = "no"
    refuse: bool = False


def messy(
    name: str,
    text: str,
    truth: str,
    ask: Ask = "no",
    *,
    encoding: str = "utf-8",
    line_end: str = "\n",
) -> Messy:
    """Return a file of text; of its truth the first line is the header, `¦` parts the cells.

    In the truth, `⏎` is a line feed within a cell.
    """
    lines = [
        tuple(cell.replace("⏎", "\n") for cell in line.split("¦"))
        for line in truth.removesuffix("\n").split("\n")
    ]
    content = text.replace("\n", line_end).encode(encoding)
    return Messy(name, content, lines[0], tuple(lines[1:]), ask)


def tabbed(text: str) -> str:
    """Return the text with a tab for each `→`, which a reader can see."""
    return text.replace("→", "\t")


def cells_of(text: str, delimiter: str) -> str:
    """Return the truth of plain text whose cells hold neither quote nor delimiter."""
    return text.replace(delimiter, "¦")


def refused(name: str, content: bytes | str) -> Messy:
    """Return a file that holds no table."""
    content = content.encode() if isinstance(content, str) else content
    return Messy(name, content, refuse=True)
