"""Rows that fell in among others are found; sparse rows and rows of missing values are not."""

import numpy as np
import pyarrow as pa
import pytest

from app.tabular.grid.fallen_in import FallenIn

PLAIN = [(str(number), f"town {number % 7}", "2021-02-03", "0.5") for number in range(40)]


def found_among(*rows):
    columns = zip(*PLAIN, *rows, strict=True)
    cells = pa.table([pa.array(column, pa.string()) for column in columns], names=list("abcd"))
    fallen_in = FallenIn(lambda cell: cell.startswith("#"))
    found = fallen_in.among(cells, np.arange(1, cells.num_rows + 1))
    return [row.line for row in (*found, *fallen_in.rest())]


@pytest.mark.parametrize(
    "row",
    [
        ("Page 1 of 2", "", "", ""),
        ("<<<<<<< HEAD", None, None, None),
        ("=======", None, None, None),
        ("ERROR: connection lost", None, None, None),
        ("Subtotal", "", "", "12004.00"),
        ("...", "...", "...", "..."),
        ("-----", "-----", "-----", "-----"),
    ],
)
def test_a_row_that_fell_in_is_found(row):
    assert found_among(row, *PLAIN) == [41]


@pytest.mark.parametrize(
    "row",
    [
        ("41", "", "", ""),
        ("", "Quay, closed", "", ""),
        ("NA", "", "", ""),
        ("-", "-", "-", "-"),
        ("7", "7", "7", "7"),
        ("", "", "", ""),
        ("Mill", "", "2021-02-03", ""),
        ("# said before", None, None, None),
    ],
)
def test_a_row_that_may_be_a_record_is_not(row):
    assert found_among(row, *PLAIN) == []


def test_a_filler_that_stands_for_what_is_missing_is_none():
    assert found_among(("41", "town", "...", "0.5"), ("...", "...", "...", "...")) == []


def test_a_table_of_mostly_sparse_rows_is_left_alone():
    assert found_among(*[("see below", "", "", "")] * 50) == []


def test_rows_are_judged_as_soon_as_enough_is_known_and_waiting_ones_with_them():
    fallen_in = FallenIn(lambda cell: False)
    page = ("Page 1", "", "", "")
    found = []
    for number in range(7):
        columns = zip(page, *PLAIN, strict=True)
        cells = pa.table([pa.array(column, pa.string()) for column in columns], names=list("abcd"))
        found.append(len(fallen_in.among(cells, np.arange(1, 42) + 41 * number)))

    assert found == [0, 0, 0, 0, 5, 1, 1]


def test_a_word_alone_may_be_a_code_among_codes():
    codes = [(f"A-{number}", "town", "x", "y") for number in range(40)]
    for late, count in (("GIFT", 0), ("Page 1 of 2", 1)):
        columns = zip(*codes, (late, "", "", ""), strict=True)
        cells = pa.table([pa.array(column, pa.string()) for column in columns], names=list("abcd"))
        fallen_in = FallenIn(lambda cell: False)

        assert fallen_in.among(cells, np.arange(1, 42)) == []
        assert len(fallen_in.rest()) == count


def test_one_column_has_no_row_that_fell_in():
    cells = pa.table([pa.array(["1", "2", "3", "Page 1"])], names=["a"])

    assert FallenIn(lambda cell: False).among(cells, np.arange(1, 5)) == []
