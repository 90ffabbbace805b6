"""The pages of rejected rows: looked through, corrected, taken up again; by whom, and when not."""

import csv
import io
import json
import re

import pytest

from app.quarantine import queries, services
from app.runs import queries as runs
from app.runs import services as run_services
from tests.conftest import NOW, PASSWORD
from tests.factories import make_active
from tests.integration.quarantine.taking_up import HEADER, SPOILED, reject_at, stored, take_up
from tests.integration.runs.carrying_out import carry_out, finished
from tests.pages import Pages


@pytest.fixture
def run(app):
    return finished(make_active(), SPOILED)


def address(run, rest=""):
    return f"/runs/{run.id}/rejects{rest}"


def test_rejected_rows_are_listed_with_the_wrong_value_marked(pages, run):
    page = pages.get(address(run, "?rule=not_date"))

    assert page.status == 200
    assert "2,Bo,<mark>soon</mark>,2" in page.text
    assert "3,Cy" not in page.text
    assert "2 rows wait" in page.text


def test_a_failing_column_leads_to_its_row_in_step_4(pages, run):
    text = pages.get(address(run)).text
    found = re.search(r'href="([^"]+)#(convert-\d+)">mend “joined” by a rule', text)

    assert found is not None
    href, place = found.groups()
    step = pages.get(href).text
    assert "Type of joined" in step.split(f'id="{place}"')[1].split("</td>")[0]
    assert "Type of points" not in step


def test_a_run_that_rejected_nothing_says_so(pages):
    run = finished(make_active(), HEADER + "1,Ada,,1\n")

    assert "No row was rejected" in pages.get(address(run)).text


def test_rejected_rows_are_searched_and_those_taken_up_name_the_run(pages, run):
    repair = take_up(run, "identifier_missing")

    page = pages.get(address(run, "?standing=taken-up&search=cy"))

    assert "1 row with “cy”" in page.text
    assert f"by run {repair.id}" in page.text
    assert f'href="/runs/{run.id}"' in pages.get(f"/runs/{repair.id}").text


def test_rejected_rows_are_taken_away_safe_for_spreadsheets_and_as_they_are(pages):
    run = finished(make_active(), HEADER + "1,=Ada(),soon,1\n2,B,=now,2\n")

    text = pages.client.get(address(run, "/download")).get_data(as_text=True)
    plain = pages.client.get(address(run, "/download?format=ndjson")).get_data(as_text=True)

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["line"], row["value"], row["raw"]) for row in rows] == [
        ("2", "soon", "1,=Ada(),soon,1"), ("3", "'=now", "2,B,=now,2"),
    ]  # fmt: skip
    assert [json.loads(line)["value"] for line in plain.splitlines()] == ["soon", "=now"]
    assert pages.get(address(run, "/download?format=exe")).status == 404


def test_all_rejects_are_taken_away_however_many(app, pages, monkeypatch):
    monkeypatch.setattr(queries, "_ROWS_A_FETCH", 2)
    run = finished(make_active(), SPOILED)

    text = pages.client.get(address(run, "/download?standing=waiting")).get_data(as_text=True)

    assert [row["line"] for row in csv.DictReader(io.StringIO(text))] == ["3", "4", "5", "6"]


def test_a_row_is_corrected_on_its_page_and_taken_up(pages, run):
    reject = reject_at(run, 3)
    form = pages.get(f"/rejects/{reject.id}/edit")
    page = pages.send(form, "/edit", **{"cell-2": "2021-01-31"})
    assert "1 of them corrected" in page.text

    started = pages.client.post(
        address(run, "/take-up"),
        data={"only-corrected": "yes", "csrf_token": pages._token()},
    )

    repair = carry_out(runs.find_run(int(started.location.rsplit("/", 1)[1])))
    assert repair.buckets["added"] == 1
    assert reject.given == {"id": "2", "name": "Bo", "joined": "2021-01-31", "points": "2"}


