"""Looking through a dataset: searched, sorted and paged, or streamed as CSV."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from app.lake import engine, readable
from app.lake.tables import Lake

LARGEST_PAGE = 500
# Where a row stands in the files: DuckDB's own names, which no column of ours has.
PLACE = ("filename", "file_row_number")
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
    beside: Sequence[str] = (),
    search: str = "",
    sort: str | None = None,
    descending: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> Page:
    """Return one page of these columns; a dataset never written has no rows.

    Columns `beside` come along, but no search looks into them.
    """
    stored = lake.find(name)
    files = lake.files_of(stored) if stored is not None else []
    if stored is None or not files:
        return Page(rows=[], matching_count=0, total_count=0)
    total = int(stored.count())
    with engine.connection() as session:
        table = _opened(session, files)
        shown = _shown(table, [*columns, *beside])
        matching = _matching(shown, search, columns)
        size = max(0, min(limit, LARGEST_PAGE))
        ordered = _ordered(matching, sort or next(iter(columns), None), descending)
        places = ordered.select(*PLACE).limit(size, offset=max(0, offset)).to_pyarrow()
        return Page(
            rows=_rows_at(shown, places),
            matching_count=total if matching is shown else _counted(matching),
            total_count=total,
        )


def find_row(
    lake: Lake, name: str, columns: Sequence[str], row: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return the columns of the row that has these values, if there is one."""
    files = lake.files(name)
    if not files:
        return None
    with engine.connection() as session:
        table = _shown(_opened(session, files), [*columns, *row])
        for column, value in row.items():
            # Left to itself, the engine would round a decimal to fewer places.
            table = table.filter(table[column] == ibis.literal(value, table[column].type()))
        found = table.drop(*PLACE).limit(1).to_pyarrow().to_pylist()
    return found[0] if found else None


def stream_csv(
    lake: Lake, name: str, headings: Mapping[str, str], *, search: str = ""
) -> Iterator[str]:
    """Yield the dataset as CSV text, headings first; `headings` names each column for people."""
    yield csv_line(list(headings.values()))
    files = lake.files(name)
    if not files:
        return
    with engine.connection() as session:
        columns = list(headings)
        matching = _matching(_shown(_opened(session, files), columns), search, columns)
        # Ibis 12 asks DuckDB for batches by a name that DuckDB 2.0 no longer has.
        query = str(ibis.to_sql(matching.drop(*PLACE), dialect="duckdb"))
        for batch in session.sql(query).to_arrow_reader(5_000):
            yield "".join(
                csv_line([readable.as_text(value) for value in row.values()])
                for row in batch.to_pylist()
            )


def read_frame(lake: Lake, name: str) -> pd.DataFrame:
    """Return the whole dataset as an Arrow-backed frame."""
    stored = lake.find(name)
    files = lake.files_of(stored) if stored is not None else []
    if stored is None or not files:
        return pd.DataFrame()
    schema = pa.schema(stored.schema())
    with engine.connection() as session:
        # A column that came later is in no old file, and stands elsewhere in new ones.
        session.register("table_shape", schema.empty_table())
        held = f"SELECT * FROM {engine.parquet(files)}"
        rows = session.sql(f"FROM table_shape UNION ALL BY NAME {held}").to_arrow_table()
    frame: pd.DataFrame = rows.cast(schema).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _shown(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """Return the columns asked for, empty where the dataset does not have them yet, and places."""
    held = set(table.columns)
    asked = {name: table[name] if name in held else ibis.null(str) for name in columns}
    return table.select(**asked, **{name: table[name] for name in PLACE})


def _opened(session: duckdb.DuckDBPyConnection, files: Sequence[str]) -> ir.Table:
    """Return the rows of the files; older ones may lack a column that newer ones have."""
    backend = ibis.duckdb.from_connection(session)
    return cast(
        "ir.Table",
        backend.read_parquet(files, union_by_name=True, filename=True, file_row_number=True),
    )


def _counted(table: ir.Table) -> int:
    return int(table.count().to_pyarrow().as_py())


def _matching(table: ir.Table, search: str, columns: Sequence[str]) -> ir.Table:
    """Keep the rows that have the text in any of the columns, whatever its case."""
    if not search.strip():
        return table
    # The engine folds both sides: Python's lower() differs, "İ" becomes two signs there.
    wanted = ibis.literal(search.strip()).lower()
    return table.filter(
        _any_of([readable.expression(table[name]).lower().contains(wanted) for name in columns])
    )


def _any_of(conditions: Sequence[ir.BooleanValue]) -> ir.BooleanValue:
    """Join conditions as a balanced tree: as a chain, a thousand are too deep to be compiled."""
    if len(conditions) == 1:
        return conditions[0]
    half = len(conditions) // 2
    return _any_of(conditions[:half]) | _any_of(conditions[half:])


def _ordered(table: ir.Table, column: str | None, descending: bool) -> ir.Table:
    """Sort by a column, then by place, so that pages never repeat or lose a row."""
    places = [table[name] for name in PLACE]
    if column not in table.columns:
        return table.order_by(places)
    first = table[column].desc(nulls_first=False) if descending else table[column].asc()
    return table.order_by([first, *places])


def _rows_at(table: ir.Table, places: pa.Table) -> list[dict[str, Any]]:
    """Return the rows at these places, in their order.

    Only the places were sorted: to sort whole rows takes memory for every column of all rows.
    """
    if not places.num_rows:
        return []
    wanted = [tuple(place.values()) for place in places.to_pylist()]
    found = table.semi_join(ibis.memtable(places), PLACE).to_pyarrow().to_pylist()
    by_place = {tuple(row.pop(name) for name in PLACE): row for row in found}
    return [by_place[place] for place in wanted]


def csv_line(cells: Sequence[str]) -> str:
    """Return a line of CSV, with no cell that a spreadsheet takes for a formula."""
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
