"""Any value of a dataset tells its run, file, line, time and what was there before."""

import html
import json
import re

from app import storage
from app.dataflows import services as dataflows
from app.dataflows.definition import DriftPolicy
from app.datasets import rows
from app.runs import services
from app.schemas import queries as schemas
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active
from tests.integration.runs.carrying_out import carry_out, finished, rows_of, table_of

ADA = "id,name,joined,points\n9,Nina,,\n1,Ada L,2020-02-29,1.50\n"
PEOPLE = [{"id": 1, "name": "Ada", "points": 1}, {"id": 2, "name": "Bo", "points": 2}]


def forget(dataflow, run):
    """Forget what a run did to which rows, as happens with time."""
    storage.lake().journal(table_of(dataflow), run.id).unlink()


def page_of(dataflow, key="1"):
    schema = schemas.find_schema(dataflow.schema_id)
    return rows.find_row(schema, rows.identity_of(schema, key, None, None))


def cells_of(dataflow, key="1"):
    return {cell.name: cell for cell in page_of(dataflow, key).cells}


def test_each_value_tells_the_run_file_and_line_that_brought_it(app):
    dataflow = make_active()
    first = finished(dataflow, PEOPLE_CSV)
    second = finished(dataflow, ADA)

    cells = cells_of(dataflow)

    name, joined = cells["name"], cells["joined"]
    assert (name.value, name.before, name.run.id, name.line) == ("Ada L", "Ada", second.id, 3)
    assert (joined.value, joined.before, joined.run.id, joined.line) == (
        "2020-02-29",
        None,
        first.id,
        2,
    )
    assert name.of_run.stream_file.original_name == "people.csv"
    assert [step.run.id for step in page_of(dataflow).steps] == [second.id, first.id]


def test_a_value_brought_back_is_of_the_run_that_first_had_it(app):
    dataflow = make_active()
    first = finished(dataflow, PEOPLE_CSV)
    second = finished(dataflow, ADA)
    undo = carry_out(services.start_undo(run_id=second.id, now=NOW))

    name = cells_of(dataflow)["name"]

    assert (name.value, name.before) == ("Ada", "Ada L")
    assert (name.run.id, name.of_run.id, name.line) == (undo.id, first.id, 2)


def test_a_column_added_since_is_not_said_to_come_from_an_older_file(app, pages):
    dataflow = make_active()
    dataflow.drift_policy = DriftPolicy.ADD
    dataflows.activate(dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW)
    first = finished(dataflow, PEOPLE_CSV)
    second = finished(dataflow, "id,name,joined,points,city\n1,Ada,2020-02-29,1.50,Oslo\n")

    old, new = cells_of(dataflow, "2"), cells_of(dataflow, "1")

    assert (old["name"].run.id, old["name"].was_filled) == (first.id, True)
    assert (old["city"].value, old["city"].run, old["city"].was_filled) == ("", None, False)
    assert (new["city"].value, new["city"].run.id, new["city"].before) == ("Oslo", second.id, None)
    page = pages.get(f"/datasets/{dataflow.schema_id}/row?key=2").text
    assert page.count("Nothing has filled it yet") == 1


def test_an_empty_value_of_a_column_that_the_file_has_is_of_that_file(app):
    dataflow = make_active()
    run = finished(dataflow, "id,name,joined,points\n7,Eve,,2\n")

    joined = cells_of(dataflow, "7")["joined"]

    assert (joined.value, joined.run.id, joined.line, joined.was_filled) == ("", run.id, 2, True)


def test_a_row_whose_key_is_too_long_for_an_address_is_named_by_where_it_came_from(app, pages):
    key = "k" * 5_000
    dataflow = make_active("id,name\na,Ada\n")
    finished(dataflow, f"id,name\n{key},Ada\n")
    finished(dataflow, f"id,name\n{key},Eve\n")

    page = pages.get(f"/datasets/{dataflow.schema_id}")
    href = re.search(r'href="([^"]+/row[^"]*)"', page.text)[1]
    shown = pages.get(html.unescape(href))

    assert len(href) < 200
    assert shown.status == 200
    assert "Eve" in shown.text
    assert shown.text.count('<th scope="row"><a href="/runs/') == 2
    assert f"Row {key[:80]}" in shown.text
    assert f"Row {key[:81]}" not in shown.text


def test_a_row_that_is_gone_tells_what_became_of_it(app, pages):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    carry_out(services.start_undo(run_id=run.id, now=NOW))

    page = pages.get(f"/datasets/{dataflow.schema_id}/row?key=1")

    assert "no longer in the dataset" in page.text
    assert [step.bucket for step in page_of(dataflow).steps] == ["removed", "added"]


def test_rows_without_a_key_are_told_apart_by_run_and_line(app, pages):
    dataflow = make_active(identifier=None)
    run = finished(dataflow, PEOPLE_CSV + "1,Ada,2020-02-29,1.50\n")

    page = pages.get(f"/datasets/{dataflow.schema_id}/row?run={run.id}&line=5")

    assert "Line 5" in page.text
    assert "Ada" in page.text
    assert f"row?run={run.id}&amp;line=5" in pages.get(f"/datasets/{dataflow.schema_id}").text


def test_values_older_than_what_is_on_record_say_so_and_still_tell_run_and_file(app, pages):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    forget(dataflow, run)

    page = pages.get(f"/datasets/{dataflow.schema_id}/row?key=1")

    name = cells_of(dataflow)["name"]
    assert (name.run, name.of_run.id, name.line) == (None, run.id, 2)
    assert "Older than what is on record" in page.text
    assert "wrote this row last, from line 2 of people.csv." in page.text
    assert len(rows_of(dataflow)) == 3


def test_a_forgotten_run_that_changed_rows_is_not_said_to_have_written_every_value(app, pages):
    dataflow = make_active(json.dumps(PEOPLE))
    first = finished(dataflow, json.dumps(PEOPLE))
    second = finished(dataflow, '[{"id": 9, "name": "Nina"}, {"id": 1, "points": 7}]')
    forget(dataflow, first)
    assert cells_of(dataflow)["points"].line == 2
    assert cells_of(dataflow)["name"].of_run.id == first.id
    forget(dataflow, second)

    name = cells_of(dataflow)["name"]

    assert (name.value, name.run, name.of_run, name.line) == ("Ada", None, None, None)
    last = page_of(dataflow)
    assert (last.last_run.id, last.last_line) == (second.id, 2)


def test_a_value_is_not_of_an_old_run_where_what_was_done_since_is_no_longer_on_record(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    forgotten = finished(dataflow, PEOPLE_CSV.replace("Ada", "Ida"))
    last = finished(dataflow, PEOPLE_CSV.replace("Ada", "Ida").replace("1.50", "2.50"))
    forget(dataflow, forgotten)

    cells = cells_of(dataflow)

    assert (cells["name"].value, cells["name"].run, cells["name"].of_run) == ("Ida", None, None)
    assert (cells["points"].run.id, cells["points"].before) == (last.id, "1.5")
    assert page_of(dataflow).last_run is None


def test_what_no_row_has_is_not_found(app, pages):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)

    for asked in ("", "key=77", "key=x", "key=" + "9" * 40, "run=1&line=1"):
        assert pages.get(f"/datasets/{dataflow.schema_id}/row?{asked}").status == 404


def test_a_search_does_not_look_into_where_rows_come_from(app, pages):
    dataflow = make_active()
    run = finished(dataflow, "id,name,joined,points\na,Ada,,\n".replace("a,", "8,", 1))

    page = pages.get(f"/datasets/{dataflow.schema_id}?search={run.id}")

    assert "No row has that" in page.text
