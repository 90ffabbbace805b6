"""The text of a rejected row in three pieces, with the wrong value in the middle."""

from hypothesis import given
from hypothesis import strategies as st

from app.quarantine.showing import LONGEST_SHOWN, pieces

TEXT = st.text(max_size=40)


@given(before=TEXT, value=st.text(min_size=1, max_size=40), after=TEXT)
def test_a_short_row_is_shown_whole_with_its_value_marked(before, value, after):
    found = pieces(before + value + after, value)

    assert "".join(found) == before + value + after
    assert found[1] == value


@given(raw=st.text(max_size=5_000), value=st.none() | TEXT)
def test_no_row_is_shown_at_endless_length(raw, value):
    assert sum(map(len, pieces(raw, value))) <= LONGEST_SHOWN + 4


def test_a_long_row_is_shown_around_its_value():
    found = pieces("x" * 1_000 + "wrong" + "y" * 1_000, "wrong")

    assert found == ("…" + "x" * 100, "wrong", "y" * 100 + "…")


def test_a_row_without_the_value_is_shown_as_it_is():
    assert pieces("1,2", "absent") == pieces("1,2", None) == pieces("1,2", "") == ("1,2", "", "")
