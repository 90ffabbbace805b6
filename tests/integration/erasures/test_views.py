"""The pages and the command that erase people."""

import json

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.models import AuditEntry
from app.erasures.models import Erasure, ErasureStatus
from app.extensions import db
from app.tracking import services as tracking
from tests.conftest import PASSWORD
from tests.factories import make_active
from tests.integration.erasures import everywhere
from tests.integration.erasures.everywhere import HEAD, MARKER, ROWS
from tests.integration.runs.carrying_out import finished
from tests.pages import Pages


@pytest.fixture
def person(app):
    """Somebody with a row and events."""
    finished(make_active(HEAD + ROWS), HEAD + ROWS)
    everywhere.fill_events(app)
    tracking.flush_inbox()


def test_an_admin_is_asked_with_what_goes_and_then_sees_how_far_it_is(app, person, pages, queue):
    profile = pages.get(f"/people/profile?id={MARKER}")

    asked = pages.send(profile, "/people/erase")
    assert asked.h1 == [f"Erase {MARKER}?"]
    assert "1 row of a dataset, 6 events and 2 anonymous ids go" in asked.text
    assert db.session.scalars(select(Erasure)).all() == []

    shown = pages.send(asked, "/people/erase")
    erasure = db.session.scalars(select(Erasure)).one()
    assert (shown.h1, shown.path) == ([f"Erasure {erasure.id}"], f"/people/erasures/{erasure.id}")
    assert "Step 1 of 12" in shown.text
    assert MARKER not in shown.text
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.erased")).one()
    assert entry.user_id is not None


def test_the_report_says_what_was_removed_and_that_nothing_is_left(app, person, pages, queue):
    erasure = everywhere.erased(app, queue)

    shown = pages.get(f"/people/erasures/{erasure.id}")
    told = json.loads(pages.get(f"/people/erasures/{erasure.id}/report").text)
    listed = pages.get("/people/erasures")

    assert "The last search went through every place once more and found nothing." in shown.text
    assert (told["status"], told["removed"]["events"], told["left"]) == ("done", 6, [])
    assert set(told["found_again"].values()) == {0}
    assert "the command line" in listed.text
    assert not any(MARKER in page for page in (shown.text, json.dumps(told), listed.text))
    progress = pages.client.get(f"/people/erasures/{erasure.id}/progress")
    assert progress.headers["HX-Retarget"] == "#main"


def test_what_stays_is_told_with_the_reason(app, pages, queue):
    erasure = everywhere.erased(app, queue)
    erasure.left = [{"place": "files", "what": "people.xlsx", "why": "It waits for its run."}]
    db.session.commit()

    shown = pages.get(f"/people/erasures/{erasure.id}").text

    assert "people.xlsx" in shown
    assert "It waits for its run." in shown
    assert "found nothing" not in shown


def test_a_page_under_way_says_what_it_waits_for(app, pages):
    erasure = everywhere.ask()
    erasure.status, erasure.waits_for = ErasureStatus.WAITING, "It waits for run 3 to end."
    db.session.commit()

    page = pages.get(f"/people/erasures/{erasure.id}")
    part = pages.client.get(f"/people/erasures/{erasure.id}/progress").get_data(as_text=True)

    assert "It waits for run 3 to end. It goes on by itself" in page.text
    assert "<html" not in part


@pytest.mark.parametrize("email", ["viewer@example.com", "editor@example.com"])
def test_only_admins_erase(app, person, viewer, owner, email):
    if email != viewer.email:
        app.test_cli_runner().invoke(args=["users", "create", email, "--password", PASSWORD])
    others = Pages(app, email, PASSWORD)

    assert "/people/erase" not in others.get(f"/people/profile?id={MARKER}").text
    assert others.post("/people/erase", id=MARKER, confirmed="yes").status == 403
    assert others.get("/people/erasures").status == 403
    assert others.get("/people/suppressed").status == 403
    assert db.session.scalars(select(Erasure)).all() == []


def test_nobody_is_no_person_to_erase(app, pages):
    assert "Say who is to be erased" in pages.post("/people/erase", id="", confirmed="yes").text


def test_the_command_erases_and_tells_as_json(app, person, queue):
    runner = app.test_cli_runner()

    said = runner.invoke(args=["people", "erase", MARKER, "--yes", "--json"])
    told = json.loads(said.output[said.output.index("{") :])

    assert said.exit_code == 0
    assert told["status"] == "waiting"
    assert told["removed"]["datasets"] == 1
    assert MARKER not in json.dumps(told)


def test_the_command_asks_first_and_lets_people_come_back(app, queue):
    runner = app.test_cli_runner()

    assert runner.invoke(args=["people", "erase", MARKER], input="n\n").exit_code == 1
    assert db.session.scalars(select(Erasure)).all() == []
    done = runner.invoke(args=["people", "erase", MARKER], input="y\n")
    assert "Identifiers suppressed" in done.output
    assert runner.invoke(args=["people", "lift", MARKER]).exit_code == 0
    again = runner.invoke(args=["people", "lift", MARKER])
    assert (again.exit_code, "Nothing is suppressed" in again.output) == (1, True)
    assert clock.now() > db.session.scalars(select(Erasure)).one().asked_at
