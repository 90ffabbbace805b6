"""Parquet: exact texts, columns fixed by name, and every fault named."""

import datetime
import gzip
import io
import json
import uuid
from contextlib import suppress
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.source import BytesSource, FileUnreadable
from app.tabular.options import FileFormat
from app.tabular.parquet.texts import as_texts
from app.tabular.reading import columns_of, read
from app.tabular.recognising import recognise

MOMENT = datetime.datetime.fromisoformat("2026-03-01T10:30:00")
UUID = uuid.UUID("12345678-1234-5678-1234-567812345678")


def written(table, **wishes):
    saved = io.BytesIO()
    pq.write_table(table, saved, **wishes)
    return saved.getvalue()


PEOPLE = pa.table({
    "id": pa.array([1, 2, 3]),
    "name": ["Ada", None, "Zoë"],
    "paid": pa.array([Decimal("1.50"), Decimal("0.00"), None], pa.decimal128(9, 2)),
    "tags": [["x", "y"], [], None],
})  # fmt: skip
CONTENT = written(PEOPLE, row_group_size=2)


def batches_of(content, **wishes):
    source = BytesSource(content)
    return list(read(source, recognise(source).options, **wishes))


def test_a_file_is_recognised_and_read_in_pieces():
    recognition = recognise(BytesSource(CONTENT))
    batches = batches_of(CONTENT, rows_per_batch=2)

    assert recognition.options.format is FileFormat.PARQUET
    assert recognition.evidence[0].sentence == "The file is Parquet, with 4 columns and 3 rows."
    assert columns_of(BytesSource(CONTENT), recognition.options).names == tuple(PEOPLE.column_names)
    assert [batch.lines.tolist() for batch in batches] == [[1, 2], [3]]
    assert [row for batch in batches for row in batch.frame.to_numpy(na_value=None).tolist()] == [
        ["1", "Ada", "1.50", '["x", "y"]'],
        ["2", None, "0.00", "[]"],
        ["3", "Zoë", None, None],
    ]
    assert len(batches_of(gzip.compress(CONTENT))[0].frame) == 3


def test_columns_are_fixed_by_name():
    [batch] = batches_of(CONTENT, columns=["name", "other"], keep_raws=True)

    assert batch.frame["other"].isna().all()
    assert batch.missing_columns == ("other",)
    assert batch.unexpected_columns == ("id", "paid", "tags")
    assert json.loads(batch.raws[0]) == ["1", "Ada", "1.50", '["x", "y"]']


def test_a_file_without_rows_has_its_columns():
    [batch] = batches_of(written(PEOPLE.slice(0, 0)))

    assert list(batch.frame.columns) == PEOPLE.column_names
    assert len(batch.frame) == 0


def test_names_that_stand_twice_are_made_unique():
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])

    assert batches_of(written(table))[0].frame.to_dict("list") == {"a": ["1"], "a_2": ["2"]}


@pytest.mark.parametrize(
    ("array", "text"),
    [
        (pa.array([0.1]), "0.1"),
        (pa.array([0.1], pa.float32()), "0.1"),
        (pa.array([12.0]), "12"),
        (pa.array([1e20]), "100000000000000000000"),
        (pa.array([1e-7]), "0.0000001"),
        (pa.array([2**64 - 1], pa.uint64()), "18446744073709551615"),
        (pa.array([Decimal("0.0000000001")], pa.decimal128(20, 10)), "0.0000000001"),
        (pa.array([Decimal("1.50")], pa.decimal256(50, 2)), "1.50"),
        (pa.array([True]), "true"),
        (pa.array([MOMENT.date()]), "2026-03-01"),
        (pa.array([MOMENT], pa.timestamp("ns")), "2026-03-01T10:30:00"),
        (pa.array([MOMENT.replace(microsecond=50)]), "2026-03-01T10:30:00.00005"),
        (pa.array([MOMENT], pa.timestamp("ms", "UTC")), "2026-03-01T10:30:00Z"),
        (pa.array([MOMENT], pa.timestamp("s", "Europe/Paris")), "2026-03-01T11:30:00+01:00"),
        (pa.array([MOMENT], pa.timestamp("s", "Nowhere/At")), "2026-03-01T10:30:00Z"),
        (pa.array([datetime.time(10, 30)]), "10:30:00"),
        (pa.array([b"caf\xc3\xa9"]), "café"),
        (pa.array([b"\xff\x00"]), "\\xff00"),
        (pa.array([UUID.bytes], pa.uuid()), str(UUID)),
        (pa.array(["x"]).dictionary_encode(), "x"),
        (pa.array([None]), None),
    ],
)
def test_each_value_is_written_in_one_way(array, text):
    assert as_texts(array).to_pylist() == [text]


def test_what_is_nested_is_json():
    value = {"n": 12345678901234567890123, "d": Decimal("1.50"), "t": MOMENT, "é": [None, True]}
    kind = pa.struct([("n", pa.decimal128(30, 0)), ("d", pa.decimal128(5, 2)),
                      ("t", pa.timestamp("us")), ("é", pa.list_(pa.bool_()))])  # fmt: skip

    [text] = as_texts(pa.array([value], kind)).to_pylist()

    assert text == (
        '{"n": 12345678901234567890123, "d": 1.50, "t": "2026-03-01T10:30:00", "é": [null, true]}'
    )
    assert json.loads(text)["é"] == [None, True]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (CONTENT[:-20], "bad_syntax"),
        (b"PAR1" + bytes(100), "bad_syntax"),
        (b"PAR1", "bad_syntax"),
        (b"PARE" + bytes(100) + b"PARE", "kind_not_supported"),
        (CONTENT[:-4] + b"PARE", "kind_not_supported"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(content, code):
    with pytest.raises(FileUnreadable) as refused:
        batches_of(content)

    assert refused.value.code == code


@given(st.data())
def test_any_damage_is_read_or_refused_with_a_sentence(data):
    content = bytearray(CONTENT)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    with suppress(FileUnreadable):
        batches_of(bytes(content))


@pytest.mark.parametrize("is_nested", [False, True])
def test_a_long_text_that_is_repeated_takes_no_more_memory_than_one_batch(is_nested):
    text = "x" * 50_000
    content = written(pa.table({"a": pa.array([[text] if is_nested else text] * 3_000)}))
    assert len(content) < 200_000

    sizes = [len(batch.frame) for batch in batches_of(content)]

    assert sum(sizes) == 3_000
    assert max(sizes) < 1_300
