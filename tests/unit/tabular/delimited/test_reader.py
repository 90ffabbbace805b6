"""Delimited text: the same cells as were written, at the lines an editor shows."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.decoding import LONGEST_LINE
from app.tabular.files.source import BytesSource, FileUnreadable, PathSource
from app.tabular.options import ParsingOptions
from app.tabular.reading import columns_of, read
from tests.unit.tabular.strategies import TEXTS

CSV = ParsingOptions()
DATA = Path(__file__).parents[3] / "data"


def batch_of(text, options=CSV, **choices):
    content = text if isinstance(text, bytes) else text.encode(options.encoding)
    (batch,) = read(BytesSource(content), options, **choices)
    return batch


def rows_of(batch):
    return [
        [None if pd.isna(cell) else cell for cell in row] for row in batch.frame.values.tolist()
    ]


def refusal_of(content):
    with pytest.raises(FileUnreadable) as refused:
        list(read(BytesSource(content), CSV))
    return refused.value


@pytest.mark.parametrize("name", ["superstore.csv", "chinook_customer.csv"])
def test_every_cell_of_a_real_file_is_as_the_csv_module_reads_it(name):
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        header, *expected = csv.reader(stream)

    batches = list(read(PathSource(DATA / name), ParsingOptions(), rows_per_batch=100))

    assert [row for batch in batches for row in rows_of(batch)] == expected
    assert list(batches[0].frame.columns) == header
    assert sum(len(batch.bad_rows) for batch in batches) == 0


@given(
    rows=st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=8),
    delimiter=st.sampled_from(",;\t|: ~"),
    quote=st.sampled_from("\"'"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]),
    rows_per_batch=st.integers(1, 4),
)
def test_what_the_csv_module_writes_is_read_back(
    rows, delimiter, quote, line_end, encoding, rows_per_batch
):
    written = io.StringIO(newline="")
    writer = csv.writer(
        written,
        delimiter=delimiter,
        quotechar=quote,
        lineterminator=line_end,
        quoting=csv.QUOTE_ALL,
    )
    writer.writerows([["a", "b", "c"], *rows])
    options = ParsingOptions(delimiter=delimiter, quote=quote, encoding=encoding)

    batches = list(
        read(
            BytesSource(written.getvalue().encode(encoding)), options, rows_per_batch=rows_per_batch
        )
    )

    assert [row for batch in batches for row in rows_of(batch)] == [row for row in rows if any(row)]
    assert sum(batch.blank_count for batch in batches) == sum(not any(row) for row in rows)


def test_lines_are_counted_as_an_editor_counts_them():
    batch = batch_of('id,note\n1,"two\nlines"\n\n2,x\n3,y,z\n4,w\n')

    assert batch.lines.tolist() == [2, 5, 7]
    assert [bad.line for bad in batch.bad_rows] == [6]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_way_to_end_a_line_is_understood(line_end):
    batch = batch_of(line_end.join(["a,b", "1,2", "", "3,4"]))

    assert rows_of(batch) == [["1", "2"], ["3", "4"]]
    assert batch.lines.tolist() == [2, 4]
    assert batch.blank_count == 1


def test_a_row_with_too_few_cells_is_filled_up_and_counted():
    batch = batch_of("a,b,c\n1\n1,2,3\n")

    assert rows_of(batch) == [["1", None, None], ["1", "2", "3"]]
    assert batch.padded_count == 1


def test_a_row_with_too_many_cells_is_kept_with_its_reason():
    batch = batch_of("a,b\n1,2,3\n4,5,,\n")

    (bad,) = batch.bad_rows
    assert (bad.line, bad.raw, bad.rule, bad.value) == (2, "1,2,3", "too_many_cells", "3")
    assert bad.message == "The row has 3 cells where the file has 2 columns."
    assert rows_of(batch) == [["4", "5"]]


def test_columns_asked_for_by_name_fix_the_shape():
    batch = batch_of("b,new,a\n1,2,3\n", columns=["a", "b", "gone"])

    assert rows_of(batch) == [["3", "1", None]]
    assert batch.unexpected_columns == ("new",)
    assert batch.missing_columns == ("gone",)


def test_a_file_with_only_a_header_has_columns_and_no_rows():
    batch = batch_of("id,name\n")

    assert list(batch.frame.columns) == ["id", "name"]
    assert len(batch.frame) == 0


def test_a_file_without_a_header_has_numbered_columns():
    batch = batch_of("1,2\n3,4\n", ParsingOptions(header_rows=0))

    assert list(batch.frame.columns) == ["column_1", "column_2"]
    assert len(batch.frame) == 2


def test_lines_above_the_table_are_skipped_and_still_counted():
    batch = batch_of('Report "of\n2026\nid,name\n1,Ada\n', ParsingOptions(skipped_rows=2))

    assert rows_of(batch) == [["1", "Ada"]]
    assert batch.lines.tolist() == [4]


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        content = "\ufeffid,name\n1,Ada\n".encode(encoding)

        assert columns_of(BytesSource(content), ParsingOptions(encoding=encoding)).names == (
            "id",
            "name",
        )


def test_raw_text_is_kept_when_asked_for():
    batch = batch_of('a,b\n1,"x\ny"\n', keep_raws=True)

    assert batch.raws == ('1,"x\ny"',)


def test_a_nul_stays_in_its_cell_and_is_made_visible_in_raw_text():
    batch = batch_of("a,b\nx\0y,2\n1,2,\0\n")

    assert rows_of(batch) == [["x\0y", "2"]]
    assert batch.bad_rows[0].raw == "1,2,\u2400"


def test_a_quote_that_is_never_closed_is_refused_with_its_line():
    refusal = refusal_of(b'a,b\n1,2\n3,"x\n4,5\n6,7\n')

    assert (refusal.code, refusal.line) == ("bad_syntax", 3)


def test_bytes_that_do_not_fit_the_encoding_are_refused_with_line_and_byte():
    content = b"a,b\n" + b"1,2\n" * 500_000 + b"3,caf\xe9\n"

    refusal = refusal_of(content)

    assert (refusal.code, refusal.line, refusal.byte) == (
        "bad_encoding",
        500_002,
        content.index(b"\xe9"),
    )


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,\n", b"  \n"])
def test_a_file_without_rows_is_refused(content):
    assert refusal_of(content).code == "empty_file"


def test_an_endless_line_is_refused_without_being_read_to_its_end():
    class Endless(io.RawIOBase):
        given = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            buffer[:] = b"x" * len(buffer)
            self.given += len(buffer)
            return len(buffer)

    class EndlessSource:
        name = "endless"
        stream = Endless()

        def open(self):
            return self.stream

    with pytest.raises(FileUnreadable) as refused:
        list(read(EndlessSource(), ParsingOptions()))

    assert (refused.value.code, refused.value.line) == ("field_too_long", 1)
    assert EndlessSource.stream.given < 10 * LONGEST_LINE


def test_a_record_over_many_lines_is_refused_when_it_grows_too_long():
    refusal = refusal_of(b'a,b\n1,2\n3,"' + b"x\n" * 9_000_000)

    assert (refusal.code, refusal.line) == ("field_too_long", 3)
