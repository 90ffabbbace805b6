"""Values as people see them: what pages show is what is searched for and erased by."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from app.lake import engine, logs, readable

MOMENT = pa.timestamp("us", tz="UTC")
VALUES = [
    ("x", pa.string(), "x"),
    ("1.50", pa.string(), "1.50"),
    ("2026-01-01 10:00:00+00", pa.string(), "2026-01-01 10:00:00+00"),
    (True, pa.bool_(), "true"),
    (False, pa.bool_(), "false"),
    (100, pa.int64(), "100"),
    (Decimal("1.500000000000000000"), pa.decimal128(38, 18), "1.5"),
    (Decimal("100.000000000000000000"), pa.decimal128(38, 18), "100"),
    (Decimal("0.000000000000000000"), pa.decimal128(38, 18), "0"),
    (Decimal("-0.000000000000000001"), pa.decimal128(38, 18), "-0.000000000000000001"),
    (Decimal("10.050"), pa.decimal128(18, 3), "10.05"),
    (Decimal("100"), pa.decimal128(38, 0), "100"),
    (datetime(2024, 2, 29, 1, 2, 3, tzinfo=UTC), MOMENT, "2024-02-29T01:02:03Z"),
    (datetime(2024, 2, 29, tzinfo=UTC), MOMENT, "2024-02-29T00:00:00Z"),
    (datetime(2024, 2, 29, 1, 2, 3, 500_000, tzinfo=UTC), MOMENT, "2024-02-29T01:02:03.5Z"),
    (datetime(2024, 2, 29, 1, 2, 3, 50, tzinfo=UTC), MOMENT, "2024-02-29T01:02:03.00005Z"),
    (datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC), MOMENT, "1969-12-31T23:59:59Z"),
    (date(2024, 2, 29), pa.date32(), "2024-02-29"),
    (time(9, 30), pa.time64("us"), "09:30:00"),
    (time(9, 30, 0, 120_000), pa.time64("us"), "09:30:00.12"),
]


@pytest.mark.parametrize(("value", "kind", "text"), VALUES)
def test_a_value_reads_the_same_in_python_in_ibis_and_in_sql(value, kind, text):
    with engine.connection() as session:
        session.register("given", pa.table({"a value": pa.array([value], kind)}))
        table = ibis.duckdb.from_connection(session).table("given")
        asked = table.select(said=readable.expression(table["a value"]))
        by_expression = logs.frame(session, asked)["said"].to_pylist()
        by_sql = session.execute(f"SELECT {readable.sql('a value')} FROM given").fetchall()

    assert (readable.as_text(value), by_expression, by_sql) == (text, [text], [(text,)])


def test_nothing_reads_as_an_empty_text():
    assert readable.as_text(None) == ""


def test_of_a_text_the_sql_leaves_the_column_so_that_statistics_help(tmp_path):
    file = tmp_path / "ids.parquet"
    with engine.connection() as session:
        session.execute(f"COPY (SELECT 'a' || range AS id FROM range(10)) TO '{file}'")
        plan = session.execute(
            f"EXPLAIN SELECT * FROM '{file}' WHERE {readable.sql('id')} = 'a7'"
        ).fetchall()

    assert "Filters: id = 'a7'" in plan[0][1]
