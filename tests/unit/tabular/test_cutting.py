"""Cutting records out of a file: exactly these, or not at all."""

import gzip

import pytest

from app.tabular import cutting, reading
from app.tabular.cutting import CannotCut
from app.tabular.files.source import BytesSource
from app.tabular.options import FileFormat, ParsingOptions

JSON = ParsingOptions(format=FileFormat.JSON)
NDJSON = ParsingOptions(format=FileFormat.NDJSON)


def cut(content: bytes, options: ParsingOptions, *lines: int) -> bytes:
    """Return the file without these records, held against the one before."""
    before = BytesSource(content)
    after = BytesSource(b"".join(cutting.cut(before, options, set(lines))))
    cutting.check(before, after, options, set(lines))
    return after.content


@pytest.mark.parametrize(
    ("content", "options", "line", "left"),
    [
        (b"id\n1\n2\n3", ParsingOptions(), 3, b"id\n1\n\n3"),
        (b"id\r1\r2\r3\r", ParsingOptions(), 3, b"id\r1\r\r3\r"),
        (b"\xef\xbb\xbfid,n\n1,a\n2,b\n", ParsingOptions(), 3, b"\xef\xbb\xbfid,n\n1,a\n\n"),
        (
            b'id,n\r\n1,"a\nb\r\nc"\r\n2,b\r\n',
            ParsingOptions(),
            2,
            b"id,n\r\n\n\r\n\r\n2,b\r\n",
        ),
        (b"id,n\n1,\xe9\n2,\xfc\n", ParsingOptions(encoding="cp1252"), 2, b"id,n\n\n2,\xfc\n"),
        (
            b"x\n# c\nid\n1\n2\nsum\n",
            ParsingOptions(skipped_rows=1, comment="#", footer_rows=1),
            4,
            b"x\n# c\nid\n\n2\nsum\n",
        ),
        (b'{"a":1}\n{"a":2}\n', NDJSON, 1, b'\n{"a":2}\n'),
        (b'[{"a":1.50},{"a":2}]', JSON, 2, b'[{"a":1.50},\nnull]'),
        (b'[{"a":1}] [{"a":2},{"a":3}]', JSON, 2, b'[{"a":1},\nnull,\n{"a":3}]'),
    ],
)
def test_a_record_is_cut_and_the_others_keep_bytes_and_lines(content, options, line, left):
    before = [n for batch in reading.read(BytesSource(content), options) for n in batch.lines]

    done = cut(content, options, line)

    names = reading.columns_of(BytesSource(content), options).names
    after = [
        n for batch in reading.read(BytesSource(done), options, columns=names) for n in batch.lines
    ]
    assert done == left
    assert after == [n for n in before if n != line]


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("id\n1\n2\n".encode("utf-16-le"), ParsingOptions(encoding="utf-16-le")),
        (b'{"items":[{"a":1}]}', ParsingOptions(format=FileFormat.JSON, record_path="items")),
        (b"<r><p>1</p></r>", ParsingOptions(format=FileFormat.XML, record_path="r/p")),
        (gzip.compress(b"id\n1\n"), ParsingOptions()),
        (b"id\n1\n", ParsingOptions()),
    ],
    ids=["wide characters", "within a document", "XML", "packed", "no such line"],
)
def test_what_allows_no_exact_cut_is_refused(content, options):
    with pytest.raises(CannotCut):
        cut(content, options, 9 if content == b"id\n1\n" else 1)


def test_a_file_that_reads_otherwise_afterwards_is_refused():
    before = BytesSource(b"id,n\n1,a\n2,b\n3,c\n")

    for after in (b"id,n\n1,a\n\n3,d\n", b"id,n\n1,a\n3,c\n", b"id,n\n1,a\n\n3,c\n4,d\n"):
        with pytest.raises(CannotCut):
            cutting.check(before, BytesSource(after), ParsingOptions(), {3})
