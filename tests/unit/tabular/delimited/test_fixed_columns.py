"""Columns of fixed width, and the lines that are no rows of them."""

from app.tabular.delimited.fixed_columns import writes_across


def test_a_line_whose_word_goes_on_into_the_next_column_is_no_row():
    assert writes_across("  4 record(s) selected.", (0, 7, 20))


def test_a_row_leaves_a_blank_or_nothing_before_each_column():
    assert not writes_across("A00    SPIFFY DIV.  00010", (0, 7, 20))
    assert not writes_across("A00", (0, 7, 20))
