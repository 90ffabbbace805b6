"""Each record of a file has a line of its own, by which it is known: they rise, whatever format."""

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.source import BytesSource
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.reading import read
from tests.unit.tabular.workbook.books import xlsx

VALUES = st.lists(st.sampled_from(["a", "b c", "1", "two\nlines"]), min_size=1, max_size=12)
BETWEEN = st.sampled_from(["", "\n", "\n\n", " "])


def as_csv(values: list[str], _between: str) -> bytes:
    saved = io.StringIO()
    csv.writer(saved, lineterminator="\n").writerows([["id", "v"], *enumerate(values)])
    return saved.getvalue().encode()


def as_json(values: list[str], between: str) -> bytes:
    return f"[{f',{between}'.join(json.dumps({'v': value}) for value in values)}]".encode()


def as_ndjson(values: list[str], _between: str) -> bytes:
    return "\n".join(json.dumps({"v": value}) for value in values).encode()


def as_xml(values: list[str], between: str) -> bytes:
    records = (f"<r><v>{value}</v></r>{'<other/>' * (value == '1')}" for value in values)
    return f"<rs>{between.join(records)}</rs>".encode()


def as_parquet(values: list[str], _between: str) -> bytes:
    saved = io.BytesIO()
    pq.write_table(pa.table({"v": values}), saved, row_group_size=2)
    return saved.getvalue()


WRITERS = {
    FileFormat.DELIMITED: as_csv,
    FileFormat.JSON: as_json,
    FileFormat.NDJSON: as_ndjson,
    FileFormat.XML: as_xml,
    FileFormat.PARQUET: as_parquet,
}
HOW = {FileFormat.XML: {"record_path": "rs/r"}, FileFormat.WORKBOOK: {"sheet": "Sheet"}}


def lines_in(content: bytes, kind: FileFormat, **wishes) -> list[int]:
    """Return the lines of all records in the order in which batches hold them, bad ones too."""
    options = ParsingOptions(format=kind, **HOW.get(kind, {}))
    return [
        line
        for batch in read(BytesSource(content), options, **wishes)
        for line in sorted([*batch.lines.tolist(), *(bad.line for bad in batch.bad_rows)])
    ]


@pytest.mark.parametrize("kind", list(WRITERS))
@given(values=VALUES, between=BETWEEN)
def test_lines_rise_and_no_two_records_share_one_in_every_reading(kind, values, between):
    content = WRITERS[kind](values, between)

    lines = lines_in(content, kind)

    assert len(lines) == len(values)
    assert all(first < second for first, second in zip(lines, lines[1:], strict=False))
    assert lines_in(content, kind, rows_per_batch=2) == lines
    assert lines_in(content, kind, columns=["v"], keep_raws=True) == lines


def test_rows_of_a_sheet_have_the_numbers_that_it_shows():
    content = xlsx({"Sheet": [["id", "v"], [1, "a\nb"], [2, "c"], [], [3, "d"]]})

    assert lines_in(content, FileFormat.WORKBOOK, rows_per_batch=2) == [2, 3, 5]


def test_elements_on_one_line_are_numbered_on_and_those_after_them_by_their_lines():
    content = b"<rs>\n<r>a</r><r>b</r><r>c</r>\n<r>d</r>\n\n\n<r>e</r></rs>"

    assert lines_in(content, FileFormat.XML) == [2, 3, 4, 5, 6]


def test_elements_that_are_no_rows_have_lines_of_their_own():
    content = b'<rs><r a.b="1"><a><b>2</b></a></r><r a="1"/><r a.b="1"><a><b>2</b></a></r></rs>'

    assert lines_in(content, FileFormat.XML) == [1, 2, 3]
