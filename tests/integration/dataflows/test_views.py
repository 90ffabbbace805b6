"""The overview of dataflows, one dataflow, its switches."""

import io
import re

import pytest

from app.dataflows import queries as dataflows
from app.dataflows import services
from app.dataflows.models import DataflowState
from app.execution import services as execution
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.runs import queries as run_queries
from app.runs import services as runs
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_dataflow, make_file


def state_of(dataflow) -> DataflowState:
    db.session.expire_all()
    found = dataflows.find_dataflow(dataflow.id)
    assert found is not None
    return found.state


def test_the_overview_is_searched_and_filtered(pages):
    make_dataflow("Orders of the shop")
    make_dataflow("Newsletter")

    found = pages.get("/dataflows?search=ORDERS").text
    drafts = pages.get("/dataflows?state=drafts").text
    failed = pages.get("/dataflows?state=failed").text

    assert "Orders of the shop" in found
    assert "Newsletter" not in found
    assert "Newsletter" in drafts
    assert "Newsletter" not in failed


def test_each_state_is_a_tab_with_its_number(pages):
    make_active()
    for name in ("One", "Two"):
        make_dataflow(name)

    page = pages.get("/dataflows?state=active")
    tabs = dict(re.findall(r">(\w+)</span> <span class=\"tabs-number\">(\d+)<", page.text))

    assert tabs == {"All": "3", "Active": "1", "Failed": "0", "Paused": "0", "Drafts": "2"}
    assert "Customers" in page.text
    assert "Two" not in page.text


def test_a_dataflow_that_failed_comes_first(pages):
    failed = make_active()
    failed.state = DataflowState.FAILED
    db.session.commit()
    make_dataflow("Newer")

    text = pages.get("/dataflows").text

    assert text.index(">Customers<") < text.index(">Newer<")


def test_many_dataflows_fill_several_pages(pages, monkeypatch):
    monkeypatch.setattr(dataflows, "DATAFLOWS_A_PAGE", 2)
    for name in ("Oak", "Elm", "Ash"):
        make_dataflow(name)

    first = pages.get("/dataflows?state=drafts").text
    second = pages.get("/dataflows?state=drafts&page=2").text
    beyond = pages.get("/dataflows?page=9")

    assert "Page 1 of 2" in first
    assert "state=drafts&amp;page=2" in first
    shown = [name for name in ("Oak", "Elm", "Ash") if name in first]
    assert len(shown) == 2
    assert all((name in second) != (name in first) for name in ("Oak", "Elm", "Ash"))
    assert "No dataflow fits" in beyond.text


@pytest.mark.parametrize("text", ["%", "_", "'", "\\", "<script>alert(1)</script>"])
def test_a_search_takes_every_sign_as_it_is(pages, text):
    make_dataflow("Plain")

    page = pages.client.get("/dataflows", query_string={"search": text}).get_data(as_text=True)

    assert ">Plain<" not in page
    assert "<script>alert" not in page


def test_names_are_never_taken_for_markup(pages):
    make_dataflow("<img src=x onerror=alert(1)>")

    assert "<img src=x" not in pages.get("/dataflows").text


def test_a_dataflow_is_deleted_and_its_dataset_stays(pages):
    dataflow = make_active()

    page = pages.post(f"/dataflows/{dataflow.id}/delete", confirmed="yes")

    assert "Its dataset is still there" in page.text
    assert list(dataflows.list_dataflows()) == []
    assert pages.get(f"/datasets/{dataflow.schema_id}").status == 200


def test_deleting_asks_first_and_names_what_goes(pages):
    dataflow = make_active()
    make_file(dataflow, kind=FileKind.PRODUCTION)

    page = pages.post(f"/dataflows/{dataflow.id}/delete")

    assert page.h1 == ["Delete “Customers”?"]
    assert "2 files that arrived on it, 1 version and 0 runs go for good" in page.text
    assert dataflows.list_dataflows().total == 1


def test_a_running_dataflow_is_not_deleted(pages):
    dataflow = make_active()
    make_file(dataflow, kind=FileKind.PRODUCTION)
    runs.start_run(dataflow_id=dataflow.id, now=NOW)

    page = pages.post(f"/dataflows/{dataflow.id}/delete", confirmed="yes")

    assert "Wait until the run ends" in page.text
    assert state_of(dataflow) is DataflowState.RUNNING


def test_the_runs_of_a_dataflow_are_listed_anew(pages):
    dataflow = make_active()
    before = pages.get(f"/dataflows/{dataflow.id}/runs").text
    make_file(dataflow, kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)

    after = pages.get(f"/dataflows/{dataflow.id}/runs").text

    assert "No run yet" in before
    assert f"Run {run.id}" in after


