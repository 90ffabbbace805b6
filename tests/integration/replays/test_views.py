"""The page that takes a file in once more: which version it offers first, and why."""

import re

from app.runs import differing, queries, services
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active
from tests.integration.runs.carrying_out import carry_out, finished

RENAMED = PEOPLE_CSV.replace("points", "Points")


def page_of(pages, run) -> str:
    return pages.get(f"/dataflows/{run.dataflow_id}/files/{run.stream_file_id}/replay").text


def versions_in(text: str) -> list[tuple[str, bool, str]]:
    """Return each version's number, whether it is chosen, and its label."""
    inputs = re.findall(r'<input ([^>]*name="number"[^>]*)>\s*<span>([^<]+)<', text)
    return [
        (attributes.split('value="')[1].split('"')[0], "checked" in attributes, label)
        for attributes, label in inputs
    ]


def taken_rename(dataflow):
    """Return the runs of a file before and of one after a rename, which is taken from now on."""
    before = finished(dataflow, PEOPLE_CSV)
    after = finished(dataflow, RENAMED)
    services.take_rename(
        run_id=after.id, rename=differing.rename_at(after, 1), by="ada@example.com", now=NOW
    )
    return before, after


def test_the_active_version_is_offered_first(app, pages):
    run = finished(make_active(), PEOPLE_CSV)

    assert versions_in(page_of(pages, run)) == [("1", True, "Version 1, active now")]


def test_a_version_under_which_the_file_has_its_columns_comes_before_the_active_one(app, pages):
    before, after = taken_rename(make_active())

    text = page_of(pages, before)

    assert versions_in(text) == [
        ("1", True, "Version 1, as it was"),
        ("2", False, "Version 2, active now; the file lacks the column “Points”"),
    ]
    assert "Under version 2, which is active, the file lacks the column “Points”." in text
    assert versions_in(page_of(pages, after))[0] == ("2", True, "Version 2, active now")


def test_the_version_offered_first_takes_the_file(app, pages):
    before, _after = taken_rename(make_active())
    page = pages.get(f"/dataflows/{before.dataflow_id}/files/{before.stream_file_id}/replay")

    done = pages.send(page, "/replay", save="replay")

    run = carry_out(queries.find_run(int(done.path.rsplit("/", 1)[1])))
    assert run.buckets["same"] == 3


def test_runs_of_a_file_are_named_for_what_they_did(app, pages):
    run = finished(make_active(), PEOPLE_CSV)
    undo = carry_out(services.start_undo(run_id=run.id, now=NOW))
    carry_out(
        services.start_replay(
            dataflow_id=run.dataflow_id,
            file_id=run.stream_file_id,
            number=None,
            is_dry=False,
            now=NOW,
        )
    )

    text = page_of(pages, run)

    assert re.findall(r"</a></td><td[^>]*>([A-Z][a-z ]+)", text) == [
        "Taken once more",
        "Undo of ",
        "As it arrived",
    ]
    assert undo.kind.label == "Undo"


def test_of_interactions_the_page_says_that_rows_are_added_once_more(app, pages):
    added = "all rows of the file are added"
    interactions = finished(make_active(identifier=None), PEOPLE_CSV)

    assert added in page_of(pages, interactions)


def test_of_people_the_page_says_that_older_values_may_replace_newer_ones(app, pages):
    text = page_of(pages, finished(make_active(), PEOPLE_CSV))

    assert "older values in the place of newer ones" in text
    assert "are added, beside" not in text
