"""Rejected rows of a file are read as the columns were then, whatever they became since."""

from sqlalchemy import select

from app.extensions import db
from app.quarantine import services as quarantine
from app.runs import differing, services
from app.runs.models import Reject, RunStatus
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV
from tests.integration.runs.adding import WITH_CITY, make_adding
from tests.integration.runs.carrying_out import carry_out, finished, rows_of


def reject_of(run) -> Reject:
    return db.session.scalars(select(Reject).where(Reject.run_id == run.id)).one()


def renamed_since(dataflow) -> None:
    """Let the dataflow read “Points” in the place of “points” from now on."""
    stopped = finished(dataflow, PEOPLE_CSV.replace("points", "Points"))
    rename = differing.rename_at(stopped, 1)
    services.take_rename(run_id=stopped.id, rename=rename, by="ada@example.com", now=NOW)


def test_they_are_taken_up_with_all_their_values(app, pages):
    dataflow = make_adding()
    run = finished(dataflow, PEOPLE_CSV + "x,Nina,2020-01-01,7.5\n")
    reject = reject_of(run)
    renamed_since(dataflow)
    page = pages.get(f"/rejects/{reject.id}/edit")
    assert 'value="7.5"' in page.text

    quarantine.correct(
        reject_id=reject.id,
        given={"id": "9", "name": "Nina", "joined": "2020-01-01", "points": "7.5"},
    )
    repair = carry_out(quarantine.start_repair(run_id=run.id, chosen=quarantine.Chosen(), now=NOW))

    assert repair.status is RunStatus.FINISHED, repair.failure
    assert {row["id"]: row["points"] for row in rows_of(dataflow)}["9"] == "7.5"


def test_they_are_taken_up_without_the_columns_that_came_up_later(app):
    dataflow = make_adding()
    run = finished(dataflow, PEOPLE_CSV + "x,Nina,2020-01-01,7.5\n")
    assert finished(dataflow, WITH_CITY).status is RunStatus.FINISHED
    quarantine.correct(
        reject_id=reject_of(run).id,
        given={"id": "9", "name": "Nina", "joined": "2020-01-01", "points": "7.5"},
    )

    repair = carry_out(quarantine.start_repair(run_id=run.id, chosen=quarantine.Chosen(), now=NOW))

    assert repair.status is RunStatus.FINISHED, repair.failure
    assert {row["id"]: row["city"] for row in rows_of(dataflow)} == {
        "1": "Turin", "2": "Gdańsk", "3": "", "9": "",
    }  # fmt: skip
