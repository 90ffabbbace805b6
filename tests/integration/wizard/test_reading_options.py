"""Step 3's options as a person meets them: why, tried before kept, one click to another way."""

import pytest

from app.demo.visiting import forms_of
from tests.factories import make_dataflow, make_file, make_parsed
from tests.integration.wizard.steps import fresh, open_step

FRAGMENT = {"HX-Request": "true"}
TILL = "id;day;amount;status\n1;03/04/2025;1,50;NA\n2;05/06/2025;20,00;open\n3;01/02/2024;3,10;NA\n"


def chosen(pages, content):
    """Open step 3 of a file that was just chosen."""
    dataflow = make_dataflow()
    make_file(dataflow, content)
    pages.send(open_step(pages, dataflow, "download"), "/download/validate")
    return dataflow, open_step(pages, dataflow, "file-mapping")


def test_every_option_is_there_with_why_it_is_so(pages):
    page = open_step(pages, make_parsed(TILL), "file-mapping")

    assert "The semicolon gives 4 columns on 4 of 4 rows looked at." in page.text
    for name in ("delimiter", "quote", "footer_rows", "column_count", "comment", "sheet"):
        assert f'name="{name}"' in page.text
    assert "Please confirm" not in page.text


def test_what_a_file_leaves_open_is_marked_until_it_is_parsed(pages):
    dataflow, page = chosen(pages, TILL + "Total;;24,60;\n")
    parsed = pages.send(page, "/file-mapping/parse", footer_rows="1")

    assert page.text.count("Please confirm") > 1
    assert "3 rows, 4 columns." in parsed.text
    assert parsed.text.count("Please confirm") == 0
    assert fresh(dataflow).parsing_options["footer_rows"] == 1


def test_lines_stand_as_they_are_in_the_file_beside_the_rows(pages):
    page = open_step(pages, make_parsed("a\tb\r\n1\t\x01\r\n"), "file-mapping")

    assert 'title="Carriage return and line feed">CRLF<' in page.text
    assert '1<span class="raw-delimiter">→</span>\\x01' in page.text


def test_options_are_tried_before_they_are_kept(pages):
    dataflow = make_parsed(TILL)

    page = pages.send(
        open_step(pages, dataflow, "file-mapping"),
        "/file-mapping/parse",
        pressed="/file-mapping/preview#preview",
        delimiter=",",
    )

    assert "This is how it would be read." in page.text
    assert "The row has 2 cells where the file has 1 column." in page.text
    assert '<option selected value=",">' in page.text
    assert fresh(dataflow).parsing_options["delimiter"] == ";"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"header_rows": "9"}, "A header has 0 to 3 rows"),
        ({"delimiter": '"'}, "Not a valid choice"),
        ({"delimiter": "other", "other_delimiter": ""}, "The delimiter is one to 8 characters."),
        ({"delimiter": "other", "other_delimiter": '"'}, "must be three different characters"),
        ({"column_starts": "a"}, "Enter numbers with commas between"),
        ({"thousands_mark": ",", "decimal_mark": ","}, "must differ"),
    ],
)
def test_options_that_cannot_be_are_said_and_not_tried(pages, changes, sentence):
    dataflow = make_parsed(TILL)
    page = open_step(pages, dataflow, "file-mapping")

    preview = "/file-mapping/preview#preview"
    tried = pages.send(page, "/file-mapping/parse", pressed=preview, **changes)
    kept = pages.send(page, "/file-mapping/parse", **changes)

    assert (tried.status, kept.status) == (422, 422)
    assert sentence in tried.text
    assert sentence in kept.text
    assert fresh(dataflow).parsing_options["delimiter"] == ";"


