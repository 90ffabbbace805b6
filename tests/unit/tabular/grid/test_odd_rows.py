"""Rows that may belong to the header or to another table are told by the columns they stand in."""

import pytest

from app.tabular.grid.odd_rows import (
    are_side_by_side,
    has_words_among_values,
    is_rule,
    may_name_too,
)


def rows_of(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(",")) for line in text.splitlines()]


@pytest.mark.parametrize("row", ["--,----,---", "===,=", "____,____"])
def test_a_line_drawn_below_each_name_is_a_rule(row):
    assert is_rule(row.split(","))


@pytest.mark.parametrize("row", ["-,-,-", "---", "a,---", "--,--", "---,"])
def test_dashes_for_missing_values_are_no_rule(row):
    assert not is_rule(row.split(","))


@pytest.mark.parametrize(
    "first",
    ["(a),(kg)", "[-],[kg]", "string,float", "varchar(20),int", '{"id": 1},{"id": 2}', "-,kg"],
)
def test_a_row_of_units_or_types_may_name_the_columns_too(first):
    assert may_name_too(rows_of(f"{first}\nAda,4.1\nBo,3.9\nCy,-"))


@pytest.mark.parametrize("first", ["Ada,n/a", "Ada,4.0", "Ada,closed", "(Bo),4.0", "Ada,"])
def test_a_record_with_an_odd_cell_names_nothing(first):
    assert not may_name_too(rows_of(f"{first}\n(Cy),4.1\nBo,3.9\nDi,4.4"))


def test_types_that_come_again_are_values():
    assert not may_name_too(rows_of("name,string\nage,int\nborn,date\nsize,int"))


def test_names_among_values_begin_another_table():
    body = rows_of("North,338,2711\nMonth,Opened,Closed\nJan,12,3\nFeb,9,4\nMar,14,2")

    assert has_words_among_values(body)


def test_names_below_a_column_that_counts_the_rows_are_found():
    assert has_words_among_values(rows_of("1,Site,Depth,pH\n2,Quay,0.5,7\n3,Mill,1,6\n4,Lock,2,7"))


@pytest.mark.parametrize("row", ["Cy,n/a,missing", "Cy,closed,closed", "Cy,closed,4", "Cy,,late"])
def test_a_record_with_words_for_values_is_no_header(row):
    assert not has_words_among_values(rows_of(f"Ada,1,2\nBo,4,5\n{row}\nDi,9,4\nEd,14,2"))


def test_blocks_of_columns_that_end_apart_stand_side_by_side():
    assert are_side_by_side(rows_of("t,x,,t,x\n0,1,,0,1\n1,2,,1,2\n,,,2,3"))
    assert are_side_by_side(rows_of("t,x,t,x\n0,1,0,1\n1,2,1,2\n,,2,3"))


@pytest.mark.parametrize(
    "text", ["a,b,,c,d\n1,2,,3,4\n5,6,,7,8", "t,x,t,x\n0,1,0,1\n1,2,1,2", "a,b,,c\n1,2,,\n5,6,,7"]
)
def test_an_empty_column_alone_parts_nothing(text):
    assert not are_side_by_side(rows_of(text))
