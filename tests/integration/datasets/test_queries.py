"""Reading datasets: pages, order and CSV, as the csv module and Python's own sorting have them."""

import csv
import io

import pytest

from app.datasets import queries
from app.execution import services as execution
from app.runs import services as runs
from app.schemas import queries as schemas
from app.streams.models import FileKind
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import make_active, make_file, make_schema

ROWS = [[str(number), f"name {number % 7}"] for number in range(1, 121)]
AWKWARD = [
    "=1+1", "+48 123", "@cmd", "-x", "-5", "-5.25", "100%", "a_b", "O'Brien", 'say "x"', "a;b",
    "line\nbreak", "＝full", "'=quoted", "İstanbul", "日本", "🙂", "a,b",
]  # fmt: skip
RUN_BY_A_SPREADSHEET = {"=1+1", "+48 123", "@cmd", "-x", "＝full"}


def as_csv(rows) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def stored(rows, header=("id", "name")):
    """Return the schema of a dataset that a run filled with these rows."""
    dataflow = make_active(as_csv([header, *rows[:2]]))
    make_file(dataflow, as_csv([header, *rows]), kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)
    return schemas.find_schema(dataflow.schema_id)


def numbered(values) -> list[list[str]]:
    return [[str(number), value] for number, value in enumerate(values)]


def browse(schema, **changes):
    asked = {"search": "", "sort": None, "descending": False, "number": 1, **changes}
    return queries.browse(schema, **asked)


def downloaded(schema, search="") -> list[list[str]]:
    text = "".join(queries.stream_csv(schema, search=search))
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_the_pages_together_have_every_row_once(app):
    schema = stored(ROWS)

    pages = [browse(schema, number=number) for number in (1, 2, 3)]

    assert [len(page.rows) for page in pages] == [50, 50, 20]
    assert [row for page in pages for row in page.rows] == ROWS
    assert {(page.last, page.matching_count, page.total_count) for page in pages} == {(3, 120, 120)}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("position", [0, 1])
def test_rows_are_sorted_as_python_sorts_them(app, position, descending):
    schema = stored(ROWS)
    column = schema.columns[position]

    page = browse(schema, sort=column.id, descending=descending)

    values = [row[position] for row in page.rows]
    every = [row[position] for row in ROWS]
    key = int if column.type is ColumnType.INTEGER else str
    assert values == sorted(every, key=key, reverse=descending)[:50]


@pytest.mark.parametrize("sort", [-1, 0, 10**30])
def test_an_unknown_column_to_sort_by_changes_nothing(app, sort):
    schema = stored(ROWS)

    assert browse(schema, sort=sort) == browse(schema)


def test_a_page_beyond_the_last_has_no_row_but_knows_the_last(app):
    schema = stored(ROWS)

    page = browse(schema, number=1_000_000)

    assert page.rows == []
    assert page.last == 3


@pytest.mark.parametrize(
    "search",
    ["%", "_", "'", '"', "\\", "=1+1", "🙂", "日", "line\nbreak", "\0", "*", "?", "''", "--"],
)
def test_a_search_finds_what_python_finds(app, search):
    schema = stored(numbered(AWKWARD))

    found = browse(schema, search=search)

    expected = [value for value in AWKWARD if search in value]
    assert [row[1] for row in found.rows] == expected
    assert found.matching_count == len(expected)
    assert found.total_count == len(AWKWARD)


def test_the_csv_is_what_was_sent_but_for_formulas(app):
    schema = stored(numbered(AWKWARD))

    header, *rows = downloaded(schema)

    guarded = [f"'{value}" if value in RUN_BY_A_SPREADSHEET else value for value in AWKWARD]
    assert header == ["id", "name"]
    assert sorted(rows, key=lambda row: int(row[0])) == numbered(guarded)


def test_the_names_of_columns_are_guarded_too(app):
    schema = stored([["1", "x"], ["2", "y"]], header=("id", "=cmd|calc"))

    assert downloaded(schema)[0] == ["id", "'=cmd|calc"]


def test_the_csv_has_only_what_was_searched_for(app):
    schema = stored(ROWS)

    _header, *rows = downloaded(schema, search="NAME 3")

    assert sorted(rows) == sorted(row for row in ROWS if row[1] == "name 3")


def test_the_csv_has_more_rows_than_are_fetched_at_once(app):
    rows = [[str(number), "x"] for number in range(12_000)]
    schema = stored(rows)

    _header, *found = downloaded(schema)

    assert sorted(found) == sorted(rows)


def test_a_wide_dataset_is_browsed_searched_and_taken_away(app):
    header = ["id", *(f"column {number}" for number in range(300))]
    rows = [[str(line), *(f"{line}.{number}x" for number in range(300))] for line in range(60)]
    schema = stored(rows, header)

    assert browse(schema, number=2).rows == rows[50:]
    assert browse(schema, search="7.299x").matching_count == 6
    assert sorted(downloaded(schema)[1:], key=lambda row: int(row[0])) == rows


def test_a_dataset_that_was_never_written_is_empty(app):
    schema = make_schema({"id": ColumnType.TEXT, "a": ColumnType.DATE}, "id")

    page = browse(schema, search="x", sort=schema.columns[0].id, number=7)

    assert page == queries.DatasetPage(rows=[], matching_count=0, total_count=0, number=7)
    assert page.last == 1
    assert downloaded(schema) == [["id", "a"]]


def test_the_list_of_datasets_has_each_schema_with_its_rows(app):
    full = stored(ROWS)
    empty = make_schema({"id": ColumnType.TEXT}, "id", name="Empty")

    assert queries.list_datasets() == [(empty, 0), (full, 120)]