def test_the_numbers_of_a_run_lead_to_its_rows(pages):
    dataflow = make_active()
    make_file(dataflow, PEOPLE_CSV + ",nobody,,\n", FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)

    listed = pages.get(f"/dataflows/{dataflow.id}").text
    page = pages.get(f"/runs/{run.id}").text

    assert f'<a href="/runs/{run.id}/rows/added">3</a>' in listed
    assert f'<a href="/runs/{run.id}#rejects">1</a>' in listed
    assert 'id="rejects"' in page
    assert "Łukasz" in pages.get(f"/runs/{run.id}/rows/added").text


def test_an_active_dataflow_says_how_to_send_it_a_file(pages):
    dataflow = make_active()

    page = pages.get(f"/dataflows/{dataflow.id}")

    assert "stream-user-data --no-draft" in page.text
    assert "?kind=production" in page.text


def test_a_production_file_is_sent_from_the_page(pages, queue):
    dataflow = make_active()
    page = pages.get(f"/dataflows/{dataflow.id}")

    file = (io.BytesIO(b"id,name,joined\n7,Ada,2026-01-02\n"), "more.csv")
    page = pages.send(page, f"/dataflows/{dataflow.id}/files", file=file)

    assert "“more.csv” has arrived" in page.text
    assert [run.stream_file.original_name for run in run_queries.list_runs(dataflow.id)] == [
        "more.csv"
    ]


def test_a_production_file_for_a_paused_dataflow_waits(pages, queue):
    dataflow = make_active()
    pages.post(f"/dataflows/{dataflow.id}/pause")
    page = pages.get(f"/dataflows/{dataflow.id}")

    file = (io.BytesIO(b"id\n1\n"), "more.csv")
    page = pages.send(page, f"/dataflows/{dataflow.id}/files", file=file)

    assert "waits until the dataflow is resumed" in page.text
    assert run_queries.list_runs(dataflow.id) == []


def test_an_empty_production_file_is_refused(pages, queue):
    dataflow = make_active()
    page = pages.get(f"/dataflows/{dataflow.id}")

    page = pages.send(page, f"/dataflows/{dataflow.id}/files", file=(io.BytesIO(b""), "empty.csv"))

    assert page.status == 422
    assert "The file is empty" in page.text
    assert run_queries.list_runs(dataflow.id) == []


@pytest.mark.parametrize("action", ["edit", "files", "pause", "resume", "run-now", "go-back"])
def test_a_draft_is_edited_and_fed_in_its_steps_only(pages, action):
    dataflow = make_dataflow()

    assert pages.post(f"/dataflows/{dataflow.id}/{action}").status == 404


def test_an_active_dataflow_goes_on_while_it_is_edited(pages):
    dataflow = make_active()

    page = pages.post(f"/dataflows/{dataflow.id}/edit")

    assert page.h1 == ["Transform & Map"]
    assert "Version 1 goes on taking files while you edit" in page.text
    assert state_of(dataflow) is DataflowState.WAITING


def test_the_versions_of_a_dataflow_say_what_each_changed_and_who_did_it(pages):
    dataflow = make_active()
    mapping = {row.schema_column_id: row.column_name for row in dataflow.mappings}
    last = dataflow.schema.columns[-1]
    dataflow = services.save_transform_map(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        conversions={},
        write_mode=WriteMode.OVERWRITE,
        mapping={**mapping, last.id: ""},
        now=NOW,
    )
    edited = pages.get(f"/dataflows/{dataflow.id}").text
    services.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], by="ada@b.example", now=NOW
    )

    page = pages.get(f"/dataflows/{dataflow.id}").text

    assert "The draft has changes that are not active" in edited
    assert "Append:" in edited
    assert "The draft has changes that are not active" not in page
    assert "Nothing fills “points” of the dataset any more; “points” did." in page
    assert "The write mode is Overwrite, was Append." in page
    assert "Overwrite:" in page
    assert page.index("ada@b.example") < page.index("Version 1<")


def test_a_draft_is_deleted_from_its_first_step(pages):
    dataflow = make_dataflow()
    page = pages.get(f"/dataflows/{dataflow.id}/general-information")

    asked = pages.send(page, f"/dataflows/{dataflow.id}/delete")
    still = dataflows.list_dataflows().total
    pages.send(asked, f"/dataflows/{dataflow.id}/delete")

    assert asked.h1 == [f"Delete “{dataflow.name}”?"]
    assert "The draft, its stream and 0 files that arrived on it go for good" in asked.text
    assert still == 1
    assert list(dataflows.list_dataflows()) == []
