"""Column names: shown clean, unique, and with the original beside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.source import FileUnreadable
from app.tabular.naming import MOST_COLUMNS, named_columns, numbered_columns
from tests.unit.tabular.strategies import TEXTS


def test_empty_names_are_numbered_and_repeated_ones_counted():
    columns = named_columns(["id", "", "name", "name", "name_2", "name"])

    assert columns.names == ("id", "column_2", "name", "name_3", "name_2", "name_4")
    assert columns.original_names == ("id", "", "name", "name", "name_2", "name")


def test_what_cannot_be_seen_is_no_part_of_a_name():
    columns = named_columns(["\ufeffid", " first\nname ", "to\0tal", "\u202eabc"])

    assert columns.names == ("id", "first name", "total", "abc")


def test_columns_without_a_header_are_numbered():
    assert numbered_columns(2).names == ("column_1", "column_2")


def test_too_many_columns_are_refused():
    with pytest.raises(FileUnreadable) as refused:
        numbered_columns(MOST_COLUMNS + 1)

    assert refused.value.code == "too_many_columns"


@given(st.lists(TEXTS | st.sampled_from(["a", "a_2", "a_3", ""]), max_size=30))
def test_names_are_always_unique_and_never_empty(original_names):
    columns = named_columns(original_names)

    assert len(set(columns.names)) == len(original_names)
    assert all(columns.names)
