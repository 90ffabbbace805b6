"""Any value of a dataset tells its run, file, line, time and what was there before."""

from app import storage
from app.datasets import rows
from app.runs import services
from app.schemas import queries as schemas
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active
from tests.integration.runs.carrying_out import carry_out, finished, rows_of, table_of

ADA = "id,name,joined,points\n9,Nina,,\n1,Ada L,2020-02-29,1.50\n"


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


def test_values_older_than_what_is_on_record_say_so(app, pages):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    storage.lake().journal(table_of(dataflow), run.id).unlink()

    page = pages.get(f"/datasets/{dataflow.schema_id}/row?key=1")

    assert "Older than what is on record" in page.text
    assert len(rows_of(dataflow)) == 3


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
