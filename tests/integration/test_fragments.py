"""Parts of a page that are fetched anew never hold another page."""

import pytest

from app.dataflows import services as dataflows
from app.execution import services as execution
from app.runs import services as runs
from tests.conftest import NOW
from tests.factories import make_active, make_mapped

FRAGMENT = {"HX-Request": "true"}
PARTS = ["download/files", "file-mapping/parsing", "activate/trial"]


def ask(pages, path):
    return pages.client.get(path, headers=FRAGMENT)


@pytest.mark.parametrize("part", [*PARTS, "runs"])
def test_a_page_left_open_while_its_dataflow_is_deleted_is_loaded_anew(pages, part):
    dataflow = make_active()
    dataflows.delete_dataflow(dataflow_id=dataflow.id)

    answer = ask(pages, f"/dataflows/{dataflow.id}/{part}")

    assert (answer.headers["HX-Refresh"], answer.data) == ("true", b"")


@pytest.mark.parametrize("part", [*PARTS, "runs"])
def test_a_page_left_open_until_the_session_ended_asks_for_a_sign_in(visitor, part):
    answer = ask(visitor, f"/dataflows/1/{part}")
    page = visitor.get("/dataflows/1")

    assert (answer.headers["HX-Refresh"], answer.data) == ("true", b"")
    assert page.text.count("Sign in to see this page.") == 1


def test_a_fault_of_ours_leaves_the_page_as_it_is(pages, monkeypatch):
    dataflow = make_active()
    monkeypatch.setattr("app.runs.queries.list_runs", lambda _id: 1 / 0)

    answer = ask(pages, f"/dataflows/{dataflow.id}/runs")

    assert (answer.status_code, answer.headers["HX-Reswap"]) == (500, "none")
    assert "HX-Refresh" not in answer.headers


def test_what_has_ended_is_answered_with_its_page(pages, queue):
    dataflow = make_mapped()
    run = runs.start_dry_run(dataflow_id=dataflow.id, now=NOW)
    waiting = ask(pages, f"/dataflows/{dataflow.id}/activate/trial")
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)

    ended = ask(pages, f"/dataflows/{dataflow.id}/activate/trial")

    assert "HX-Retarget" not in waiting.headers
    assert (ended.headers["HX-Retarget"], ended.headers["HX-Reselect"]) == ("#main", "#main")
    assert 'id="main"' in ended.get_data(as_text=True)
