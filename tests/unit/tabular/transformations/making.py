"""Carries out one transformation on columns called a, b, c."""

import pandas as pd

from app.tabular.batches import TEXT
from app.tabular.columns.transforming import Applied, Transformation, apply
from app.tabular.options import ParsingOptions


def applied(kind, params, *columns, options: ParsingOptions | None = None) -> Applied:
    """Return what one transformation does to columns of text."""
    names = "abc"[: len(columns)]
    table = pd.DataFrame(
        {name: pd.Series(column, dtype=TEXT) for name, column in zip(names, columns, strict=True)}
    )
    return apply(table, [Transformation(kind, tuple(names), "out", params)], options)


def made(kind, params, *columns, options: ParsingOptions | None = None) -> list[str | None]:
    """Return the column that one transformation makes."""
    return values_of(applied(kind, params, *columns, options=options))


def values_of(done: Applied, name: str = "out") -> list[str | None]:
    """Return a column as Python values."""
    return [None if pd.isna(value) else value for value in done.frame[name]]


def failed(done: Applied, name: str = "out") -> list[int]:
    """Return the rows in which nothing could be made."""
    rows: list[int] = done.failed(name).nonzero()[0].tolist()
    return rows
