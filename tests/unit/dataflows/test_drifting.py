"""What a file has otherwise than its dataflow is found, and nothing else."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dataflows import drift_words, drifting
from app.dataflows.drift import Drift, Rename
from app.tabular.columns.transforming import Transformation
from app.tabular.files.counting import CountedSource
from app.tabular.files.source import BytesSource, FileUnreadable
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.types import ColumnType
from tests.unit.dataflows.making import PEOPLE, as_file, make_definition, make_people, renamed
from tests.unit.tabular.workbook import books

# No two are alike: what is missing is never taken for what is new.
WORDS = ("alpha", "bride", "cloud", "dwarf", "ensign", "fjord", "gypsum", "hotel", "jumbo", "kiwi")


def cut(rows, *names):
    return [{k: v for k, v in row.items() if k not in names} for row in rows]


def test_a_file_as_it_was_mapped_has_no_drift():
    drift = drifting.drift_of(as_file(make_people()), make_definition())

    assert drift == Drift()
    assert not drift


@given(st.sets(st.sampled_from(WORDS), min_size=1), st.sets(st.sampled_from(WORDS), min_size=1))
def test_new_and_missing_are_the_two_differences_of_the_names(mapped, sent):
    definition = make_definition(dict.fromkeys(sorted(mapped), ColumnType.TEXT))
    source = as_file([dict.fromkeys(sorted(sent), "value")])

    drift = drifting.drift_of(source, definition)

    assert set(drift.missing) == mapped - sent
    assert set(drift.new) == sent - mapped
    assert bool(drift) == (mapped != sent)
    assert (min(mapped) in drift.needed) == (min(mapped) not in sent)


@given(st.permutations(list(PEOPLE)), st.integers(1, 30))
def test_the_order_of_columns_is_no_difference(order, count):
    rows = [{name: row[name] for name in order} for row in make_people(count)]

    assert not drifting.drift_of(as_file(rows), make_definition())


def test_the_same_name_written_otherwise_is_likely_a_rename():
    source = as_file(renamed(make_people(), email="E-Mail"))

    drift = drifting.drift_of(source, make_definition())

    assert drift.renamed == (Rename("email", "E-Mail", 1.0),)
    assert (drift.missing, drift.new) == (("email",), ("E-Mail",))


def test_a_like_name_over_other_values_is_no_rename():
    rows = renamed(cut(make_people(), "email"), city="e_mail")

    drift = drifting.drift_of(as_file(rows), make_definition())

    assert drift.renamed == ()
    assert set(drift.missing) == {"email", "city"}


def test_of_two_like_names_the_one_whose_values_fit_is_taken():
    rows = [{**row, "e_mail": "none", "E-Mail": row["email"]} for row in make_people()]

    drift = drifting.drift_of(as_file(cut(rows, "email")), make_definition())

    assert [(each.missing, each.new) for each in drift.renamed] == [("email", "E-Mail")]


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=8, unique=True), st.randoms())
def test_each_column_is_paired_at_most_once_and_only_with_one_that_is_lost(names, chance):
    definition = make_definition(dict.fromkeys(names, ColumnType.TEXT))
    sent = [name + chance.choice(["", "s", "_1", "ly"]) for name in names]
    source = as_file([dict.fromkeys(sent, "value")])

    drift = drifting.drift_of(source, definition)

    lost, found = [r.missing for r in drift.renamed], [r.new for r in drift.renamed]
    assert len(set(lost)) == len(lost)
    assert len(set(found)) == len(found)
    assert set(lost) <= set(names) - set(sent)
    assert set(found) <= set(sent) - set(names)
    assert all(0.6 <= rename.confidence <= 1 for rename in drift.renamed)
    assert all(r.new.startswith(r.missing) for r in drift.renamed)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 10))
def test_a_column_is_retyped_when_more_than_half_of_ten_values_or_more_do_not_fit(
    right, wrong, empty
):
    values = ["2024-02-03"] * right + ["soon"] * wrong + [""] * empty
    random.Random(right).shuffle(values)
    rows = [{"id": str(n), "joined": value} for n, value in enumerate(values)] or [
        {"id": "1", "joined": ""}
    ]
    definition = make_definition({"id": ColumnType.INTEGER, "joined": ColumnType.DATE})

    drift = drifting.drift_of(as_file(rows), definition)

    assert bool(drift.retyped) == (wrong > right and right + wrong >= 10)
    for retyping in drift.retyped:
        assert (retyping.column, retyping.examples) == ("joined", ("soon",))
        assert retyping.share == pytest.approx(wrong / (right + wrong))


def test_values_that_a_fallback_stands_in_for_are_no_drift():
    definition = make_definition({"id": ColumnType.INTEGER, "points": ColumnType.DECIMAL})
    key, points = definition.targets
    definition = make_definition(
        {"id": ColumnType.INTEGER, "points": ColumnType.DECIMAL},
        targets=(key, type(points)(**{**vars(points), "fallback": "0"})),
    )
    rows = [{"id": str(n), "points": "none"} for n in range(20)]

    assert not drifting.drift_of(as_file(rows), definition)


def test_a_custom_column_is_tried_as_it_is_made():
    types = {"id": ColumnType.INTEGER, "raw": ColumnType.TEXT}
    step = Transformation("trim", ("raw",), "points")
    key, raw = make_definition(types).targets
    target = type(raw)(
        **{**vars(raw), "column": "points", "type": ColumnType.INTEGER, "name": "points"}
    )
    target = type(raw)(**{**vars(target), "reads_as": ColumnType.INTEGER})
    definition = make_definition(types, transformations=(step,), targets=(key, target))

    fine = as_file([{"id": str(n), "raw": f" {n} "} for n in range(20)])
    wrong = as_file([{"id": str(n), "raw": " x "} for n in range(20)])

    assert not drifting.drift_of(fine, definition)
    assert [each.column for each in drifting.drift_of(wrong, definition).retyped] == ["points"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            as_file(make_people(), delimiter=";"),
            ["The file is delimited by “;”, but the dataflow reads “,”."],
        ),
        (
            as_file(make_people(), delimiter="\t"),
            ["The file is delimited by a tab, but the dataflow reads “,”."],
        ),
        (
            as_file([{**row, "city": "Łódź, Śląsk"} for row in make_people()], encoding="cp1250"),
            [
                "The file is encoded as Central European (Windows-1250), but the dataflow reads "
                "UTF-8."
            ],
        ),
        (
            BytesSource(b'[{"id": 1, "email": "a@b.org", "joined": "2024-01-01", "points": 1.5}]'),
            ["The file is JSON, but the dataflow reads Delimited text (CSV)."],
        ),
    ],
)
def test_a_file_that_wants_to_be_read_otherwise_says_how(source, said):
    drift = drifting.drift_of(source, make_definition())

    assert [drift_words.reading(each) for each in drift.readings] == said
    assert drift.is_stopping
    assert set(drift.missing) <= {"city"}


def test_an_encoding_that_makes_no_difference_is_not_named():
    definition = make_definition(options=ParsingOptions(encoding="cp1252"))

    drift = drifting.drift_of(as_file(make_people(), delimiter=";"), definition)

    assert [each.option for each in drift.readings] == ["delimiter"]


def test_what_is_no_table_of_these_columns_is_as_unreadable_as_ever():
    broken = BytesSource(b'id,name\n1,"never closed\n')

    with pytest.raises(FileUnreadable, match="quote"):
        drifting.drift_of(broken, make_definition())


def test_only_the_first_rows_of_a_long_file_are_read():
    header, _line_end, rows = as_file(make_people(1_000)).content.partition(b"\n")
    source = BytesSource(header + b"\n" + rows * 500)
    counted = CountedSource(source)

    drifting.drift_of(counted, make_definition())

    assert 0 < counted.bytes_read < len(source.content) / 2


def test_a_column_that_goes_nowhere_is_not_missed_but_may_have_a_new_name():
    everything = make_definition()
    definition = make_definition(targets=everything.targets[:-1])

    without = drifting.drift_of(as_file(cut(make_people(), "city")), definition)
    with_another = drifting.drift_of(as_file(renamed(make_people(), city="City")), definition)

    assert not without
    assert with_another == Drift(new=("City",), renamed=(Rename("city", "City", 0.9),))


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("Data", []),
        (
            "Daten",
            [
                "The rows are in the first sheet with cells, "
                "but the dataflow reads the sheet “Data”."
            ],
        ),
    ],
)
def test_a_sheet_of_another_name_is_said(sheet, said):
    rows = make_people()
    cells = [list(rows[0]), *(list(row.values()) for row in rows)]
    options = ParsingOptions(format=FileFormat.WORKBOOK, sheet="Data")

    drift = drifting.drift_of(
        BytesSource(books.xlsx({sheet: cells})), make_definition(options=options)
    )

    assert [drift_words.reading(each) for each in drift.readings] == said
    assert not drift.missing


def test_records_that_moved_within_json_are_said():
    moved = BytesSource(json.dumps({"data": {"items": make_people()}}).encode())
    definition = make_definition(options=ParsingOptions(format=FileFormat.JSON))

    drift = drifting.drift_of(moved, definition)

    assert [drift_words.reading(each) for each in drift.readings] == [
        "The records are at “data.items”, but the dataflow reads the top."
    ]
