"""JSON arrays and NDJSON: every scalar as written, every record accounted for."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.source import BytesSource, FileUnreadable, PathSource
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.reading import columns_of, read
from tests.unit.tabular.strategies import PLAIN_KEYS, SCALARS

DATA = Path(__file__).parents[3] / "data"
ARRAY = ParsingOptions(FileFormat.JSON)
NDJSON = ParsingOptions(FileFormat.NDJSON)
RECORDS = st.lists(st.dictionaries(PLAIN_KEYS, SCALARS, max_size=4), min_size=1, max_size=8)


def batch_of(text, options=ARRAY, **choices):
    (batch,) = read(BytesSource(text.encode()), options, **choices)
    return batch


def records_of(batch):
    records = batch.frame.to_dict("records")
    return [
        {key: value for key, value in record.items() if not pd.isna(value)} for record in records
    ]


def refusal_of(text, options=ARRAY):
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(FileUnreadable) as refused:
        list(read(BytesSource(content), options))
    return refused.value


def as_text(value):
    """Return what a scalar should become, by other means than the code under test."""
    if isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, float) and re.search("e", repr(value)):
        return None
    return str(value)


@given(RECORDS, st.sampled_from([ARRAY, NDJSON]), st.integers(1, 3), st.booleans())
def test_what_the_json_module_writes_is_read_back(records, options, rows_per_batch, is_ascii):
    lines = [json.dumps(record, ensure_ascii=is_ascii) for record in records]
    text = "\n".join(lines) if options == NDJSON else f"[{', '.join(lines)}]"

    batches = read(BytesSource(text.encode()), options, rows_per_batch=rows_per_batch)
    found = [record for batch in batches for record in records_of(batch)]

    assert len(found) == len(records)
    for record, written in zip(found, records, strict=True):
        assert set(record) == {key for key, value in written.items() if value is not None}
        for key, value in record.items():
            if as_text(written[key]) is None:
                assert Decimal(value) == Decimal(repr(written[key]))
            else:
                assert value == as_text(written[key])


def test_every_value_of_a_real_file_is_as_the_json_module_reads_it():
    expected = json.loads((DATA / "movies.json").read_text("utf-8"), parse_float=str, parse_int=str)

    (batch,) = read(PathSource(DATA / "movies.json"), ARRAY)

    assert records_of(batch) == [
        {key: value for key, value in film.items() if value is not None} for film in expected
    ]
    assert batch.lines.tolist() == list(range(1, len(expected) + 1))


def test_numbers_keep_every_digit():
    batch = batch_of(
        '[{"id": 12345678901234567890123, "price": 1.50, "tiny": 1e-07, "vast": 1e999}]'
    )

    assert records_of(batch) == [
        {"id": "12345678901234567890123", "price": "1.50", "tiny": "0.0000001", "vast": "1e999"}
    ]


def test_arrays_one_after_another_are_read_as_one():
    batch = batch_of('[{"a": 1}]\n\ufeff[]\n[{"b": 2}, {"a": 3}]')

    assert records_of(batch) == [{"a": "1"}, {"b": "2"}, {"a": "3"}]
    assert batch.lines.tolist() == [1, 2, 3]


def test_columns_are_those_of_all_records():
    source = BytesSource(b'[{"b": 1}, {"a": 2, "b": 3}, {"c": null}]')

    assert columns_of(source, ARRAY).names == ("b", "a", "c")


def test_columns_asked_for_fix_the_shape_and_new_keys_are_listed():
    batch = batch_of('[{"a": 1, "new": 2}]', columns=["a", "gone"])

    assert list(batch.frame.columns) == ["a", "gone"]
    assert batch.unexpected_columns == ("new",)
    assert batch.missing_columns == ("gone",)


def test_nested_objects_become_columns_and_lists_stay_json():
    batch = batch_of('[{"a": {"b": {"c": 1}, "d": []}, "e": [1.50, "ü", {"x": null}], "f": {}}]')

    assert records_of(batch) == [
        {"a.b.c": "1", "a.d": "[]", "e": '[1.50, "ü", {"x": null}]', "f": "{}"}
    ]
    assert any("“e”" in note for note in batch.notes)


@pytest.mark.parametrize(
    ("record", "rule"),
    [
        ('{"a": 1, "a": 2}', "duplicate_key"),
        ('{"a": {"b": 1, "b": 2}}', "duplicate_key"),
        ('{"a": [{"b": 1, "b": 2}]}', "duplicate_key"),
        ('{"a.b": 1, "a": {"b": 2}}', "duplicate_key"),
        ("[1]", "not_an_object"),
        ("null", "not_an_object"),
        ('{"a": "\\ud800"}', "bad_text"),
        ('{"a": ' + "[" * 80 + "]" * 80 + "}", "too_deep"),
        ('{"a": ' * 80 + "1" + "}" * 80, "too_deep"),
        ('{"a": "' + "x" * 1_000_001 + '"}', "field_too_long"),
    ],
)
def test_a_record_that_is_no_row_is_kept_with_its_reason(record, rule):
    batch = batch_of(f'[{{"a": 1}}, {record}, {{"a": 2}}]')

    assert [(bad.line, bad.rule) for bad in batch.bad_rows] == [(2, rule)]
    assert batch.lines.tolist() == [1, 3]


def test_a_broken_line_is_a_bad_row_and_not_the_end():
    batch = batch_of('{"a": 1}\n{"a": \n\n{"a": 2}\n', NDJSON)

    assert [(bad.line, bad.rule, bad.raw) for bad in batch.bad_rows] == [
        (2, "bad_syntax", '{"a": ')
    ]
    assert batch.lines.tolist() == [1, 4]
    assert batch.blank_count == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        (" \n ", "empty_file"),
        ('"text"', "no_records"),
        ("12", "no_records"),
        ("[1, 2]", "no_records"),
        ("hello", "bad_syntax"),
        ('[{"a": 1}', "bad_syntax"),
        ('[{"a": 1},]', "bad_syntax"),
        ('[{"a": 1} {"a": 2}]', "bad_syntax"),
        ('[{"a": 1}] x', "bad_syntax"),
        ('[{"a" 1}]', "bad_syntax"),
        ('[{"a": "cut o', "bad_syntax"),
        ("[" * 100_000, "too_deep"),
        (b'[{"a": "\xff"}]', "bad_encoding"),
        ('[{"a": "' + "x" * 20_000_000, "field_too_long"),
    ],
)
def test_a_file_that_is_no_array_of_records_is_refused_with_a_reason(text, code):
    assert refusal_of(text).code == code


def test_broken_json_is_refused_at_its_line():
    refusal = refusal_of('[\n{"a": 1},\n{"a": oops}\n]')

    assert refusal.line == 3
    assert "record 2" in refusal.message


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty_file"), ("hello\nworld", "bad_syntax"), ("x" * 2_000_000, "field_too_long")],
)
def test_a_file_without_a_json_line_is_refused(text, code):
    assert refusal_of(text, NDJSON).code == code


@given(st.lists(st.sampled_from(['{"a": 1}', '{"a": 1, "a": 2}', "[]", "x", "", '{"b": "ü"}'])))
def test_rows_bad_rows_and_blank_lines_are_all_lines(lines):
    lines.append('{"a": 0}')

    batches = list(read(BytesSource("\n".join(lines).encode()), NDJSON, rows_per_batch=3))

    assert len(lines) == sum(
        len(batch.frame) + len(batch.bad_rows) + batch.blank_count for batch in batches
    )
