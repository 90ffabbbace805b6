"""Profiles of whole files, however they are cut and worked on: those that plain Python finds."""

import csv
import io
import random
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import pytest

from app.tabular.columns import profiling
from app.tabular.delimited import pieces
from app.tabular.files.source import BytesSource
from app.tabular.options import ParsingOptions
from app.tabular.reading import columns_of, read
from app.tabular.types import ColumnType

ROWS = 6_000
READ = {
    "number": (ColumnType.INTEGER, int),
    "email": (ColumnType.EMAIL, str),
    "city": (ColumnType.TEXT, str),
    "price": (ColumnType.DECIMAL, Decimal),
    "joined": (ColumnType.DATE, date.fromisoformat),
    "seen": (ColumnType.DATETIME, datetime.fromisoformat),
    "is_active": (ColumnType.BOOLEAN, str),
    "note": (ColumnType.TEXT, str),
}


def a_row(chance, number):
    day = f"20{chance.randrange(10, 30)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    return [
        str(number * 7 - 900),
        f"{chance.choice(['zoë', 'o-neill', 'jan.k'])}.{number}@{chance.choice('abc')}-shop.eu",
        chance.choice(["Kraków", "Oslo", "São Paulo", ""]),
        f"{chance.choice(['-', ''])}{chance.randrange(1, 10**6) / 100:.2f}",
        day,
        f"{day}T{chance.randrange(24):02}:{chance.randrange(60):02}:00Z",
        chance.choice(["true", "false"]),
        chance.choice(["", "two\nlines", 'a "word"', "x" * chance.randrange(1, 190), "a, b"]),
    ]


@pytest.fixture(scope="module")
def rows():
    chance = random.Random(5)
    return [a_row(chance, number) for number in range(ROWS)]


@pytest.fixture(scope="module")
def content(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(READ), *rows])
    return text.getvalue().encode()


@pytest.mark.parametrize("piece_bytes", [1 << 15, 1 << 18, 1 << 23])
@pytest.mark.parametrize(("threads", "rows_per_batch"), [(1, 900), (2, 50_000), (4, 1_700)])
def test_a_profile_is_what_plain_python_finds(
    monkeypatch, rows, content, piece_bytes, threads, rows_per_batch
):
    monkeypatch.setattr(pieces, "PIECE_BYTES", piece_bytes)
    monkeypatch.setattr(profiling, "_THREADS", threads)
    monkeypatch.setattr(profiling, "_WORTH_A_THREAD", 10)
    source, options = BytesSource(content), ParsingOptions()

    batches = read(source, options, rows_per_batch=rows_per_batch)
    found = profiling.profile(batches, options, columns=columns_of(source, options))

    assert (found.row_count, found.bad_row_count) == (ROWS, 0)
    for place, column in enumerate(found.columns):
        assert_is_found(column, [row[place] for row in rows])


def assert_is_found(column, texts):
    kind, value_of = READ[column.name]
    filled = [text for text in texts if text]
    counts = Counter(filled)
    assert (column.type, column.empty_count) == (kind, texts.count(""))
    assert (column.distinct_count, column.is_distinct_exact) == (len(counts), True)
    assert column.samples == tuple(list(dict.fromkeys(filled))[:5])
    lengths = [len(text) for text in filled]
    assert (column.shortest, column.longest) == (min(lengths), max(lengths))
    values = [value_of(text) for text in filled]
    assert value_of(column.minimum) == value_of(str_of(min(values)))
    assert value_of(column.maximum) == value_of(str_of(max(values)))
    assert sum(column.histogram) in (0, len(filled))
    assert sorted(counts.values(), reverse=True)[:8] == [count for _, count in column.top_values]
    assert all(counts[text] == count for text, count in column.top_values)


def str_of(value):
    return value.isoformat() if isinstance(value, date) else str(value)
