"""Relations of Apache Spark: of files of the lake, of rows handed over, and the rows they give."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, cast

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from app.lake import spark_dialect
from app.lake.spark_process import EngineUnavailable as EngineUnavailable
from app.lake.spark_process import Running, is_near

ANSWER_SECONDS = 3600.0
# What makes it read as DuckDB does. Nothing fails on a row; sums keep their places.
_READING = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.caseSensitive": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    # Of two decimals that are compared all places count.
    "spark.sql.legacy.decimal.retainFractionDigitsOnTruncate": "true",
    "spark.sql.jsonGenerator.ignoreNullFields": "false",
    # To look at many files is for us; a job of the cluster for it takes longer.
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "10000",
}
_NEAR = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}


class Spark:
    """A session of Spark; its relations are of it alone."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._numbers = count(1)

    def read(self, files: Sequence[str], schema: pa.Schema) -> ir.Table:
        """Return Parquet files as a relation with these columns; what a file lacks is nothing."""
        reader = self._running.spark.read.schema(_columns(schema))
        paths = [_path(each) for each in files]
        return self._named(lambda: reader.parquet(*paths), schema)

    def given(self, rows: pa.Table) -> ir.Table:
        """Return rows that are handed over as a relation."""
        if rows.num_rows:
            return self._named(lambda: self._running.spark.createDataFrame(rows), rows.schema)
        # Spark hands rows over by other ways where it cannot tell their types by them.
        nothing = ", ".join(f"CAST(NULL AS {_kind(f.type)}) AS `{f.name}`" for f in rows.schema)
        asked = f"SELECT {nothing} WHERE false"
        return self._named(lambda: self._running.spark.sql(asked), rows.schema)

    def rows(self, expression: ir.Table) -> pa.Table:
        """Return the rows of an expression over relations of this session."""
        asked = spark_dialect.sql(expression)
        found = self._running.answer(lambda: self._running.spark.sql(asked).toArrow())
        return found.cast(expression.schema().to_pyarrow())

    def _named(self, made: Any, schema: pa.Schema) -> ir.Table:
        name = f"relation_{next(self._numbers)}"
        self._running.answer(lambda: made().createOrReplaceTempView(name))
        return cast("ir.Table", ibis.table(ibis.Schema.from_pyarrow(schema), name=name))


@contextmanager
def opened(
    url: str, spill: Path, *, answer_seconds: float = ANSWER_SECONDS, **settings: str
) -> Iterator[Spark]:
    """Give a session at a Spark, ended with all its processes after the block.

    `settings` are further ones of Spark, with underscores for dots. Raises EngineUnavailable, also
    within the block.
    """
    running = Running(url, answer_seconds)
    try:
        running.begin(_settings(url, spill) | _dotted(settings), _READING)
        yield Spark(running)
    finally:
        running.end()


def _settings(url: str, spill: Path) -> dict[str, str]:
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": str(spill / "warehouse"),
    }
    if url.startswith("local"):
        settings |= {"spark.local.dir": str(spill), "spark.sql.shuffle.partitions": "8"}
    return settings | (_NEAR if is_near(url) else {})


def _dotted(settings: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "."): value for name, value in settings.items()}


def _path(file: str) -> str:
    """Return the address of a file, in which no sign stands for others."""
    plain = re.sub(r"[\[\]{}*?]", r"\\\g<0>", file)
    return plain if "://" in plain else f"file://{plain}"


def _columns(schema: pa.Schema) -> str:
    """Return columns as Spark declares them."""
    return ", ".join(f"`{field.name}` {_kind(field.type)}" for field in schema)


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision}, {kind.scale})"
    return _KINDS[kind]


_KINDS = {
    pa.string(): "STRING",
    pa.large_string(): "STRING",
    pa.int64(): "BIGINT",
    pa.int32(): "INT",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMP",
}
