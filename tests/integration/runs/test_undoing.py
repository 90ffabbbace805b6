"""Taking runs back: what they did goes, what was done since stays, and it can be taken back too."""

import pytest

from app.lake.buckets import Bucket
from app.lake.write_modes import WriteMode
from app.quarantine import services as quarantine
from app.runs import queries, services
from app.runs.models import RunKind, RunStatus
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active
from tests.integration.quarantine.taking_up import reject_at, take_up
from tests.integration.runs.carrying_out import carry_out, finished, rows_of, send

VISITS = "name,points\nAda,1\nBo,2\nCy,3\n"
CHANGED = "id,name,joined,points\n1,Ada L,2020-02-29,1.50\n4,Dee,2021-01-31,4\n"


def undone(run):
    return carry_out(services.start_undo(run_id=run.id, now=NOW))


def names(dataflow) -> list[str]:
    return sorted(row["name"] for row in rows_of(dataflow))


def test_what_a_run_added_and_changed_is_as_it_was(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    before = rows_of(dataflow)
    run = finished(dataflow, CHANGED)

    undo = undone(run)

    assert sorted(rows_of(dataflow), key=str) == sorted(before, key=str)
    assert (undo.kind, undo.status) == (RunKind.UNDO, RunStatus.FINISHED)
    assert undo.buckets == {"added": 0, "changed": 1, "removed": 1, "kept": 0}
    assert queries.find_run(run.id).undone_by_run_id == undo.id


def test_what_a_run_that_replaced_the_dataset_removed_comes_back(app):
    dataflow = make_active(write_mode=WriteMode.OVERWRITE)
    finished(dataflow, PEOPLE_CSV)
    before = rows_of(dataflow)
    run = finished(dataflow, CHANGED)
    assert names(dataflow) == ["Ada L", "Dee"]

    undone(run)

    assert sorted(rows_of(dataflow), key=str) == sorted(before, key=str)


def test_rows_changed_by_later_runs_are_kept_and_listed(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    run = finished(dataflow, CHANGED)
    finished(dataflow, CHANGED.replace("Dee", "Dora"))

    undo = undone(run)

    assert names(dataflow) == ["'=Eve", "Ada", "Dora", "Łukasz"]
    (kept,) = queries.list_rows(undo, Bucket.KEPT, 1)
    assert (kept["before"]["name"], kept["after"]["name"]) == ("Dee", "Dora")


def test_an_undo_is_undone_and_the_run_holds_again(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    run = finished(dataflow, CHANGED)
    after = rows_of(dataflow)
    undo = undone(run)

    again = undone(undo)

    assert sorted(rows_of(dataflow), key=str) == sorted(after, key=str)
    assert queries.find_run(undo.id).undone_by_run_id == again.id
    assert queries.find_run(run.id).undone_by_run_id is None
    assert queries.find_run(run.id).can_be_undone


def test_rows_without_a_key_are_taken_out_and_put_back(app):
    dataflow = make_active(identifier=None)
    finished(dataflow, PEOPLE_CSV)
    run = finished(dataflow, PEOPLE_CSV.replace("Ada", "Ida"))
    assert len(rows_of(dataflow)) == 6

    undo = undone(run)
    assert len(rows_of(dataflow)) == 3

    undone(undo)
    assert len(rows_of(dataflow)) == 6


def test_xml_rows_on_one_line_without_a_key_are_taken_out_and_put_back_one_by_one(app):
    one_line = "<r>" + "".join(f"<e><name>n{n}</name><points>{n}</points></e>" for n in range(4))
    dataflow = make_active(f"{one_line}</r>", identifier=None)
    run = finished(dataflow, f"{one_line}</r>")
    before = names(dataflow)

    undo = undone(run)
    assert (undo.buckets["removed"], names(dataflow)) == (4, [])

    undone(undo)
    assert names(dataflow) == before


def test_a_run_is_undone_once(app):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    undone(run)

    with pytest.raises(services.NothingToUndo):
        services.start_undo(run_id=run.id, now=NOW)


def test_nothing_is_undone_while_a_run_is_under_way(app):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    send(dataflow, CHANGED)

    with pytest.raises(services.RunAlreadyActive):
        services.start_undo(run_id=run.id, now=NOW)


def test_a_run_no_longer_on_record_is_not_undone(app):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    queries.journal_of(run).unlink()

    with pytest.raises(services.NothingToUndo):
        services.start_undo(run_id=run.id, now=NOW)


def test_an_undo_whose_run_is_forgotten_while_it_waits_says_so(app):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    undo = services.start_undo(run_id=run.id, now=NOW)
    queries.journal_of(run).unlink()

    undo = carry_out(undo)

    assert (undo.status, undo.failure) == (
        RunStatus.FAILED,
        f"What run {run.id} did is no longer on record, so it cannot be taken back. "
        "Nothing was done.",
    )
    assert len(rows_of(dataflow)) == 3


def test_the_page_asks_undoes_and_shows_both_runs(app, pages, queue):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)

    asked = pages.post(f"/runs/{run.id}/undo")
    assert "3 rows it added would go" in asked.text
    done = pages.send(asked, f"/runs/{run.id}/undo")

    assert done.path == f"/runs/{run.id + 1}"
    carry_out(queries.find_run(run.id + 1))
    assert f'href="/runs/{run.id}"' in pages.get(done.path).text
    assert "taken back" in pages.get(f"/runs/{run.id}").text
    assert rows_of(dataflow) == []
    listed = pages.get(f"/dataflows/{dataflow.id}").text
    assert f'<a href="/runs/{run.id + 1}/rows/removed">3 rows removed</a>' in listed


def test_what_an_undo_left_alone_is_taken_back_once_nobody_else_has_written_it(app, pages):
    dataflow = make_active()
    first, second = finished(dataflow, PEOPLE_CSV), finished(dataflow, CHANGED)
    undo = undone(first)
    assert (undo.removed_count, undo.kept_count) == (2, 1)
    undone(second)
    assert names(dataflow) == ["Ada"]
    page = pages.get(f"/runs/{first.id}").text
    assert "It left 1 row alone" in page
    assert "Undo this run" in page

    again = undone(queries.find_run(first.id))

    assert names(dataflow) == []
    assert (again.removed_count, again.kept_count) == (1, 0)
    assert not queries.find_run(first.id).can_be_undone


def test_a_run_undone_in_two_steps_holds_again_step_by_step(app):
    dataflow = make_active()
    first = finished(dataflow, PEOPLE_CSV)
    before, second = names(dataflow), finished(dataflow, CHANGED)
    in_part = undone(first)
    undone(second)
    rest = undone(queries.find_run(first.id))

    undone(rest)
    assert names(dataflow) == ["Ada"]
    assert queries.find_run(first.id).undone_by_run_id == in_part.id

    undone(queries.find_run(in_part.id))
    assert names(dataflow) == before
    assert queries.find_run(first.id).undone_by_run_id is None


def test_a_run_is_not_undone_before_what_was_taken_up_again_of_it(app, pages):
    dataflow = make_active(VISITS, identifier=None)
    run = finished(dataflow, VISITS.replace("2", "few"))
    quarantine.correct(reject_id=reject_at(run, 3).id, given={"name": "Bo", "points": "2"})
    repair = take_up(run)

    with pytest.raises(services.RepairsHold):
        services.start_undo(run_id=run.id, now=NOW)
    answer = pages.post(f"/runs/{run.id}/undo", confirmed="yes").text
    assert f"Run {repair.id} took rows of this one up again." in answer

    undone(repair)
    undone(run)
    assert rows_of(dataflow) == []