def test_a_fragment_with_options_that_cannot_be_is_shown_in_place(pages):
    dataflow = make_parsed(TILL)
    page = open_step(pages, dataflow, "file-mapping")
    form = next(form for form in forms_of(page.text) if form.action.endswith("/parse"))
    values = {**form.values, "header_rows": ""}

    answer = pages.client.post(
        f"/dataflows/{dataflow.id}/file-mapping/preview", data=values, headers=FRAGMENT
    )

    assert answer.status_code == 200
    assert "HX-Refresh" not in answer.headers
    assert "Say how many rows name the columns" in answer.text


def test_another_delimiter_than_those_of_the_list_can_be_typed(pages):
    dataflow, page = chosen(pages, "id@@name\n1@@Ada\n2@@Bob\n")
    pages.send(
        page, "/file-mapping/parse", delimiter="other", other_delimiter="@@", header_rows="1"
    )

    page = open_step(pages, dataflow, "file-mapping")

    assert [column.name for column in fresh(dataflow).columns] == ["id", "name"]
    assert 'name="other_delimiter" type="text" value="@@"' in page.text


def test_another_way_to_read_is_one_click(pages):
    dataflow = make_parsed(TILL)
    page = open_step(pages, dataflow, "file-mapping")

    page = pages.send(page, "/file-mapping/alternatives/1")

    assert "4 rows, 4 columns." in page.text
    assert [column.name for column in fresh(dataflow).columns][0] == "column_1"
    assert pages.post(f"/dataflows/{dataflow.id}/file-mapping/alternatives/99").status == 404


def test_what_was_chosen_is_forgotten_where_the_file_is_recognised_again(pages):
    dataflow = make_parsed(TILL)
    page = pages.send(
        open_step(pages, dataflow, "file-mapping"), "/file-mapping/parse", delimiter="|"
    )

    pages.send(page, "/file-mapping/recognise")

    assert fresh(dataflow).parsing_options["delimiter"] == ";"
    assert len(fresh(dataflow).columns) == 4


@pytest.mark.parametrize("action", ["alternatives/1", "recognise"])
def test_a_button_of_an_old_page_is_a_conflict(pages, action):
    dataflow = make_parsed(TILL)
    old = open_step(pages, dataflow, "file-mapping")
    pages.send(old, "/file-mapping/columns", save="draft")

    page = pages.send(old, f"/file-mapping/{action}")

    assert page.status == 409
    assert "changed in another tab" in page.text


def test_any_line_can_be_gone_to(pages):
    dataflow = make_parsed("id,name\n" + "".join(f"{n},row {n}\n" for n in range(2, 400)))

    page = pages.get(f"/dataflows/{dataflow.id}/file-mapping?line=300")
    beyond = pages.get(f"/dataflows/{dataflow.id}/file-mapping?line=5000")
    nonsense = pages.get(f"/dataflows/{dataflow.id}/file-mapping?line=x")

    assert "row 311" in page.text
    assert "row 312" in page.text  # among the lines as they stand
    assert "row 296" not in page.text
    assert "There is no row from here on." in beyond.text
    assert "row 13" in nonsense.text


def test_a_word_for_nothing_is_taken_as_empty_by_one_button(pages):
    dataflow = make_parsed("id,points\n1,NA\n2,5\n3,7\n4,NA\n5,9\n")
    page = open_step(pages, dataflow, "file-mapping")

    page = pages.send(page, "/file-mapping/parse", null_word="NA")

    points = fresh(dataflow).columns[1]
    assert "Take “NA” as empty" not in page.text
    assert fresh(dataflow).parsing_options["null_words"] == ["NA"]
    assert (points.profile["type"], points.profile["empty_count"]) == ("integer", 2)


def test_what_keeps_a_file_from_being_recognised_is_shown_in_its_lines(pages):
    dataflow = make_dataflow()
    make_file(dataflow, "<a>\n<b>1</b>\n<b>2</c>\n</a>\n", name="broken.xml")

    page = pages.send(open_step(pages, dataflow, "download"), "/download/validate")

    assert page.status == 422
    assert '<li class="raw-problem">' in page.text
    assert "&lt;b&gt;2&lt;/c&gt;" in page.text
