"""Identifiers in other text: found as whole words, and nowhere else."""

import io

import pytest

from app.erasures import words
from app.lake import engine

TEXTS = ("browser-42", "p.4+2")
CASES = [
    ("browser-42", True),
    ("by browser-42, once", True),
    ("x=browser-42&y", True),
    ('{"id": "p.4+2"}', True),
    ("browser-421", False),
    ("mybrowser-42", False),
    ("browser-42_b", False),
    ("pr4+2", False),
    ("browser-42é", False),
    ("„browser-42“", True),
    ("browser-421 browser-42", True),
    ("", False),
]


@pytest.mark.parametrize(("text", "is_in"), CASES)
def test_a_whole_word_is_found_and_a_part_of_a_longer_one_is_not(text, is_in):
    with engine.connection() as session:
        asked = f"SELECT {words.in_sql('said', TEXTS)} FROM (SELECT ?::VARCHAR AS said)"
        by_engine = session.execute(asked, [text]).fetchall()[0][0]

    assert bool(words.in_text(TEXTS).search(text)) is is_in
    assert by_engine is is_in
    # The quotation marks of other scripts are no ASCII: what could be a letter counts as one.
    if "„" not in text:
        assert bool(words.in_bytes(TEXTS).search(text.encode())) is is_in


@pytest.mark.parametrize("place", range(-14, 3))
@pytest.mark.parametrize(
    ("text", "is_in"), [(b" browser-42 ", True), (b" browser-421", False), (b"xbrowser-42 ", False)]
)
def test_it_does_not_matter_where_a_stream_is_cut(text, is_in, place):
    whole = b"." * (words._CHUNK + place) + text + b"." * 3

    assert words.is_in_stream(io.BytesIO(whole), TEXTS) is is_in


def test_what_begins_or_ends_a_stream_is_found():
    assert words.is_in_stream(io.BytesIO(b"browser-42"), TEXTS)
    assert not words.is_in_stream(io.BytesIO(b"browser-4"), TEXTS)
    assert not words.is_in_stream(io.BytesIO(b""), TEXTS)


@pytest.mark.parametrize("place", range(-12, 3))
def test_bytes_are_found_wherever_a_stream_is_cut(place):
    whole = b"." * (words._CHUNK + place) + b"browser-42" + b"."

    assert words.has_any(io.BytesIO(whole), b"browser-42", b"\0")
    assert not words.has_any(io.BytesIO(whole), b"browser-43", b"\0")
