"""Picking rows of a file, against rows picked one by one from what the csv module reads."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dataflows.picking import Picks, given_alone, picked
from app.tabular import reading
from app.tabular.files.source import BytesSource
from app.tabular.options import FileFormat, ParsingOptions

OPTIONS = ParsingOptions(format=FileFormat.DELIMITED, encoding="utf-8")
NAMES = ("a", "b", "c")
CELLS = st.text(st.sampled_from('xy é,"\n;'), max_size=4)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12)
GIVEN = st.dictionaries(st.sampled_from(NAMES), st.text("npq", max_size=3), max_size=3)


def written(rows) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([NAMES, *rows])
    return text.getvalue()


def by_line(text) -> dict[int, dict[str, str]]:
    """Return the rows that hold something, by the line that each begins in."""
    reader = csv.reader(io.StringIO(text, newline=""))
    next(reader)
    found, begins = {}, reader.line_num + 1
    for cells in reader:
        if any(cells):
            found[begins] = dict(zip(NAMES, cells, strict=True))
        begins = reader.line_num + 1
    return found


def pick(text, picks, rows_per_batch):
    """Return what was picked, by line, in order."""
    batches = reading.read(
        BytesSource(text.encode()),
        OPTIONS,
        columns=NAMES,
        rows_per_batch=rows_per_batch,
        keep_raws=True,
    )
    found = []
    for batch in batches:
        chosen = picked(batch, picks)
        assert len(chosen.raws or ()) == len(chosen.lines)
        rows = [{n: c or "" for n, c in row.items()} for row in chosen.cells.to_pylist()]
        found += zip(chosen.lines.tolist(), rows, strict=True)
    return found


@given(rows=ROWS, data=st.data(), rows_per_batch=st.integers(min_value=1, max_value=5))
def test_rows_are_those_of_their_lines_with_the_cells_given(rows, data, rows_per_batch):
    text = written(rows)
    there = by_line(text)
    if not there:
        return
    lines = data.draw(st.dictionaries(st.sampled_from(sorted(there)), GIVEN))

    found = pick(text, Picks.of(lines), rows_per_batch)

    assert found == [(line, {**there[line], **lines[line]}) for line in sorted(lines)]


@given(data=st.data(), size=st.integers(min_value=1, max_value=10))
def test_records_that_are_no_rows_come_in_their_place_once_cells_are_given(data, size):
    is_bad = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    texts = ["1,2,3,surplus" if bad else f"r{n},2,3" for n, bad in enumerate(is_bad)]
    lines = {n + 2: {"a": f"g{n}"} if bad else {} for n, bad in enumerate(is_bad)}

    found = pick("\n".join(["a,b,c", *texts, ""]), Picks.of(lines), 100)

    assert [(line, row["a"]) for line, row in found] == [
        (n + 2, f"g{n}" if bad else f"r{n}") for n, bad in enumerate(is_bad)
    ]


def test_records_that_are_no_rows_stay_so_while_nothing_is_given():
    batch = next(iter(reading.read(BytesSource(b"a,b\n1,2,3\n4,5\n"), OPTIONS, columns=("a", "b"))))

    chosen = picked(batch, Picks.of({2: {}}))

    assert [bad.line for bad in chosen.bad_rows] == [2]
    assert len(chosen.lines) == 0


def test_what_a_json_record_lacks_is_there_once_it_is_given():
    options = ParsingOptions(format=FileFormat.JSON, encoding="utf-8")
    source = BytesSource(b'[{"a": 1}, {"a": 2, "b": "x"}, {"a": 3}]')
    batch = next(iter(reading.read(source, options, columns=("a", "b"))))

    chosen = picked(batch, Picks.of({1: {"b": "given"}, 3: {}}))

    assert chosen.cells.to_pylist() == [{"a": "1", "b": "given"}, {"a": "3", "b": None}]
    assert chosen.absent["b"].tolist() == [False, True]


def test_rows_given_whole_need_no_file():
    batch = given_alone({7: {"a": "1"}, 3: {"a": "2", "b": None}}, ("a", "b"))

    assert batch.lines.tolist() == [3, 7]
    assert batch.cells.to_pylist() == [{"a": "2", "b": None}, {"a": "1", "b": None}]
    assert batch.absent["b"].tolist() == [False, True]


@pytest.mark.parametrize("ends", [(0, 1), (4, 9)])
def test_only_lines_within_reach_are_asked_for(ends):
    assert Picks.of({2: {}, 3: {}}).within(*ends) == {}
