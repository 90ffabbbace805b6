"""The check of a body on its way to disk."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.source import FileUnreadable
from app.tabular.json.checking import JsonArrayChecker, validate_json_array
from tests.unit.tabular.strategies import PLAIN_KEYS, SCALARS


def refusal_of(body):
    with pytest.raises(FileUnreadable) as refused:
        validate_json_array(io.BytesIO(body))
    return refused.value


@given(
    st.lists(st.dictionaries(PLAIN_KEYS, SCALARS, max_size=4), max_size=8),
    st.integers(1, 9),
    st.sampled_from([None, 2]),
    st.booleans(),
)
def test_records_are_counted_however_the_body_is_cut(records, size, indent, is_ascii):
    body = json.dumps(records, indent=indent, ensure_ascii=is_ascii).encode()
    checker = JsonArrayChecker()

    for start in range(0, len(body), size):
        checker.feed(body[start : start + size])

    assert checker.finish() == len(records)


@given(
    st.lists(st.dictionaries(PLAIN_KEYS, SCALARS, max_size=3), min_size=1, max_size=4), st.data()
)
def test_a_body_that_was_cut_off_is_always_refused(records, data):
    body = json.dumps(records).encode()
    cut = data.draw(st.integers(0, len(body) - 1))

    with pytest.raises(FileUnreadable):
        validate_json_array(io.BytesIO(body[:cut]))


@pytest.mark.parametrize(
    ("body", "code", "record", "field"),
    [
        (b'[{"a": 1}, {"b": {"c": 1}}]', "nested_value", 2, "b"),
        (b'[{"a": []}]', "nested_value", 1, "a"),
        (b'[{"a": 1}, {"a": 1, "a": 2}]', "duplicate_key", 2, "a"),
        (b"[{}, 5]", "not_an_object", 2, None),
    ],
)
def test_a_record_at_fault_is_named_with_its_field(body, code, record, field):
    refusal = refusal_of(body)

    assert (refusal.code, refusal.line, refusal.column) == (code, record, field)
    assert f"Record {record}" in refusal.message


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_file"),
        (b'{"a": 1}', "no_records"),
        (b"[] []", "bad_syntax"),
        (b"[] x", "bad_syntax"),
        (b"[{}", "bad_syntax"),
        (b"[{},]", "bad_syntax"),
        (b'[{"a": "\xc3', "bad_encoding"),
    ],
)
def test_a_body_that_is_no_whole_array_is_refused(body, code):
    assert refusal_of(body).code == code


def test_bytes_that_are_not_utf8_are_located_across_pieces():
    body = b'[{"a": 1},\n{"a": "\xc3' + b'x"}]'
    checker = JsonArrayChecker()
    checker.feed(body[:19])

    with pytest.raises(FileUnreadable) as refused:
        checker.feed(body[19:])

    assert (refused.value.line, refused.value.byte) == (2, body.index(b"\xc3"))


def test_a_long_record_in_small_pieces_is_not_read_again_for_each():
    body = b'[{"a": "' + b"x" * 900_000 + b'"}]'
    checker = JsonArrayChecker()

    for start in range(0, len(body), 100):
        checker.feed(body[start : start + 100])

    assert checker.finish() == 1
