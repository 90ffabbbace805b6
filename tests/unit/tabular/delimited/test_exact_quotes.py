"""Quotes are quotes where they open a cell and close it, and else signs of the text."""

import pytest

from app.tabular.delimited.records import cells_of
from app.tabular.grid.doubts import OddCells
from app.tabular.options import ParsingOptions


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('1,"Nick" Smith,York', ["1", '"Nick" Smith', "York"]),
        ('1,"x" y,"Jones, Ann","z" t', ["1", '"x" y', "Jones, Ann", '"z" t']),
        ('the,"a "good" tea",4', ["the", 'a "good" tea', "4"]),
    ],
)
def test_a_quote_that_closes_before_its_cell_ends_is_kept(line, cells):
    (found,) = cells_of([line + "\n"], ParsingOptions())

    assert found == cells
    assert isinstance(found, OddCells)


def test_rows_below_an_odd_one_are_read_as_ever():
    lines = ['1,"Nick" Smith\n', '2,"Jones,\n', ' Ann"\n', "3,x\n"]

    found = list(cells_of(lines, ParsingOptions()))

    assert found == [["1", '"Nick" Smith'], ["2", "Jones,\n Ann"], ["3", "x"]]
    assert [isinstance(cells, OddCells) for cells in found] == [True, False, False]


@pytest.mark.parametrize("is_padded", [True, False])
def test_an_escape_escapes_marks_and_nothing_else(is_padded):
    options = ParsingOptions(escape="\\", is_padded=is_padded)

    (cells,) = cells_of([r'1,"a \"b\" \\ c",\N,"C:\new"' + "\n"], options)

    assert cells == ["1", r'a "b" \ c', r"\N", r"C:\new"]
