"""Looking through a dataset: searched, sorted and paged, or streamed as CSV."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from app.lake import engine
from app.lake.tables import Lake

LARGEST_PAGE = 500
# A spreadsheet would run a cell that begins with one of these (OWASP ASVS 1.2.10).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Page:
    """Some rows, of the `matching_count` that match, of the `total_count` there are."""

    rows: list[dict[str, Any]]
    matching_count: int
    total_count: int


def browse(
    lake: Lake,
    name: str,
    columns: Sequence[str],
    *,
    search: str = "",
    sort: str | None = None,
    descending: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> Page:
    """Return one page of these columns; a dataset never written has no rows."""
    stored = lake.find(name)
    files = lake.files_of(stored) if stored is not None else []
    if stored is None or not files:
        return Page(rows=[], matching_count=0, total_count=0)
    total = int(stored.count())
    with engine.connection() as session:
        table = _shown(_opened(session, files), columns)
        matching = _matching(table, search)
        size = max(0, min(limit, LARGEST_PAGE))
        page = _ordered(matching, sort, descending).limit(size, offset=max(0, offset))
        return Page(
            rows=page.to_pyarrow().to_pylist(),
            matching_count=total if matching is table else _counted(matching),
            total_count=total,
        )


def stream_csv(
    lake: Lake, name: str, headings: Mapping[str, str], *, search: str = ""
) -> Iterator[str]:
    """Yield the dataset as CSV text, headings first; `headings` names each column for people."""
    yield _line(list(headings.values()))
    files = lake.files(name)
    if not files:
        return
    with engine.connection() as session:
        table = _shown(_opened(session, files), list(headings))
        # Ibis 12 asks DuckDB for batches by a name that DuckDB 2.0 no longer has.
        query = str(ibis.to_sql(_matching(table, search), dialect="duckdb"))
        for batch in session.sql(query).to_arrow_reader(5_000):
            yield "".join(
                _line([as_text(value) for value in row.values()]) for row in batch.to_pylist()
            )


def read_frame(lake: Lake, name: str) -> pd.DataFrame:
    """Return the whole dataset as an Arrow-backed frame."""
    stored = lake.find(name)
    files = lake.files_of(stored) if stored is not None else []
    if stored is None or not files:
        return pd.DataFrame()
    with engine.connection() as session:
        rows = session.sql(f"SELECT * FROM {engine.parquet(files)}").to_arrow_table()
    table = rows.cast(pa.schema(stored.schema()))
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def as_text(value: Any) -> str:
    """Return a value as people and CSV read it; a decimal without zeros at its end."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)


def _shown(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """Return the columns asked for, empty where the dataset does not have them yet."""
    held = set(table.columns)
    return table.select(
        **{name: table[name] if name in held else ibis.null(str) for name in columns}
    )


def _opened(session: duckdb.DuckDBPyConnection, files: Sequence[str]) -> ir.Table:
    """Return the rows of the files; older ones may lack a column that newer ones have."""
    backend = ibis.duckdb.from_connection(session)
    return cast("ir.Table", backend.read_parquet(files, union_by_name=True))


def _counted(table: ir.Table) -> int:
    return int(table.count().to_pyarrow().as_py())


def _matching(table: ir.Table, search: str) -> ir.Table:
    """Keep the rows that have the text in any column, whatever its case."""
    if not search.strip():
        return table
    # The engine folds both sides: Python's lower() differs, "İ" becomes two signs there.
    wanted = ibis.literal(search.strip()).lower()
    return table.filter(
        ibis.or_(*(_readable(table[name]).lower().contains(wanted) for name in table.columns))
    )


def _readable(column: ir.Column) -> ir.StringColumn:
    """Return a column as text, the way `as_text` writes it."""
    text = column.cast("string")
    if column.type().is_decimal():
        text = text.re_replace(r"\.?0+$", "")
    elif column.type().is_timestamp():
        text = text.replace(" ", "T").replace("+00", "Z")
    return cast("ir.StringColumn", text)


def _ordered(table: ir.Table, sort: str | None, descending: bool) -> ir.Table:
    """Sort by a column, then by all, so that pages never repeat or lose a row."""
    rest = [table[name] for name in table.columns if name != sort]
    if sort not in table.columns:
        return table.order_by(rest)
    first = table[sort].desc(nulls_first=False) if descending else table[sort].asc()
    return table.order_by([first, *rest])


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_guarded(cell) for cell in cells])
    return buffer.getvalue()


def _guarded(cell: str) -> str:
    """Return text that no spreadsheet takes for a formula; a plain number stays one."""
    if not cell.startswith(FORMULA_SIGNS) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    return cell[1:].replace(".", "", 1).isdecimal() and cell.startswith("-")
