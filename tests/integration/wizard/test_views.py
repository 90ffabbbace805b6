"""Each step as a person meets it: filled in, refused, tampered with."""

import gzip
import io
import json

import pytest

from app.dataflows import queries as dataflows
from app.dataflows import services
from app.dataflows.models import DataflowState
from app.drafts import services as drafts
from app.extensions import db
from app.runs import queries as run_queries
from app.runs import services as runs
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import (
    LIMIT,
    PEOPLE_CSV,
    make_active,
    make_dataflow,
    make_file,
    make_mapped,
    make_parsed,
    make_schema,
)


def fresh(dataflow):
    db.session.expire_all()
    found = dataflows.find_dataflow(dataflow.id)
    assert found is not None
    return found


def open_step(pages, dataflow, slug):
    return pages.get(f"/dataflows/{dataflow.id}/{slug}")


def try_draft(dataflow):
    """Carry out the dry run that was queued last."""
    run = run_queries.last_dry_run(dataflow.id)
    assert run is not None
    runs.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)


def test_step_1_makes_a_draft_and_leads_to_step_2(pages):
    page = pages.send(pages.get("/dataflows/new"), "/dataflows/new", name="  Orders  ")

    assert page.h1 == ["Download"]
    assert [each.name for each in dataflows.list_dataflows()] == ["Orders"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_step_1_asks_for_a_name(pages, name):
    page = pages.send(pages.get("/dataflows/new"), "/dataflows/new", name=name)

    assert page.status == 422
    assert "error-summary" in page.text
    assert list(dataflows.list_dataflows()) == []


def test_step_1_refuses_a_name_that_another_has(pages):
    make_dataflow("Orders")

    page = pages.send(pages.get("/dataflows/new"), "/dataflows/new", name="Orders")

    assert page.status == 422
    assert "Another dataflow has this name" in page.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty"),
        ("cut.csv.gz", gzip.compress(PEOPLE_CSV.encode(), mtime=0)[:-9], "cut off"),
        ("fake.csv.gz", b"\x1f\x8b\x08 this is no gzip", "cannot be unpacked"),
    ],
)
def test_step_2_refuses_a_file_that_did_not_arrive_whole(pages, name, content, said):
    dataflow = make_dataflow()
    page = open_step(pages, dataflow, "download")

    page = pages.send(page, "/download/upload", file=(io.BytesIO(content), name))

    assert page.status == 422
    assert said in page.text
    assert "Draft files that arrived" in page.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bad.csv", b"id,name\n1,\xff\xfe\x81broken\n", "Byte 12, on line 2, is neither"),
        ("object.json", json.dumps({"id": 1}).encode(), "array"),
        ("nested.json", json.dumps([{"id": 1, "address": {"city": "Oslo"}}]).encode(), "nested"),
        ("twice.json", b'[{"id": 1, "id": 2}]', "twice"),
        ("header.csv", b"id,name\n", "The file has a single row"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG picture"),
        ("cut.json", b'[{"id": 1}, {"id"', "The file was cut off"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_with_its_reason(pages, name, content, said):
    dataflow = make_dataflow()
    page = open_step(pages, dataflow, "download")
    page = pages.send(page, "/download/upload", file=(io.BytesIO(content), name))

    page = pages.send(page, "/download/validate")

    assert said in page.text
    assert not fresh(dataflow).is_file_mapping_saved


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

    page = pages.send(page, "/file-mapping/parse", has_header="y")

    assert "no row below it" in page.text


def test_a_file_of_another_dataflow_cannot_be_chosen(pages):
    mine, other = make_dataflow("Mine"), make_dataflow("Other")
    file = make_file(other)

    page = pages.post(
        f"/dataflows/{mine.id}/download/validate", version=mine.version, file_id=file.id
    )

    assert page.status == 422
    assert fresh(mine).draft_file_id is None


@pytest.mark.parametrize("file_id", ["", "abc", "-1", "9" * 30, "1.5"])
def test_a_file_id_that_is_none_is_refused(pages, file_id):
    dataflow = make_dataflow()

    page = pages.post(
        f"/dataflows/{dataflow.id}/download/validate", version=dataflow.version, file_id=file_id
    )

    assert page.status == 422


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


def test_step_4_says_how_dates_are_written(pages):
    dataflow = make_mapped("id,joined\n1,03/02/2026\n2,04/02/2026\n")

    page = open_step(pages, dataflow, "transform-map")
    pages.send(page, "/transform-map", **{"conversions-1-type": "date %m/%d/%Y"})

    column = fresh(dataflow).columns[1]
    assert (column.type.value, column.pattern) == ("date", "%m/%d/%Y")


@pytest.mark.parametrize("kind", ["nonsense", "date %H", "date", ""])
def test_a_type_that_is_not_offered_is_refused(pages, kind):
    dataflow = make_mapped()

    page = pages.send(
        open_step(pages, dataflow, "transform-map"),
        "/transform-map",
        **{"conversions-0-type": kind},
    )

    assert page.status == (200 if kind == "date" else 422)


def test_a_fallback_must_be_of_its_type(pages):
    dataflow = make_mapped()

    page = pages.send(
        open_step(pages, dataflow, "transform-map"),
        "/transform-map",
        **{"conversions-0-fallback": "many"},
    )

    assert page.status == 422
    assert "The fallback of “id” is not of the type chosen for it" in page.text


def test_a_preview_shows_values_as_they_would_be_read_and_saves_nothing(pages):
    dataflow = make_mapped("id,joined\n1,03/02/2026\n2,04/02/2026\n")
    page = open_step(pages, dataflow, "transform-map")
    changes = {"conversions-1-type": "date %d/%m/%Y"}

    shown = pages.send(page, "/transform-map", save="preview", **changes)
    column_id = fresh(dataflow).columns[1].id
    address = f"/dataflows/{dataflow.id}/transform-map/columns/{column_id}/preview"
    values = {"conversions-1-type": "integer", "conversions-1-fallback": "7"}
    fragment = pages.post(address, **{**form_values(page), **values})

    assert "03/02/2026 → 2026-02-03" in shown.text
    assert "03/02/2026 → 7" in fragment.text
    assert fresh(dataflow).columns[1].type.value == "text"


def form_values(page) -> dict[str, str]:
    from app.demo.visiting import forms_of

    form = next(form for form in forms_of(page.text) if form.action.endswith("/transform-map"))
    return {name: value for name, value in form.values.items() if name != "csrf_token"}


@pytest.mark.parametrize(
    ("save", "title"),
    [
        ("draft", "Transform & Map"),
        ("use-schema", "Transform & Map"),
        ("create-schema", "Schema Creator"),
        ("add-column trim", "Custom column: trim"),
    ],
)
def test_every_button_of_step_4_saves_what_was_entered(pages, save, title):
    dataflow = make_mapped()
    page = open_step(pages, dataflow, "transform-map")

    page = pages.send(page, "/transform-map", save=save, **{"conversions-0-fallback": "7"})

    assert page.h1 == [title]
    assert fresh(dataflow).columns[0].fallback == "7"


@pytest.mark.parametrize("save", ["", "use-schema"])
def test_another_schema_is_mapped_anew_and_shown_before_going_on(pages, queue, save):
    first = make_mapped()
    names = {column.name: column.type for column in first.columns[:2]}
    other = make_schema(names, "id", name="Others")
    page = open_step(pages, first, "transform-map")

    page = pages.send(
        page,
        "/transform-map",
        save=save,
        schema_id=str(other.id),
        **{"conversions-0-fallback": "7"},
    )

    assert page.h1 == ["Transform & Map"]
    assert fresh(first).schema_id == other.id
    assert fresh(first).columns[0].fallback == "7"
    assert len(fresh(first).mappings) == 2


def test_a_schema_that_is_none_is_refused(pages):
    dataflow = make_mapped()
    page = open_step(pages, dataflow, "transform-map")

    page = pages.send(page, "/transform-map", save="use-schema", schema_id="999")

    assert page.status == 422


def test_values_that_do_not_fit_come_first(pages):
    dataflow = make_mapped("id,points\n1,10\n2,20\n3,many\n")
    page = open_step(pages, dataflow, "transform-map")

    page = pages.send(page, "/transform-map", save="preview", **{"conversions-1-type": "integer"})

    assert page.text.index("many → does not fit") < page.text.index("<li>10</li>")
    assert "1 value of these does not fit" in page.text


def test_saving_step_4_tries_the_draft(pages, queue):
    dataflow = make_mapped()

    page = pages.send(open_step(pages, dataflow, "transform-map"), "/transform-map")

    assert page.h1 == ["Activate"]
    assert queue.jobs[-1][0].name == "EXECUTE_RUN"


def test_activating_what_overwrites_names_the_rows_at_stake_first(pages, queue):
    other = make_active()
    make_file(other, kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=other.id, now=NOW)
    runs.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)
    dataflow = make_parsed(name="Again")
    assert other.schema_id is not None
    dataflow = services.choose_schema(
        dataflow_id=dataflow.id, version=dataflow.version, schema_id=other.schema_id, now=NOW
    )
    page = open_step(pages, dataflow, "transform-map")
    pages.send(page, "/transform-map", write_mode="overwrite")
    try_draft(dataflow)
    page = open_step(pages, dataflow, "activate")

    asked = pages.send(page, "/activate")
    state = fresh(dataflow).state
    done = pages.send(asked, "/activate")

    assert "It has 3 rows now." in asked.text
    assert state.is_draft
    assert done.h1 == ["Again"]
    assert fresh(dataflow).state.is_active


def test_a_draft_that_passed_is_activated_and_takes_the_file_that_waits(pages, queue):
    dataflow = make_mapped()
    make_file(dataflow, kind=FileKind.PRODUCTION)
    pages.send(open_step(pages, dataflow, "transform-map"), "/transform-map")
    try_draft(dataflow)

    page = pages.send(open_step(pages, dataflow, "activate"), "/activate")

    assert page.h1 == ["Customers"]
    assert "is active" in page.text
    assert len(run_queries.list_runs(dataflow.id)) == 1


def test_nothing_is_activated_before_it_was_tried(pages):
    dataflow = make_mapped()

    page = pages.send(open_step(pages, dataflow, "activate"), "/activate")

    assert page.status == 422
    assert "Try the draft" in page.text
    assert fresh(dataflow).state is DataflowState.DRAFT


def test_a_dry_run_of_an_older_definition_activates_nothing(pages):
    dataflow = make_mapped()
    pages.send(open_step(pages, dataflow, "transform-map"), "/transform-map")
    try_draft(dataflow)
    pages.send(open_step(pages, dataflow, "file-mapping"), "/file-mapping/columns", save="draft")

    page = pages.send(open_step(pages, dataflow, "activate"), "/activate")

    assert page.status == 422
    assert "Something changed since the last dry run" in page.text


def test_an_active_dataflow_is_not_edited(pages):
    dataflow = make_active()

    page = pages.post(
        f"/dataflows/{dataflow.id}/general-information", name="Other", version=dataflow.version
    )

    assert page.status == 409
    assert "Pause it first" in page.text
    assert fresh(dataflow).name == "Customers"


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


def test_what_the_mapping_leaves_out_is_said(pages):
    dataflow = make_mapped()
    page = open_step(pages, dataflow, "transform-map")

    pages.send(page, "/transform-map", save="draft", **{"mappings-2-column": ""})
    page = open_step(pages, dataflow, "transform-map")

    assert "Nothing fills these columns of the dataset: “joined”." in page.text
    assert "These columns of the file go nowhere: “joined”." in page.text
