"""Counting: of the bytes as they were sent, whatever they are packed with."""

import gzip
import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.tabular.files.counting import CountedSource
from app.tabular.files.source import BytesSource
from app.tabular.reading import read
from app.tabular.recognising import recognise
from tests.unit.tabular.workbook.books import PEOPLE, xls, xlsx

TEXT = b"id,name\n" + b"".join(b"%d,Ada Lovelace\n" % number for number in range(50_000))


def zipped(content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", content)
    return packed.getvalue()


def parquet():
    saved = io.BytesIO()
    pq.write_table(pa.table({"a": [1, 2]}), saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        gzip.compress(TEXT),
        zipped(TEXT),
        xlsx({"S": PEOPLE}),
        xls({"S": PEOPLE}),
        parquet(),
        b"<a><b>1</b><b>2</b></a>",
        b'{"d": [{"a": 1}, {"a": 2}]}',
    ],
)
def test_every_byte_is_counted_once_when_all_are_read(content):
    options = recognise(BytesSource(content)).options
    counted = CountedSource(BytesSource(content))
    seen = []

    for _ in read(counted, options, rows_per_batch=1_000):
        seen.append(counted.bytes_read)

    assert seen == sorted(seen)
    assert seen[-1] == counted.bytes_read == len(content)
