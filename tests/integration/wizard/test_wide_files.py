"""Step 4 with very many columns: a page of them at a time, none of the others is lost."""

from app.demo.visiting import forms_of
from app.tabular.types import ColumnType
from tests.factories import make_mapped
from tests.integration.wizard.steps import fresh, open_step
from wizard.column_pages import COLUMNS_A_PAGE
from wizard.entries import MOST_IN_A_LIST

STEP = "/transform-map"


def make_wide(count):
    """Return a mapped draft of an id and so many columns of text."""
    names = [f"c{number}" for number in range(1, count + 1)]
    return make_mapped(f"id,{','.join(names)}\n1,{','.join('x' * count)}\n")


def filled(dataflow):
    """Return which column fills each column of the schema, by their names."""
    found = fresh(dataflow)
    names = {column.id: column.name for column in found.schema.columns}
    return {names[row.schema_column_id]: row.column_name for row in found.mappings}


def columns(dataflow):
    return {column.name: column for column in fresh(dataflow).columns}


def test_a_file_of_few_columns_is_shown_whole(pages):
    page = open_step(pages, make_wide(11), "transform-map")

    assert "Find a column" not in page.text
    assert "Pages of" not in page.text
    assert page.text.count("Type of c") == 11


def test_a_page_is_saved_and_the_columns_of_others_keep_what_they_have(pages):
    dataflow = make_wide(COLUMNS_A_PAGE + 5)
    before = filled(dataflow)
    address = f"{STEP}?page=2&mapping_page=2"
    page = open_step(pages, dataflow, f"transform-map{address.removeprefix(STEP)}")

    saved = pages.send(
        page,
        address,
        save="draft",
        **{"conversions-0-fallback": "none", "mappings-0-column": "c1"},
    )

    assert saved.status == 200
    assert page.text.count("Type of c") == saved.text.count("Type of c") == 6
    assert "Type of c50" in saved.text
    assert "Column that fills c50" in saved.text
    assert columns(dataflow)["c50"].fallback == "none"
    assert {column.fallback for column in columns(dataflow).values()} == {"", "none"}
    assert filled(dataflow) == {**before, "c50": "c1"}


def test_going_to_another_page_saves_what_was_entered_and_keeps_the_other_list_where_it_is(pages):
    dataflow = make_wide(COLUMNS_A_PAGE + 5)
    page = open_step(pages, dataflow, "transform-map?mapping_page=2")

    there = pages.send(
        page, f"{STEP}?mapping_page=2", save="page 2", **{"conversions-1-fallback": "none"}
    )
    back = pages.send(
        there, f"{STEP}?page=2&mapping_page=2", save="mapping-page 1", **{"mappings-0-column": ""}
    )

    assert columns(dataflow)["c1"].fallback == "none"
    assert "Type of c50" in there.text
    assert "Column that fills c50" in there.text
    assert "Type of c50" in back.text
    assert "Column that fills c1" in back.text
    assert "c50" not in filled(dataflow)


def test_what_is_refused_is_shown_on_the_page_it_was_entered_on(pages):
    dataflow = make_wide(COLUMNS_A_PAGE + 5)
    page = open_step(pages, dataflow, "transform-map?page=2")

    refused = pages.send(
        page,
        f"{STEP}?page=2",
        save="page 1",
        **{"conversions-0-type": ColumnType.INTEGER.value, "conversions-0-fallback": "none"},
    )

    assert refused.status == 422
    assert "The fallback of “c50” is not of the type" in refused.text
    assert "Type of c50" in refused.text


def test_columns_are_found_by_name_and_saved_as_found(pages):
    dataflow = make_wide(30)
    before = filled(dataflow)
    address = "?search=C12&mapping_search=c13"

    page = open_step(pages, dataflow, f"transform-map{address}")
    pages.send(
        page, f"{STEP}{address}", **{"conversions-0-fallback": "x", "mappings-0-column": "c1"}
    )
    none = open_step(pages, dataflow, "transform-map?search=zzz")

    assert "1 column with “C12” in the name." in page.text
    assert "1 column of the schema with “c13” in the name." in page.text
    assert columns(dataflow)["c12"].fallback == "x"
    assert filled(dataflow) == {**before, "c13": "c1"}
    assert "0 columns with “zzz” in the name." in none.text


def test_a_page_that_is_none_is_not_found_and_one_beyond_the_last_is_the_last(pages):
    dataflow = make_wide(COLUMNS_A_PAGE + 5)
    page = open_step(pages, dataflow, "transform-map")

    assert pages.send(page, STEP, save="page x").status == 404
    beyond = open_step(pages, dataflow, "transform-map?page=99&mapping_page=x")
    assert "Page 2 of 2" in beyond.text


def test_the_rows_of_another_page_are_refused(pages):
    dataflow = make_wide(COLUMNS_A_PAGE + 5)
    page = open_step(pages, dataflow, "transform-map?page=2")
    (form,) = [each for each in forms_of(page.text) if each.action.endswith(f"{STEP}?page=2")]

    answer = pages.post(f"/dataflows/{dataflow.id}{STEP}", **form.values)

    assert answer.status == 409


def test_what_is_missing_leads_to_the_page_it_is_on(pages):
    rows = "".join(f"{number}," + ",".join("7" * 55) + "\n" for number in range(3))
    dataflow = make_mapped(f"id,{','.join(f'c{number}' for number in range(1, 56))}\n{rows}")
    page = open_step(pages, dataflow, "transform-map?page=2")
    column = fresh(dataflow).schema.columns[COLUMNS_A_PAGE]

    step = pages.send(
        page, f"{STEP}?page=2", save="draft", **{"conversions-0-type": ColumnType.TEXT.value}
    )

    assert f"{STEP}?mapping_page=2#map-{column.id}" in step.text


def test_where_columns_are_very_many_they_are_listed_once_and_written_by_name(pages):
    dataflow = make_wide(MOST_IN_A_LIST + 5)
    before = filled(dataflow)
    page = open_step(pages, dataflow, "transform-map")

    refused = pages.send(page, STEP, save="draft", **{"mappings-1-column": "nobody"})
    kept = filled(dataflow)
    pages.send(page, STEP, save="draft", **{"mappings-1-column": "c105", "mappings-2-column": ""})

    assert page.text.count('<option value="c105">') == 1
    assert refused.status == 422
    assert "There is no column of this name" in refused.text
    assert kept == before
    assert filled(dataflow) == {k: v for k, v in {**before, "c1": "c105"}.items() if k != "c2"}


def test_a_preview_is_of_the_column_that_was_changed_on_its_page(pages):
    dataflow = make_wide(COLUMNS_A_PAGE + 5)
    column = columns(dataflow)["c50"]
    page = open_step(pages, dataflow, "transform-map?page=2")
    (form,) = [each for each in forms_of(page.text) if each.action.endswith(f"{STEP}?page=2")]

    answer = pages.post(
        f"/dataflows/{dataflow.id}{STEP}/columns/{column.id}/preview?page=2",
        **{**form.values, "conversions-0-type": "integer"},
    )

    assert answer.status == 200
    assert "x → does not fit" in answer.text
    assert f"columns/{column.id}/preview?page=2" in page.text
