"""The quick way through delimited text: the same rows, lines and faults as the csv module's."""

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.tabular.delimited import fast, pieces, reader
from app.tabular.files.source import BytesSource, FileUnreadable
from app.tabular.grid import table
from app.tabular.options import ParsingOptions
from app.tabular.reading import read

DATA = Path(__file__).parents[3] / "data"
# Whatever may be met: signs with a meaning, spaces that are none, signs of two and three bytes.
SIGNS = st.text(",;\"'#ab1 \n\r\t\x0b\x1c\x85\xa0é€\u2028\ufeff\0", max_size=6)
PLAIN = st.text("ab1é ", max_size=4)
CELLS = st.one_of(PLAIN, PLAIN, PLAIN, SIGNS)
RAW_LINES = st.text(',;"ab1é \r', max_size=12)


@st.composite
def files(draw):
    """Return text, most of it written as it should be, some lines of it not."""
    line_end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator=line_end, quoting=quoting)
    writer.writerow(["a", "b", "c"])
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.integers(0, 9))
        width = 3 if kind else draw(st.integers(1, 5))
        if kind == 1:
            written.write(draw(RAW_LINES) + line_end)
        elif kind == 2:
            written.write(line_end)
        else:
            writer.writerow(draw(st.lists(CELLS, min_size=width, max_size=width)))
    text = written.getvalue()
    return text.removesuffix(line_end) if draw(st.booleans()) else text


def everything(source, options, *, is_quick, piece_bytes=16, **choices):
    """Return all that is read of a file, by one of the two ways, whatever the batches are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "FIRST_PIECE_BYTES", 4)
        patch.setattr(pieces, "PIECE_BYTES", piece_bytes)
        patch.setattr(fast, "SMALLEST_PIECE", 4)
        if not is_quick:
            patch.setattr(reader, "is_plain", lambda options: False)
        try:
            batches = list(read(source, options, **choices))
        except FileUnreadable as refused:
            return refused.to_dict()
    frames = [batch.frame for batch in batches]
    return {
        "cells": pd.concat(frames, ignore_index=True).to_dict("tight"),
        "types": {str(kind) for frame in frames for kind in frame.dtypes},
        "lines": np.concatenate([batch.lines for batch in batches]).tolist(),
        "doubtful": [row for batch in batches for row in batch.doubtful_rows],
        "bad": [bad for batch in batches for bad in batch.bad_rows],
        "raws": [raw for batch in batches for raw in batch.raws or ()],
        "padded": sum(batch.padded_count for batch in batches),
        "blank": sum(batch.blank_count for batch in batches),
        "names": {(batch.missing_columns, batch.unexpected_columns) for batch in batches},
    }


def assert_both_ways_agree(content, options, piece_bytes, **choices):
    source = BytesSource(content)
    quick = everything(source, options, is_quick=True, piece_bytes=piece_bytes, **choices)

    assert quick == everything(source, options, is_quick=False, **choices)


@settings(max_examples=300, deadline=None)
@given(
    text=files(),
    options=st.sampled_from(
        [
            ParsingOptions(),
            ParsingOptions(encoding="cp1252"),
            ParsingOptions(encoding="gb18030"),
            ParsingOptions(quote=None),
            ParsingOptions(quote="'"),
            ParsingOptions(delimiter=";"),
            ParsingOptions(comment="#"),
            ParsingOptions(header_rows=0),
            ParsingOptions(skipped_rows=1),
            ParsingOptions(keeps_long_rows=True),
            ParsingOptions(column_count=2),
            ParsingOptions(first_column=1),
            ParsingOptions(has_row_names=True),
        ]
    ),
    piece_bytes=st.sampled_from([8, 24, 60, 10_000]),
    rows_per_batch=st.sampled_from([2, 1_000]),
    keep_raws=st.booleans(),
)
def test_both_ways_give_the_same_of_any_text(text, options, piece_bytes, rows_per_batch, keep_raws):
    content = text.encode(options.encoding, "replace")

    assert_both_ways_agree(
        content, options, piece_bytes, rows_per_batch=rows_per_batch, keep_raws=keep_raws
    )


@pytest.mark.parametrize("piece_bytes", [8, 24, 10_000])
@pytest.mark.parametrize(
    "content",
    [
        b'"a","b","c"\n,"\n"",""\n"1",""\n',
        b'a,b,c\n""\n"""\n,"\n,,","1\n1"\n',
        b'a,b\n5" pipe,"x"\n6" pipe,y\n"7"" pipe",z\n',
        b'a,b\n"Nick" Smith,x\n5",6"\n',
    ],
)
def test_quotes_out_of_turn_are_kept_either_way(content, piece_bytes):
    assert_both_ways_agree(content, ParsingOptions(), piece_bytes)


@given(content=st.binary(max_size=80), piece_bytes=st.sampled_from([8, 200]))
def test_both_ways_give_the_same_of_any_bytes(content, piece_bytes):
    assert_both_ways_agree(b"a,b\n1,2\n" + content, ParsingOptions(), piece_bytes)


@pytest.mark.parametrize("name", ["superstore.csv", "chinook_customer.csv"])
@pytest.mark.parametrize("columns", [None, ["Country", "gone", "City"]])
def test_both_ways_give_the_same_of_real_files(name, columns):
    content = (DATA / name).read_bytes()

    assert_both_ways_agree(content, ParsingOptions(), 5_000, columns=columns, keep_raws=True)


def test_empty_columns_at_the_edges_are_left_out_at_once():
    layout = fast.Layout(ParsingOptions(first_column=1, column_count=2), 4, 1, 2, table.is_blank)

    rows = fast.parsed(b",1,2,\n,3,4,\n", layout)

    assert rows is not None
    assert rows.cells.to_pylist() == [{"1": "1", "2": "2"}, {"1": "3", "2": "4"}]
    assert fast.parsed(b",1,2,\n,3,4,x\n", layout) is None


def test_a_regular_piece_is_parsed_at_once():
    layout = fast.Layout(ParsingOptions(), 2, 0, 2, table.is_blank)

    rows = fast.parsed(b'1,"x\ny"\n2,"say ""a"""\n,\n3,z', layout)

    assert rows is not None
    assert rows.cells.to_pylist() == [
        {"0": "1", "1": "x\ny"},
        {"0": "2", "1": 'say "a"'},
        {"0": "3", "1": "z"},
    ]
    assert (rows.lines.tolist(), rows.line_count, rows.blank_count) == ([0, 2, 4], 5, 1)


@pytest.mark.parametrize(
    "piece", [b"1,2\n\n", b"1,2,3\n", b"1\n", b"1,a\0\n", b"1\r,2\n", b'1,"x\n', b"1,\xff\n"]
)
def test_what_leaves_a_doubt_is_not_parsed_at_once(piece):
    assert fast.parsed(piece, fast.Layout(ParsingOptions(), 2, 0, 2, table.is_blank)) is None
