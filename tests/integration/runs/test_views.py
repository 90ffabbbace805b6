"""The page of a run: how its file differs, what can be done about it, and what it repeats."""

import pytest

from app.dataflows import services as dataflows
from app.runs import queries, services
from app.runs.models import RunStatus
from tests.factories import PEOPLE_CSV, make_active
from tests.integration.runs.adding import finished_as_stop, make_adding
from tests.integration.runs.carrying_out import carry_out, column_of, finished, rows_of
from tests.integration.runs.test_replaying import replayed

WITH_CITY = "id,name,joined,points,city\n1,Ida,2020-02-29,1.50,Turin\n"


def test_a_run_that_stopped_shows_the_differences_and_is_tried_again_without_them(pages, queue):
    dataflow = make_active()
    run = finished(dataflow, WITH_CITY)

    page = pages.get(f"/runs/{run.id}")
    pages.send(page, "/retry-once")
    again = carry_out(queries.find_run(run.id))

    assert "How the file differs" in page.text
    assert "“city” is in the file, but the dataflow does not know it." in page.text
    assert "Map anew" in page.text
    assert again.status is RunStatus.FINISHED
    assert list(rows_of(dataflow)[0]) == ["id", "name", "joined", "points"]
    assert "The policy was “ignore”: New columns" in pages.get(f"/runs/{run.id}").text


def test_a_likely_rename_is_one_button(pages, queue):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV.replace("name", "Name"))
    page = pages.get(f"/runs/{run.id}")

    taken = pages.send(page, "/renames/1")
    twice = pages.post(f"/runs/{run.id}/renames/1")

    assert "Take “Name” for “name” from now on" in page.text
    assert "“Name” is read for “name” from now on." in taken.text
    assert "Take “Name”" not in taken.text
    assert "reads no column “name” any more" in twice.text
    assert [c.source_name for c in dataflows.get(dataflow.id).columns][1] == "Name"


@pytest.mark.parametrize("address", ["renames/2", "renames/0"])
def test_a_rename_that_nobody_found_is_not_there(pages, queue, address):
    run = finished(make_active(), PEOPLE_CSV.replace("name", "Name"))

    assert pages.post(f"/runs/{run.id}/{address}").status == 404


def test_what_no_run_can_do_without_is_not_left_out(pages, queue):
    run = finished(make_active(), "name,joined,points\nAda,,1\n")

    page = pages.get(f"/runs/{run.id}")

    assert "“id” is not in the file. No run can do without it." in page.text
    assert "leaving out" not in page.text


def test_columns_that_were_added_are_told(pages, queue):
    dataflow = make_adding()
    run = finished(dataflow, WITH_CITY)

    page = pages.get(f"/runs/{run.id}")

    assert "1 column added to the schema" in page.text
    assert "“city” (Text)" in page.text


def test_a_run_of_the_same_bytes_says_so_on_its_page_and_in_the_list(pages, queue):
    dataflow = make_active()
    first = finished(dataflow, PEOPLE_CSV)
    second = finished(dataflow, PEOPLE_CSV)

    page = pages.get(f"/runs/{second.id}")
    listed = pages.get(f"/dataflows/{dataflow.id}")

    assert f'the same bytes as that of <a href="/runs/{first.id}">' in page.text
    assert f'Same bytes as <a href="/runs/{first.id}">' in listed.text


def test_a_run_as_ever_says_nothing_of_differences(pages, queue):
    run = finished(make_active(), PEOPLE_CSV)

    page = pages.get(f"/runs/{run.id}")

    assert "differs" not in page.text
    assert "same bytes" not in page.text


def test_a_column_added_by_a_file_that_leaves_it_empty_is_empty_on_the_datasets_page(pages, queue):
    dataflow = make_adding()
    finished(dataflow, PEOPLE_CSV)

    run = finished(dataflow, WITH_CITY.replace("Ida", "Ada").replace("Turin", ""))
    page = pages.get(f"/datasets/{dataflow.schema_id}")

    assert run.buckets["same"] == 1
    assert page.status == 200
    assert "city" in page.text
    assert column_of(dataflow, "city") == ["", "", ""]


def test_what_a_dry_run_would_add_is_told_as_such(pages, queue):
    dataflow = make_adding()
    failed = finished_as_stop(dataflow, WITH_CITY)
    tried = replayed(failed, is_dry=True)

    page = pages.get(f"/runs/{tried.id}")

    assert "1 column would be added to the schema" in page.text
    assert "They are filled" not in page.text


def test_a_rename_taken_by_two_at_once_is_said(pages, queue, monkeypatch):
    run = finished(make_active(), PEOPLE_CSV.replace("name", "Name"))

    def refuse(**about):
        raise dataflows.EditedElsewhere(run.dataflow_id)

    monkeypatch.setattr(services, "take_rename", refuse)

    page = pages.post(f"/runs/{run.id}/renames/1")

    assert "Somebody changed the dataflow at the same moment." in page.text


@pytest.mark.parametrize("number", ["2", "500", "99999999999999999999"])
@pytest.mark.parametrize("place", ["rows/added", "rejects", ""])
def test_a_page_after_the_last_shows_the_last(pages, queue, place, number):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV + ",nobody,,\n")

    page = pages.get(f"/runs/{run.id}/{place}".rstrip("/") + f"?page={number}")

    assert ("Łukasz" if place == "rows/added" else "nobody") in page.text
