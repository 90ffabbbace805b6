"""The cells of one rejected row: read anew, told from its text, and checked."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dataflows.definition import Definition, FileColumn, Target
from app.lake.write_modes import WriteMode
from app.quarantine import cells
from app.quarantine.cells import Record
from app.tabular.columns.transforming import Transformation
from app.tabular.files.source import BytesSource
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.types import ColumnType

CSV = ParsingOptions(format=FileFormat.DELIMITED, encoding="utf-8")
NDJSON = ParsingOptions(format=FileFormat.NDJSON, encoding="utf-8")
NAMES = ["a", "b"]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)


def definition(**changes) -> Definition:
    values = {
        "options": CSV,
        "columns": (FileColumn("A", "a", False), FileColumn("B", "b", True)),
        "transformations": (),
        "targets": (
            Target(1, "key", ColumnType.TEXT, True, "a", ColumnType.TEXT),
            Target(2, "count", ColumnType.INTEGER, False, "b", ColumnType.INTEGER),
        ),
        "table_name": "t",
        "write_mode": WriteMode.APPEND,
    }
    return Definition(**{**values, **changes})


def test_a_row_is_read_from_its_line():
    source = BytesSource(b'a,b\n1,"x\ny"\n2,z\n')

    assert cells.read(source, CSV, NAMES, Record(2, "")) == {"a": "1", "b": "x\ny"}
    assert cells.read(source, CSV, NAMES, Record(4, "")) == {"a": "2", "b": "z"}


def test_columns_asked_for_in_another_order_have_their_own_cells_in_a_record_that_is_no_row():
    source = BytesSource(b"a,b\n1,2,3\n")

    assert cells.read(source, CSV, ["b", "a"], Record(2, "1,2,3")) == {"a": "1", "b": "2"}


@given(values=st.lists(TEXT, min_size=2, max_size=2))
def test_without_the_file_cells_are_told_from_the_text(values):
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)

    found = cells.read(None, CSV, NAMES, Record(9, text.getvalue()))

    assert found == dict(zip(NAMES, values, strict=True))


@given(values=st.dictionaries(st.sampled_from(NAMES), TEXT | st.none() | st.integers()))
def test_without_the_file_fields_are_told_from_a_json_record(values):
    found = cells.read(None, NDJSON, NAMES, Record(9, json.dumps(values)))

    assert found == {n: None if v is None else str(v) for n, v in values.items()}


@pytest.mark.parametrize("raw", ["", "{", "[1, 2]", '"text"', "[" * 100_000, '{"a": {"b": 1}}'])
def test_a_text_that_is_no_record_gives_no_cells(raw):
    assert cells.read(None, NDJSON, NAMES, Record(1, raw)) == {}


def test_the_first_rule_that_a_row_fails_is_named():
    wrong = cells.fault({"A": "1", "B": "x"}, definition(), 7)

    assert wrong is not None
    assert (wrong.line, wrong.column, wrong.rule) == (7, "b", "not_integer")
    assert cells.fault({"A": "1", "B": "2"}, definition(), 7) is None


@pytest.mark.parametrize(
    ("value", "column", "said"),
    [
        ("x", "b", "b 'x' is not a whole number"),
        ("", "b", "b is empty, but mandatory."),
        ("", "a", "a is empty, but identifies the row as key."),
        ("5", "b", None),
        ("x", "a", None),
    ],
)
def test_a_value_is_judged_by_its_own_column_alone(value, column, said):
    found = cells.value_fault(value, column, definition())

    assert (found or "")[: len(said or "")] == (said or "")
    assert (found is None) == (said is None)


def test_a_custom_column_leads_to_the_columns_it_is_made_of():
    steps = (
        Transformation("join", ("a", "b"), "both", {}),
        Transformation("trim", ("both",), "trimmed", {}),
    )

    assert cells.made_of(definition(transformations=steps), "trimmed") == {"A", "B"}
    assert cells.made_of(definition(transformations=steps), "b") == {"B"}
    assert cells.made_of(definition(), None) == set()


def test_what_a_person_leaves_alone_stays_null_absent_or_as_its_lines_end():
    own = {"null": None, "lines": "x\r\ny", "kept": "k", "changed": "old"}
    entered = {"null": "", "lines": "x\ny", "kept": "k", "changed": "new", "absent": ""}

    assert cells.given(entered, own) == {
        "null": None, "lines": "x\r\ny", "kept": "k", "changed": "new",
    }  # fmt: skip
    assert cells.given({"absent": "now", "kept": ""}, own) == {"absent": "now", "kept": ""}
