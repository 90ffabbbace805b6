"""The overview: what each dataflow shows, in which order, as cards or a list."""

import re
from datetime import timedelta

import pytest

from app import clock
from app.dataflows import services
from app.dataflows.models import DataflowState
from app.extensions import db
from app.runs import services as runs
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_dataflow, make_file
from tests.integration.dataflows.test_versions import without_points
from tests.integration.runs.carrying_out import carry_out, finished

VIEWS = ["", "&view=cards"]


def names_in(text: str) -> list[str]:
    return re.findall(r'href="/dataflows/\d+">([^<]+)</a>', text)


@pytest.mark.parametrize("view", VIEWS)
def test_a_dataflow_shows_its_dataset_its_last_run_and_what_comes_next(pages, view):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV + ",nobody,,\n")

    text = pages.get(f"/dataflows?sort=name{view}").text

    assert "waiting for a file" in text
    assert "People" in text
    assert "when a file arrives" in text
    assert f'<a href="/runs/{run.id}#rejects">1 row rejected</a> of 4' in text
    assert "unpublished changes" not in text


@pytest.mark.parametrize("view", VIEWS)
def test_a_run_that_failed_says_why(pages, view):
    finished(make_active(), "id,name\n1,Ada\n")

    text = pages.get(f"/dataflows?sort=name{view}").text

    assert "The file lacks columns “joined”, “points”" in text


@pytest.mark.parametrize("view", VIEWS)
def test_a_last_run_that_was_taken_back_says_so(pages, view):
    run = finished(make_active(), PEOPLE_CSV)
    before = pages.get(f"/dataflows?sort=name{view}").text
    carry_out(runs.start_undo(run_id=run.id, now=NOW))

    after = pages.get(f"/dataflows?sort=name{view}").text

    assert ("taken back" in before, "taken back" in after) == (False, True)


def test_where_there_is_no_dataflow_nothing_is_offered_to_be_searched(pages):
    assert 'role="search"' not in pages.get("/dataflows").text
    assert 'role="search"' in pages.get("/dataflows?search=none").text


@pytest.mark.parametrize("view", VIEWS)
def test_edits_that_are_not_active_are_marked(pages, view):
    dataflow = without_points(make_active())

    edited = pages.get(f"/dataflows?sort=name{view}").text
    services.activate(dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW)
    activated = pages.get(f"/dataflows?sort=name{view}").text

    assert "unpublished changes" in edited
    assert "unpublished changes" not in activated


def test_a_name_saved_anew_is_no_unpublished_change(pages):
    dataflow = make_active()
    services.save_general(
        dataflow_id=dataflow.id, version=dataflow.version, name="New", description="", now=NOW
    )

    text = pages.get("/dataflows").text

    assert "New" in text
    assert "unpublished changes" not in text


def test_dataflows_come_in_the_order_that_is_asked_for(pages):
    ran = make_active()
    finished(ran, PEOPLE_CSV)
    for name in ("zebra", "Apple"):
        make_dataflow(name)
    failed = make_dataflow("Failed")
    failed.state = DataflowState.FAILED
    db.session.commit()

    orders = {
        sort: names_in(pages.get(f"/dataflows?sort={sort}").text)
        for sort in ("", "name", "state", "run", "changed", "nonsense")
    }

    assert orders["name"] == ["Apple", "Customers", "Failed", "zebra"]
    assert orders["state"][:2] == ["Failed", "Customers"]
    assert orders["run"][0] == "Customers"
    assert orders[""][0] == "Failed"
    assert orders["nonsense"] == orders[""]
    assert orders["changed"] == ["Failed", "Apple", "zebra", "Customers"]


def test_cards_and_list_are_links_that_keep_what_was_asked(pages):
    make_dataflow("Orders")

    as_list = pages.get("/dataflows?search=Ord&state=drafts&sort=name").text
    as_cards = pages.get("/dataflows?search=Ord&state=drafts&sort=name&view=cards").text

    assert 'href="/dataflows?search=Ord&amp;state=drafts&amp;sort=name&amp;view=cards"' in as_list
    assert "<table" in as_list
    assert 'href="/dataflows?search=Ord&amp;state=drafts&amp;sort=name"' in as_cards
    assert 'class="cards"' in as_cards
    assert 'name="view" value="cards"' in as_cards


def test_without_any_dataflow_the_overview_says_how_to_begin(pages):
    assert "No dataflow yet" in pages.get("/dataflows?view=cards").text


def test_a_draft_and_a_file_that_waits_say_what_they_wait_for(pages):
    make_dataflow("Draft")
    paused = make_active()
    services.pause(dataflow_id=paused.id)
    make_file(paused, kind=FileKind.PRODUCTION)

    text = pages.get("/dataflows").text

    assert "once it is activated" in text
    assert "once it is resumed" in text


def arrived(dataflow, *ages: timedelta) -> None:
    """Let production files have arrived so long ago."""
    for number, age in enumerate(ages):
        file = make_file(dataflow, kind=FileKind.PRODUCTION, name=f"{number}.csv")
        file.closed_at = clock.now() - age
    db.session.commit()


@pytest.mark.parametrize("view", VIEWS)
def test_a_dataflow_says_when_its_last_file_came_and_how_often_they_do(pages, view):
    dataflow = make_active()
    hour = timedelta(hours=1)
    arrived(dataflow, 3 * hour, 2 * hour, hour)

    text = " ".join(pages.get(f"/dataflows?sort=name{view}").text.split())

    assert "Files come about every hour; the last one came <time" in text


def test_one_file_tells_only_when_it_came(pages):
    arrived(make_active(), timedelta(hours=1))

    text = " ".join(pages.get("/dataflows").text.split())

    assert '<small class="remark">The last file came <time' in text


def test_a_file_that_is_late_is_called_so_on_the_page_of_its_dataflow(pages):
    dataflow = make_active()
    day = timedelta(days=1)
    arrived(dataflow, 5 * day, 4 * day, 3 * day)

    text = " ".join(pages.get(f"/dataflows/{dataflow.id}").text.split())

    assert "Files came about every day; the last one is late, it came <time" in text


def test_drafts_sent_to_try_a_dataflow_out_are_no_part_of_how_often_files_come(pages):
    make_active()

    assert "The last file came" not in pages.get("/dataflows").text