def test_a_row_that_is_still_wrong_is_not_saved(pages, run):
    form = pages.get(f"/rejects/{reject_at(run, 4).id}/edit")

    page = pages.send(form, "/edit", **{"cell-0": "3", "cell-3": "many"})

    assert page.status == 422
    assert "is not a number" in page.text
    assert reject_at(run, 4).given is None


def test_cells_of_a_record_that_is_no_row_are_read_as_well_as_can_be(pages, run):
    page = pages.get(f"/rejects/{reject_at(run, 6).id}/edit")

    assert 'value="Ed"' in page.text


def test_a_row_taken_up_meanwhile_is_not_corrected(pages, run):
    form = pages.get(f"/rejects/{reject_at(run, 3).id}/edit")
    take_up(run)

    page = pages.send(form, "/edit", **{"cell-2": ""})

    assert "taken this row up again" in page.text
    assert reject_at(run, 3).given is None


def test_a_value_is_corrected_in_all_rows_that_have_it(pages, run):
    form = pages.get(address(run, "/values?rule=not_date&column=joined"))

    page = pages.send(
        form,
        "column=joined",
        **{"replacements-0-new": "2020-01-01", "replacements-1-is_emptied": "y"},
    )

    assert "2 rows corrected" in page.text
    assert [reject_at(run, line).given for line in (3, 5)] == [
        {"joined": ""}, {"joined": "2020-01-01"},
    ]  # fmt: skip


def test_a_new_value_that_does_not_fit_is_refused_beside_it(pages, run):
    form = pages.get(address(run, "/values?rule=not_date&column=joined"))

    page = pages.send(form, "column=joined", **{"replacements-0-new": "never"})
    nothing = pages.send(form, "column=joined")

    assert page.status == nothing.status == 422
    assert "is not a date" in page.text
    assert "Enter a new value" in nothing.text
    assert queries.standing(run.id).corrected == 0


def test_taking_up_twice_or_with_nothing_left_says_why(pages, run):
    page = pages.get(address(run))
    services.start_repair(run_id=run.id, chosen=services.Chosen("not_date"), now=NOW)

    busy = pages.send(page, "/take-up")
    carry_out(runs.find_run(run.id + 1))
    none = pages.post(address(run, "/take-up"), rule="not_date")

    assert "under way" in busy.text
    assert "None of these rows waits" in none.text


def test_rows_of_an_undone_run_say_why_they_cannot_be_taken_up(pages, run):
    carry_out(run_services.start_undo(run_id=run.id, now=NOW))

    page = pages.get(address(run))

    assert "The run was undone" in page.text
    assert "take-up" not in page.text
    assert "was undone" in pages.get(f"/rejects/{reject_at(run, 3).id}/edit").text


def test_a_viewer_looks_and_downloads_but_changes_nothing(app, viewer, run):
    pages = Pages(app, viewer.email, PASSWORD)
    reject = reject_at(run, 3)

    page = pages.get(address(run))

    assert page.status == 200
    assert "take-up" not in page.text
    assert pages.client.get(address(run, "/download")).status_code == 200
    assert pages.get(f"/rejects/{reject.id}/edit").status == 403
    assert pages.get(address(run, "/values?rule=not_date&column=joined")).status == 403
    assert pages.post(address(run, "/take-up")).status == 403


def test_what_is_not_there_is_a_page_not_found(pages):
    assert pages.get("/runs/9/rejects").status == 404
    assert pages.get("/runs/9/rejects/download").status == 404
    assert pages.get("/rejects/9/edit").status == 404


def test_a_cell_over_several_lines_stays_as_it_is_unless_it_is_changed(pages):
    dataflow = make_active()
    run = finished(dataflow, HEADER + '1,"two\r\nlines",soon,1\r\n')
    form = pages.get(f"/rejects/{reject_at(run, 2).id}/edit")

    pages.send(form, "/edit", **{"cell-1": "two\r\nlines", "cell-2": ""})

    assert reject_at(run, 2).given["name"] == "two\r\nlines"
    take_up(run)
    assert stored(dataflow)[0]["joined"] == ""
