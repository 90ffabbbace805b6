"""Looking through a dataset and taking it away."""

import csv
import io

import pytest

from app.execution import services as execution
from app.runs import services as runs
from app.schemas import queries as schemas
from app.streams.models import FileKind
from tests.conftest import NOW, PASSWORD
from tests.factories import make_active, make_file
from tests.pages import Pages

ROWS = [(str(number), f"name {number % 7}") for number in range(1, 121)]
AWKWARD = ["=1+1", "+48 123", "@cmd", "-5", "-x", "100%", "a_b", "O'Brien", 'say "x"', "İstanbul"]


def loaded(rows) -> str:
    """Return the address of a dataset with these rows."""
    text = io.StringIO()
    csv.writer(text).writerows([("id", "name"), *rows])
    dataflow = make_active("id,name\n1,Ada\n2,Bob\n")
    make_file(dataflow, text.getvalue(), kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)
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


@pytest.mark.parametrize(
    "query",
    [
        "_method=POST",
        "endpoint=home.index",
        "schema_id=77",
        "_scheme=ftp&_external=1",
        "_anchor=x",
        "page=9&page=8",
    ],
)
def test_words_in_the_address_that_are_not_ours_change_nothing(pages, query):
    address = loaded(ROWS)

    answer = pages.client.get(f"{address}?page=50&search=name&{query}")

    assert answer.status_code == 302
    assert answer.location == f"{address}?search=name&page=3"


def test_the_way_to_the_last_page_keeps_search_and_order(pages):
    address = loaded(ROWS)
    identifier = schemas.list_schemas()[0].columns[0].id

    answer = pages.client.get(f"{address}?page=9&search=%26+x&sort={identifier}&descending=1")

    assert answer.location == f"{address}?search=%26+x&sort={identifier}&descending=1&page=1"


def test_space_alone_is_no_search(pages):
    page = pages.get(f"{loaded(ROWS)}?search=++")

    assert "<p>120 rows</p>" in page.text


def test_a_search_that_finds_nothing_says_so_in_the_words_searched_for(pages):
    page = pages.get(f"{loaded(ROWS)}?search=%3Cscript%3Ealert(1)")

    assert "No row has that" in page.text
    assert 'value="&lt;script&gt;alert(1)"' in page.text


def test_cells_are_never_taken_for_markup(pages):
    page = pages.get(loaded([("1", "<script>alert(1)</script>"), ("2", "b")]))

    assert "<script>alert" not in page.text


def test_the_download_has_what_the_page_shows(pages):
    address = loaded(ROWS)

    answer = pages.client.get(f"{address}/download?search=name+3")

    found = list(csv.reader(io.StringIO(answer.get_data(as_text=True), newline="")))
    assert sorted(found[1:]) == sorted(list(row) for row in ROWS if row[1] == "name 3")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["", "/download"])
def test_the_dataset_of_a_deleted_schema_is_a_page_not_found(pages, path):
    dataflow = make_active()
    pages.post(f"/dataflows/{dataflow.id}/delete", confirmed="yes")
    pages.post(f"/schemas/{dataflow.schema_id}/delete", confirmed="yes")

    assert pages.get(f"/datasets/{dataflow.schema_id}{path}").status == 404


@pytest.mark.parametrize("path", ["", "/download"])
def test_a_viewer_looks_at_a_dataset_and_takes_it_away(app, viewer, path):
    address = loaded(ROWS)

    assert Pages(app, viewer.email, PASSWORD).get(f"{address}{path}").status == 200


def test_the_list_shows_rows_and_columns_of_each_dataset(pages):
    loaded(ROWS)

    page = pages.get("/datasets")

    assert '<td class="number" data-label="Rows">120</td>' in page.text
    assert '<td class="number" data-label="Columns">2</td>' in page.text


def test_each_row_is_a_card_on_a_phone(pages):
    text = pages.get(loaded(ROWS)).text

    assert "table-stacked" in text
    assert text.count('data-label="name"') == 50
