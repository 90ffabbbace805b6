"""The names that one or more rows give to the columns."""

from app.tabular.grid.names import header_names
from app.tabular.options import ParsingOptions


def test_a_group_names_the_columns_below_it_that_have_names():
    header = [("Trial 1", "", "", "Trial 2", ""), ("t", "x", "", "t", "x")]

    names = header_names(header, ParsingOptions(), 0)

    assert names == ["Trial 1 t", "Trial 1 x", "", "Trial 2 t", "Trial 2 x"]


def test_a_rule_below_the_names_is_none():
    assert header_names([("id", "name"), ("--", "----")], ParsingOptions(), 0) == ["id", "name"]
