"""A corrected row gives way to whatever is newer, also where that changed nothing when it came."""

from app.quarantine import services
from app.runs import services as runs
from tests.conftest import NOW
from tests.factories import make_active
from tests.integration.quarantine.taking_up import HEADER, reject_at, stored, take_up
from tests.integration.runs.carrying_out import carry_out, finished


def given(name: str) -> dict[str, str | None]:
    return {"id": "1", "name": name, "joined": "", "points": "1"}


def test_a_row_gives_way_to_a_later_line_that_changed_nothing(app):
    dataflow = make_active()
    finished(dataflow, HEADER + "1,Ada,,1\n")
    run = finished(dataflow, HEADER + "1,Old,soon,1\n1,Ada,,1\n")
    services.correct(reject_id=reject_at(run, 2).id, given=given("Old"))

    repair = take_up(run)

    assert repair.buckets["superseded"] == 1
    assert [row["name"] for row in stored(dataflow)] == ["Ada"]


def test_a_row_gives_way_to_a_later_file_that_changed_nothing(app):
    dataflow = make_active()
    finished(dataflow, HEADER + "1,Ada,,1\n")
    run = finished(dataflow, HEADER + "1,Old,soon,1\n")
    later = finished(dataflow, HEADER + "1,Ada,,1\n2,Bo,,2\n")
    services.correct(reject_id=reject_at(run, 2).id, given=given("Old"))

    repair = take_up(run)

    assert later.buckets["same"] == 1
    assert repair.buckets["superseded"] == 1
    assert [row["name"] for row in stored(dataflow)] == ["Ada", "Bo"]


def test_a_row_does_not_give_way_to_a_file_that_was_undone(app):
    dataflow = make_active()
    finished(dataflow, HEADER + "1,Ada,,1\n")
    run = finished(dataflow, HEADER + "1,Old,soon,1\n")
    later = finished(dataflow, HEADER + "1,Ada,,1\n2,Bo,,2\n")
    carry_out(runs.start_undo(run_id=later.id, now=NOW))
    services.correct(reject_id=reject_at(run, 2).id, given=given("Old"))

    take_up(run)

    assert [row["name"] for row in stored(dataflow)] == ["Old"]
