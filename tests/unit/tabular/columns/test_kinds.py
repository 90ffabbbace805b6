"""What is said of a kind at once is never other than what a careful reading says."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.kinds import kinds_for
from app.tabular.columns.readings import reading
from app.tabular.options import ParsingOptions

KINDS = kinds_for(ParsingOptions(), "date of phone")
SAMPLES = (
    *("true", "NO", "não", "2026-01-31", "2026-01-31T10:00:00Z", "31/12/2026", "31.12.26"),
    *("Dec 31, 2026", "31 Dec 2026 2:05 PM", "20261231", "14:05", "2:05 PM", "+48 22 123 45 67"),
    *("a@b.io", "https://example.org/a", '{"a": 1}', "[1]", "12", "-1.5", "1.5E+05", "1 234,5"),
)


def is_possible(kind, texts):
    return kind.is_possible(set("".join(texts)), {text.lower() for text in texts})


@pytest.mark.parametrize("text", SAMPLES)
def test_a_kind_that_a_text_is_of_is_possible(text):
    fitting = [kind for kind in KINDS if reading(kind, pa.array([text]), ParsingOptions()).fits[0]]

    assert fitting
    assert all(is_possible(kind, [text]) for kind in fitting)


@given(st.lists(st.from_regex(r"[0-9A-Za-z:/. ,@+{}\[\]-]{1,20}", fullmatch=True), min_size=1))
def test_what_is_not_possible_fits_nowhere(texts):
    for kind in KINDS:
        if not is_possible(kind, texts):
            assert not reading(kind, pa.array(texts), ParsingOptions()).fits.any()


def test_most_kinds_are_not_possible_for_plain_words():
    assert sum(is_possible(kind, ["red", "blue and green"]) for kind in KINDS) < len(KINDS) / 4
