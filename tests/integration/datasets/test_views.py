"""Looking through a dataset and taking it away."""

import csv
import io

import pytest

from app.runs import services as runs
from app.schemas import queries as schemas
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import make_active, make_file

ROWS = [(str(number), f"name {number % 7}") for number in range(1, 121)]
AWKWARD = ["=1+1", "+48 123", "@cmd", "-5", "-x", "100%", "a_b", "O'Brien", 'say "x"', "İstanbul"]


def loaded(rows) -> str:
    """Return the address of a dataset with these rows."""
    text = io.StringIO()
    csv.writer(text).writerows([("id", "name"), *rows])
    dataflow = make_active("id,name\n1,Ada\n2,Bob\n")
    make_file(dataflow, text.getvalue(), kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)
    runs.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)
    return f"/datasets/{dataflow.schema_id}"


def downloaded(pages, address) -> list[list[str]]:
    answer = pages.client.get(address)
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True), newline="")))


def test_the_csv_has_every_row_as_the_csv_module_reads_it(pages):
    address = loaded(ROWS)

    assert downloaded(pages, f"{address}/download") == [["id", "name"], *map(list, ROWS)]


def test_the_csv_guards_what_a_spreadsheet_would_run(pages):
    address = loaded([(str(number), value) for number, value in enumerate(AWKWARD)])

    found = [row[1] for row in downloaded(pages, f"{address}/download")[1:]]

    guarded = {"=1+1", "+48 123", "@cmd", "-x"}
    assert found == [f"'{value}" if value in guarded else value for value in AWKWARD]


@pytest.mark.parametrize("value", AWKWARD)
def test_a_search_takes_every_sign_as_it_is(pages, value):
    address = loaded([(str(number), each) for number, each in enumerate(AWKWARD)])

    page = pages.client.get(address, query_string={"search": value}).get_data(as_text=True)

    assert "1 row</p>" in page or "1 row with" in page


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-5",
        "page=abc",
        "page=99999999999999999999999",
        "sort=99999999999999999999999",
        "sort=-1",
        "sort=abc&descending=9",
        "search=%00",
        "search=" + "x" * 5000,
    ],
)
def test_an_address_that_makes_no_sense_shows_a_page_all_the_same(pages, query):
    address = loaded(ROWS)

    assert pages.get(f"{address}?{query}").status == 200


def test_a_page_beyond_the_last_is_the_last(pages):
    address = loaded(ROWS)

    page = pages.get(f"{address}?page=50&search=name")

    assert "Page 3 of 3" in page.text
    assert ">120<" in page.text


def test_rows_are_sorted_by_a_column(pages):
    address = loaded(ROWS)
    identifier = schemas.list_schemas()[0].columns[0].id

    page = pages.get(f"{address}?sort={identifier}&descending=1")

    assert page.text.index(">120<") < page.text.index(">119<")


def test_a_dataset_without_rows_says_what_brings_them(pages):
    dataflow = make_active()

    page = pages.get(f"/datasets/{dataflow.schema_id}")

    assert "No row yet" in page.text
    assert downloaded(pages, f"/datasets/{dataflow.schema_id}/download") == [
        ["id", "name", "joined", "points"]
    ]
