"""How others read a file they know nothing of: each the way its manual says, cells kept as text."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import clevercsv
import duckdb
import pandas as pd
import polars as pl

from tests.corpus.messy import Row
from tests.corpus.reading import Reading, our_reading

SNIFFED_CHARACTERS = 65_536
# The names that readers invent for columns without one, and the ends that tell equal ones apart.
UNNAMED = re.compile(r"(Unnamed: \d+|column_?\d+|_duplicated_\d+|)")
TOLD_APART = re.compile(r"(.+?)(\.\d+|_\d+|_duplicated_\d+)")


def by_pandas(path: Path) -> Reading:
    """Read by pandas as it is set up."""
    return _of_pandas(pd.read_csv(path, dtype=str, keep_default_na=False))


def by_pandas_sniffing(path: Path) -> Reading:
    """Read by pandas, which finds the delimiter."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, sep=None, engine="python")
    return _of_pandas(frame)


def by_sniffer(path: Path) -> Reading:
    """Read by Python's csv, with the dialect and the header that its Sniffer finds."""
    with path.open(newline="", encoding="utf-8-sig") as stream:
        head = stream.read(SNIFFED_CHARACTERS)
        stream.seek(0)
        rows = list(csv.reader(stream, csv.Sniffer().sniff(head)))
    return _of_rows(rows, has_header=csv.Sniffer().has_header(head))


def by_clevercsv(path: Path) -> Reading:
    """Read by CleverCSV, which finds encoding and dialect."""
    return _of_rows(clevercsv.read_table(str(path)), has_header=True)


def by_duckdb(path: Path) -> Reading:
    """Read by DuckDB, which finds dialect and header."""
    found = duckdb.connect().read_csv(str(path), all_varchar=True)
    return _reading(found.columns, found.fetchall())


def by_polars(path: Path) -> Reading:
    """Read by Polars as it is set up."""
    frame = pl.read_csv(path, infer_schema=False)
    return _reading(frame.columns, frame.rows())


READERS: dict[str, Callable[[Path], Reading]] = {
    "Headwater": our_reading,
    "pandas.read_csv": by_pandas,
    "pandas, sep=None": by_pandas_sniffing,
    "csv.Sniffer and csv": by_sniffer,
    "CleverCSV": by_clevercsv,
    "DuckDB read_csv": by_duckdb,
    "polars.read_csv": by_polars,
}


def _of_pandas(frame: pd.DataFrame) -> Reading:
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index(names=[""] * frame.index.nlevels, allow_duplicates=True)
    return _reading(list(map(str, frame.columns)), frame.itertuples(index=False, name=None))


def _of_rows(rows: Sequence[Sequence[str]], *, has_header: bool) -> Reading:
    width = max(map(len, rows))
    filled = [[*row, *[""] * (width - len(row))] for row in rows if any(row)]
    names = filled.pop(0) if has_header else [""] * width
    return _reading(names, filled)


def _reading(names: Iterable[str], rows: Iterable[Sequence[object]]) -> Reading:
    """Return the table by our conventions, so that nobody loses by naming columns otherwise."""
    texts = [tuple(_text(cell) for cell in row) for row in rows]
    return Reading(_names(list(names)), tuple(row for row in texts if any(row)))


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell)


def _names(given: Sequence[str]) -> Row:
    names: list[str] = []
    for place, name in enumerate(given, start=1):
        plain = " ".join(str(name).split())
        apart = TOLD_APART.fullmatch(plain)
        if UNNAMED.fullmatch(plain):
            plain = f"column_{place}"
        elif apart and apart[1] in names:
            plain = f"{apart[1]}_{1 + sum(_base(each) == apart[1] for each in names)}"
        elif plain in names:
            plain = f"{plain}_{1 + sum(_base(each) == plain for each in names)}"
        names.append(plain)
    return tuple(names)


def _base(name: str) -> str:
    apart = TOLD_APART.fullmatch(name)
    return apart[1] if apart else name
