"""Comments: their mark, those above the rows, and which of them may name the columns."""

import pytest

from app.tabular.delimited.comments import (
    border_mark,
    comment_mark,
    comments_above,
    marks_off_values,
    may_name_columns,
)


def test_a_line_that_is_nothing_but_the_mark_is_no_row():
    lines = ["# made by hand", "#", "a,1", "b,2"]

    assert comment_mark(lines, lines[:1]) == "#"


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("#Fields: date time c-ip", 3),
        ("# Name      Version  Build", 3),
        ("# STN,YYYYMMDD,   TG", 3),
        ("# first name\tcity", 2),
    ],
)
def test_a_comment_with_as_many_words_as_columns_may_name_them(line, count):
    assert may_name_columns(["#Version: 1.0", line, "x y"], "#", count)
    assert not may_name_columns(["#Version: 1.0", line, "x y"], "#", count + 3)


def test_a_comment_below_rows_or_of_values_names_nothing():
    assert not may_name_columns(["x y", "# date time"], "#", 2)
    assert not may_name_columns(["# 260: 5.180 52.100", "x y"], "#", 2)


def test_comments_above_are_several_lines_of_one_mark():
    assert comments_above(["# a", "# b", "c"]) == ["# a", "# b"]
    assert comments_above(["# a", "c"]) == []
    assert comments_above([]) == []


def test_names_in_the_last_of_several_lines_like_comments_may_be_one():
    assert may_name_columns(["# at /opt", "#", "# Name  Version", "a  1"], None, 2)
    assert not may_name_columns(["## at /opt", "#CHROM,POS", "a,1"], None, 2)
    assert not may_name_columns(["# Name  Version", "a  1"], None, 2)


def test_a_rule_below_the_names_may_be_parted_as_they_are():
    lines = ["id,name\n", "--,----\n", "1,Ann\n", "-,-\n"]

    assert border_mark(lines) == "--,"
    assert border_mark([*["1,Ann\n"] * 20, "---,---\n"]) is None


def test_a_value_behind_a_mark_among_values_may_be_a_row_that_is_off():
    assert marks_off_values(["1", "2", "#3", "4"])
    assert not marks_off_values(["#1", "#2", "#3"])
    assert not marks_off_values(["Ann", "#bo", "Cy"])
    assert not marks_off_values(["1", "2", ""])
