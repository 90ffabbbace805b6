"""Step 3's columns as a person meets them: what they hold, found by name, page by page."""

from app.tabular.types import ColumnType
from tests.factories import make_dataflow, make_file, make_parsed
from tests.integration.wizard.steps import fresh, open_step
from wizard.column_pages import COLUMNS_A_PAGE

AMBIGUOUS = "id,day\n1,03/04/2025\n2,05/06/2025\n3,01/02/2024\n"


def wide(count):
    names = ",".join(f"c{number}" for number in range(count))
    return f"{names}\n{','.join('1' * count)}\n{','.join('2' * count)}\n"


def test_what_a_column_holds_is_drawn(pages):
    rows = "".join(f"{n},{'open' if n % 3 else 'closed'},2025-01-0{n % 9 + 1}\n" for n in range(60))
    page = open_step(pages, make_parsed("id,status,day\n" + rows), "file-mapping")

    assert 'aria-label="Values of id from 0 to 59"' in page.text
    assert 'aria-label="Values of day from 2025-01-01 to 2025-01-09"' in page.text
    assert '<span class="share-bars-text" title="open">open</span>' in page.text


def test_the_columns_of_a_wide_file_come_in_pages_and_each_is_saved_alone(pages):
    dataflow = make_parsed(wide(120))
    second = pages.get(f"/dataflows/{dataflow.id}/file-mapping?page=2")

    page = pages.send(
        second, "/file-mapping/columns?page=2", **{"columns-0-name": "first of page 2"}
    )

    names = [column.name for column in fresh(dataflow).columns]
    assert page.h1 == ["Transform & Map"]
    assert second.text.count("columns-0-name") > 0
    assert f"columns-{COLUMNS_A_PAGE}-name" not in second.text
    assert names[49:52] == ["c49", "first of page 2", "c51"]


def test_a_name_that_another_page_has_is_refused(pages):
    dataflow = make_parsed(wide(120))
    second = pages.get(f"/dataflows/{dataflow.id}/file-mapping?page=2")

    page = pages.send(second, "/file-mapping/columns?page=2", **{"columns-0-name": "c3"})

    assert page.status == 422
    assert "needs a name that no other column has" in page.text


def test_a_column_is_found_by_its_name(pages):
    dataflow = make_parsed(wide(120))

    found = pages.get(f"/dataflows/{dataflow.id}/file-mapping?search=C11")
    none = pages.get(f"/dataflows/{dataflow.id}/file-mapping?search=zzz")

    assert "11 columns with “C11” in the name." in found.text
    assert 'value="c119"' in found.text
    assert 'value="c12"' not in found.text
    assert "0 columns with “zzz” in the name." in none.text


def test_dates_that_can_be_read_in_two_ways_are_asked_about_once(pages):
    dataflow = make_parsed(AMBIGUOUS)
    page = open_step(pages, dataflow, "file-mapping")

    assert "Day first: 03/04/2025 is 2025-04-03" in page.text
    assert "Month first: 03/04/2025 is 2025-03-04" in page.text
    pages.send(page, "/file-mapping/columns", **{"columns-1-reading": "%m/%d/%Y"})
    column = fresh(dataflow).columns[1]
    assert (column.type, column.pattern) == (ColumnType.DATE, "%m/%d/%Y")

    page = open_step(pages, dataflow, "file-mapping")
    pages.send(page, "/file-mapping/columns", **{"columns-1-reading": ""})

    column = fresh(dataflow).columns[1]
    assert (column.type, column.pattern) == (ColumnType.TEXT, "")


def test_a_reading_that_was_not_offered_is_refused(pages):
    dataflow = make_parsed(AMBIGUOUS)

    page = pages.send(
        open_step(pages, dataflow, "file-mapping"),
        "/file-mapping/columns",
        **{"columns-1-reading": "%Y"},
    )

    assert page.status == 422
    assert fresh(dataflow).columns[1].type is ColumnType.TEXT


def test_a_row_of_units_is_pointed_out(pages):
    dataflow = make_dataflow()
    make_file(dataflow, "time,speed\ns,m/s\n1,2.5\n2,3.5\n3,4.5\n")
    page = pages.send(open_step(pages, dataflow, "download"), "/download/validate")
    page = pages.send(page, "/file-mapping/parse", header_rows="1")

    assert "seems to name units" in page.text
