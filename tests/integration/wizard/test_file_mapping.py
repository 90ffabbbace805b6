"""Step 3 as a person meets it: options, names, another tab."""

import pytest

from app.drafts import services as drafts
from tests.conftest import NOW
from tests.factories import (
    LIMIT,
    make_dataflow,
    make_file,
    make_mapped,
    make_parsed,
)
from tests.integration.wizard.steps import fresh, open_step


def test_a_file_in_an_unusual_encoding_is_read_once_a_person_names_it(pages):
    dataflow = make_dataflow()
    make_file(dataflow, "id,name\n1,Łódź ü\n".encode("iso8859-2") + b"2,\x81\n")
    page = pages.send(open_step(pages, dataflow, "download"), "/download/validate")

    wrong = pages.send(page, "/file-mapping/parse", encoding="utf-8")
    right = pages.send(wrong, "/file-mapping/parse", encoding="mac-roman")

    assert "The file leaves some options open" in page.text
    assert "is not UTF-8 text" in wrong.text
    assert "2 rows, 2 columns." in right.text


def test_a_header_without_rows_is_said_once_it_is_parsed(pages):
    dataflow = make_dataflow()
    make_file(dataflow, "id,name\n")
    page = pages.send(open_step(pages, dataflow, "download"), "/download/validate")

    page = pages.send(page, "/file-mapping/parse", header_rows="1")

    assert "no row below it" in page.text


def test_step_3_renames_a_column_and_makes_it_mandatory(pages):
    dataflow = make_parsed()
    changes = {"columns-0-name": "number", "columns-0-is_mandatory": "y"}

    page = pages.send(
        open_step(pages, dataflow, "file-mapping"), "/file-mapping/columns", **changes
    )

    assert page.h1 == ["Transform & Map"]
    first = fresh(dataflow).columns[0]
    assert (first.source_name, first.name, first.is_mandatory) == ("id", "number", True)


def test_step_3_offers_no_mandatory_where_the_file_has_empty_values(pages):
    dataflow = make_parsed()

    page = open_step(pages, dataflow, "file-mapping")
    sent = pages.send(page, "/file-mapping/columns", **{"columns-2-is_mandatory": "y"})

    assert "Not possible: 1 empty value" in page.text
    assert sent.status == 422
    assert "“joined” has empty values" in sent.text
    assert not fresh(dataflow).columns[2].is_mandatory


@pytest.mark.parametrize("name", ["", "  ", "name", "x" * 301])
def test_step_3_refuses_a_name_that_does_not_tell_columns_apart(pages, name):
    dataflow = make_parsed()

    page = pages.send(
        open_step(pages, dataflow, "file-mapping"),
        "/file-mapping/columns",
        **{"columns-0-name": name},
    )

    assert page.status == 422
    assert fresh(dataflow).columns[0].name == "id"


def test_other_options_are_parsed_anew(pages):
    dataflow = make_parsed("id;name\n1;Ada\n2;Bob\n")

    page = pages.send(
        open_step(pages, dataflow, "file-mapping"), "/file-mapping/parse", delimiter=","
    )

    assert page.h1 == ["File mapping"]
    assert [column.name for column in fresh(dataflow).columns] == ["id;name"]


def test_save_as_draft_stays_on_the_page(pages):
    dataflow = make_parsed()

    page = pages.send(
        open_step(pages, dataflow, "file-mapping"), "/file-mapping/columns", save="draft"
    )

    assert page.h1 == ["File mapping"]
    assert "Saved as a draft." in page.text


@pytest.mark.parametrize(
    ("slug", "action"),
    [("file-mapping", "/file-mapping/columns"), ("transform-map", "/transform-map")],
)
@pytest.mark.parametrize("column_id", ["", "abc", "999999"])
def test_rows_that_are_not_those_of_the_page_are_a_conflict(pages, slug, action, column_id):
    dataflow = make_mapped()
    prefix = "columns" if slug == "file-mapping" else "conversions"

    page = pages.send(
        open_step(pages, dataflow, slug), action, **{f"{prefix}-0-column_id": column_id}
    )

    assert page.status == 409
    assert fresh(dataflow).version == dataflow.version


def test_a_tab_whose_columns_were_parsed_anew_meanwhile_is_told(pages):
    dataflow = make_parsed("id;name\n1;Ada\n")
    old = open_step(pages, dataflow, "file-mapping")
    pages.send(old, "/file-mapping/parse", delimiter=",")

    page = pages.send(old, "/file-mapping/columns")

    assert page.status == 409


def test_what_a_second_tab_typed_is_still_in_its_form(pages):
    dataflow = make_parsed()
    old = open_step(pages, dataflow, "file-mapping")
    pages.send(old, "/file-mapping/columns", save="draft")

    page = pages.send(old, "/file-mapping/columns", **{"columns-1-name": "given name"})

    assert page.status == 409
    assert "changed in another tab" in page.text
    assert 'value="given name"' in page.text
    assert fresh(dataflow).columns[1].name == "name"


def test_a_new_draft_keeps_what_was_chosen_for_columns_that_are_still_there(pages):
    dataflow = make_parsed()
    pages.send(
        open_step(pages, dataflow, "file-mapping"),
        "/file-mapping/columns",
        **{"columns-1-name": "given name"},
    )
    dataflow = fresh(dataflow)
    file = make_file(dataflow, "id,name,city\n1,Ada,London\n", name="second.csv")

    drafts.choose_draft(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        file_id=file.id,
        parse_up_to=LIMIT,
        now=NOW,
    )

    assert [column.name for column in fresh(dataflow).columns] == ["id", "given name", "city"]
