"""What is left in cells: tabs, ends that are delimiters, brackets torn apart."""

import pytest

from app.tabular.delimited.leftovers import (
    begins_with_spaces,
    ends_in_other_sign,
    holds_tabs,
    is_pushed_aside,
    tears_brackets,
)
from app.tabular.options import ParsingOptions

COMMA = ParsingOptions()


def test_tabs_in_the_cells_of_all_rows_are_left():
    assert holds_tabs([("a", "b\t1\t2"), ("c", "d\t3\t4")], COMMA)


@pytest.mark.parametrize(
    "rows", [[("a", "b\t1"), ("c", "d")], [("a", "b\t1")], [("a", "b"), ("c", "d")], []]
)
def test_a_tab_here_and_there_is_text(rows):
    assert not holds_tabs(rows, COMMA)


def test_a_delimiter_at_the_end_of_all_cells_of_a_column_is_left():
    assert ends_in_other_sign([("id", "town;"), ("1", "York;"), ("2", "Hull; ")], ",")


def test_a_delimiter_at_the_end_of_some_cells_is_text():
    assert not ends_in_other_sign([("id", "town"), ("1", "York;"), ("2", "Hull;")], ",")


def test_brackets_that_open_and_close_in_different_cells_are_torn():
    rows = [("ann", "[01/Mar/2023:10:00:00", "+0100]"), ("bo", "[02/Mar/2023:10:00:00", "+0100]")]

    assert tears_brackets(rows)


def test_brackets_within_cells_are_whole():
    assert not tears_brackets([("a (b)", "[c]"), ("a) b", "(c")])


def test_a_longer_row_that_fills_the_empty_edge_is_pushed_aside():
    rows = [("", "a", "b", ""), ("", "1", "2", ""), ("", "1", "2", "3", "")]

    assert is_pushed_aside(rows, 4)
    assert not is_pushed_aside(rows[:2], 4)
    assert not is_pushed_aside([("a", "b"), ("1", "2", "")], 2)


def test_a_column_of_texts_behind_a_space_was_cut_from_the_one_before():
    rows = [("date", "close"), ("Jan 4", " 2021", "12.5"), ("Jan 5", " 2021", "12.6")]

    assert begins_with_spaces(rows)
    assert not begins_with_spaces([("date", " year"), ("Jan 4", " 2021")])
    assert not begins_with_spaces([("a", "b"), ("1", " 2"), ("3", "4")])
    assert not begins_with_spaces([("a", "b")])
