"""Rows that two repairs took, one of the other's rejects: undoing either loses none of them."""

import pytest

from app.quarantine import queries, services
from app.runs import services as runs
from app.runs.services import RepairsHold
from tests.conftest import NOW
from tests.factories import make_active
from tests.integration.quarantine.taking_up import HEADER, reject_at, stored, take_up
from tests.integration.runs.carrying_out import carry_out, finished

SPOILED = HEADER + "1,Ada,soon,1\n2,Bo,later,2\n"


def corrected(run, line, name):
    """Give a row of a run a date that it can have."""
    given = {"id": str(line - 1), "name": name, "joined": "", "points": "1"}
    services.correct(reject_id=reject_at(run, line).id, given=given)


def undone(run):
    return carry_out(runs.start_undo(run_id=run.id, now=NOW))


def names(dataflow):
    return [row["name"] for row in stored(dataflow)]


def test_a_row_waits_again_though_another_of_its_repair_is_held_by_a_later_one(app):
    dataflow = make_active()
    run = finished(dataflow, SPOILED)
    corrected(run, 2, "Ada")
    first = take_up(run)
    corrected(first, 3, "Bo")
    finished(dataflow, HEADER + "2,Newer,,5\n")
    second = take_up(first)
    assert (first.buckets["rejected"], second.buckets["superseded"]) == (1, 1)

    undone(first)

    assert names(dataflow) == ["Newer"]
    assert queries.standing(run.id).waiting == 1
    again = take_up(run)
    assert (again.received_count, again.buckets["added"]) == (1, 1)
    assert names(dataflow) == ["Ada", "Newer"]


def test_a_run_is_not_undone_while_what_its_repair_rejected_was_taken_up_and_holds(app):
    dataflow = make_active()
    run = finished(dataflow, HEADER + "0,Zoe,,0\n" + SPOILED.removeprefix(HEADER))
    first = take_up(run)
    corrected(first, 3, "Ada")
    second = take_up(first, only_corrected=True)
    assert (first.buckets["added"], second.buckets["added"]) == (0, 1)

    with pytest.raises(RepairsHold) as refused:
        runs.start_undo(run_id=run.id, now=NOW)
    assert refused.value.args == (second.id,)
    undone(second)
    undone(run)

    assert names(dataflow) == []
