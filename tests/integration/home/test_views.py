"""The home page: what it says to do next in each state; the health check."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from app.dataflows import services as dataflows
from app.execution import services as execution
from app.extensions import db
from app.runs import services as runs
from app.streams.models import FileKind
from tests.conftest import NOW, PASSWORD
from tests.factories import PEOPLE_CSV, make_active, make_dataflow, make_file
from tests.pages import Pages


def nothing():
    return None


def draft():
    make_dataflow("<b>Mine</b>")


def waiting():
    make_active()


def paused():
    dataflows.pause(dataflow_id=make_active().id)


def running():
    dataflow = make_active()
    make_file(dataflow, kind=FileKind.PRODUCTION)
    runs.start_run(dataflow_id=dataflow.id, now=NOW)


def finished(content=PEOPLE_CSV):
    dataflow = make_active()
    make_file(dataflow, content, FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)
    execution.execute_run(run_id=run.id, stalled_after=timedelta(0), clock=lambda: NOW)


def failed():
    finished("id,name\n1,Ada\n")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (nothing, "Start with a dataflow"),
        (draft, "Go on with a draft"),
        (waiting, "Every active dataflow waits for its next file."),
        (finished, "Every active dataflow waits for its next file."),
        (running, "1 dataflow is taking a file in."),
        (paused, "No dataflow is active: files that arrive wait until one is."),
        (failed, "1 dataflow failed at the last run: look at that first."),
    ],
)
def test_the_home_page_says_what_to_do_next(pages, state, said):
    state()

    page = pages.get("/")

    assert page.h1 == ["Home"]
    assert said in page.text


@pytest.mark.parametrize("state", [draft, waiting, paused, finished, failed])
def test_who_has_begun_is_not_told_to_start(pages, state):
    state()

    assert "Start with a dataflow" not in pages.get("/").text


def test_a_draft_is_gone_on_with_where_it_was_left(pages):
    dataflow = make_dataflow("<b>Mine</b>")

    page = pages.get("/")
    step = pages.get(f"/dataflows/{dataflow.id}/steps")

    assert f'href="/dataflows/{dataflow.id}/steps"' in page.text
    assert "<b>Mine</b>" not in page.text
    assert step.path.endswith("/download")


def test_the_numbers_lead_to_what_they_count(pages):
    finished()

    text = pages.get("/").text

    for address in ("/dataflows?state=active", "/datasets", "/dataflows?state=failed", "/runs/1"):
        assert f'href="{address}"' in text
    assert pages.get("/dataflows?state=active").text.count('<a href="/dataflows/1">') == 1
    assert "No dataflow fits" in pages.get("/dataflows?state=failed").text


def test_a_viewer_sees_the_home_page(app, viewer):
    finished()

    assert Pages(app, viewer.email, PASSWORD).get("/").status == 200


def test_the_health_check_needs_no_sign_in(visitor):
    answer = visitor.client.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_the_health_check_fails_without_a_database(visitor, monkeypatch):
    def gone(*_arguments):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(db.session, "execute", gone)

    answer = visitor.client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json["code"] == "database_down"
