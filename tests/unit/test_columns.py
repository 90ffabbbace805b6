"""Columns that keep values in another form than they are given."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from app.columns import CompressedBytes

COLUMN, DIALECT = CompressedBytes(), sqlite.dialect()
LZ4_FRAME = b"\x04\x22\x4d\x18"


@given(st.binary(max_size=5_000))
@example(b"")
@example(b"ab" * 5_000)
@example(LZ4_FRAME)
@example(LZ4_FRAME + b"that is none")
def test_what_is_kept_comes_back(value):
    assert kept_and_back(value) == value


def test_what_repeats_itself_is_kept_in_little_room():
    body = b'{"type": "track", "event": "visit"}' * 1_000

    assert len(COLUMN.process_bind_param(body, DIALECT)) < len(body) / 20


@pytest.mark.parametrize("body", [None, b'{"event": "visit"}'])
def test_nothing_and_little_are_kept_as_they_are(body):
    assert COLUMN.process_bind_param(body, DIALECT) == body
    assert COLUMN.process_result_value(body, DIALECT) == body


def kept_and_back(value):
    return COLUMN.process_result_value(COLUMN.process_bind_param(value, DIALECT), DIALECT)
