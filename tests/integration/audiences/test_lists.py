"""Kept lists: whom their values mean, how they change, who asks for them, who never comes back."""

import io
from datetime import timedelta

import openpyxl
import pytest

from app import storage
from app.audiences import changes, explanations, queries
from app.audiences.evaluation import services as evaluation
from app.audiences.lists import services as lists
from app.audiences.lists.models import IntakeStatus
from app.audiences.models import AudienceStatus
from app.audiences.tree import reading
from app.extensions import db
from app.lake import engine
from app.queue import JobName
from app.suppressions import services as suppressions
from tests.conftest import NOW
from tests.integration.audiences.listing import change, make_list, stored_files
from tests.integration.audiences.making import (
    evaluate,
    fresh,
    make_audience,
    make_events,
    make_people,
    member_ids,
)
from tests.integration.people.test_identifiers import make_members

LATER = NOW + timedelta(hours=1)
FOUR = "id,name\n1,Ada\n2,Bob\n3,Eve\n007,Ivy\n"


def counts(intake):
    return intake.taken_count, intake.unknown_count, intake.ambiguous_count


def members(intake):
    return member_ids(fresh(intake.audience))


def moves(intake):
    rows = queries.list_changes(intake.audience)
    return sorted((row["sequence"], row["person_id"], row["membership"]) for row in rows)


def test_those_known_are_taken_and_the_others_counted_and_named(app, queue):
    make_people(FOUR)

    intake = make_list("id\n1\n 2 \n2\n\n99\n7\n007\n")

    assert members(intake) == ["1", "2", "007"]
    assert counts(intake) == (3, 2, 0)
    assert intake.unknown == ["7", "99"]
    assert intake.row_count == 6
    audience = fresh(intake.audience)
    assert (audience.status, audience.member_count) == (AudienceStatus.EVALUATED, 3)
    assert (JobName.SYNC_AUDIENCE, {"audience_id": audience.id}) in queue.jobs
    assert stored_files() == []


@pytest.mark.parametrize(
    "content",
    [
        "1\n2\n007\n",
        "id\r\n1\r\n2\r\n007",
        "\ufeffid\n1\n2\n007\n".encode(),
        "id\n1\n2\n007\n".encode("utf-16"),
        "who;id;since\nx;1;2026\ny;2;2026\nz;007;2026\n",
        "who\tid\nx\t1\ny\t2\nz\t007\n",
        '[{"who": "x", "id": "1"}, {"who": "y", "id": "2"}, {"who": "z", "id": "007"}]',
        '"id","note"\n"1","a, b"\n"2","c"\n"007",""\n',
    ],
)
def test_a_list_is_read_however_it_is_written(app, content):
    make_people(FOUR)

    assert members(make_list(content)) == ["1", "2", "007"]


def test_a_workbook_keeps_its_leading_zeros(app):
    make_people(FOUR)
    book = openpyxl.Workbook()
    for row in (["note", "id"], ["x", "007"], ["y", "1"]):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)

    assert members(make_list(target.getvalue())) == ["1", "007"]


def test_a_first_line_that_is_an_identifier_is_not_lost_as_a_header(app):
    make_people("id,name\nada,Ada\n1,Bob\n2,Eve\n3,Ivy\n")

    intake = make_list("ada\n1\n2\n")

    assert members(intake) == ["1", "2", "ada"]
    assert intake.unknown_count == 0


def test_people_by_events_alone_are_known(app):
    make_events(app, ("web-1", "visit", {}))

    assert members(make_list("web-1\nweb-2\n")) == ["web-1"]


def test_a_further_identifier_takes_whom_it_means_alone(app):
    make_members()

    by_mail = make_list(
        "mail\nADA@example.COM\nbob@example.com\nno@example.com\n", identifier="email"
    )
    by_number = make_list("nr\n1001\n01002\n1003\n1002\n", identifier="number", name="Numbers")

    assert members(by_mail) == ["ada"]
    assert (counts(by_mail), by_mail.ambiguous) == ((1, 1, 1), ["bob@example.com"])
    assert members(by_number) == ["ada", "bob"]
    assert (counts(by_number), by_number.ambiguous) == ((2, 1, 1), ["1003"])
    assert by_number.unknown == ["01002"]


def test_the_column_is_guessed_by_its_values_and_another_may_be_chosen(app):
    make_people(FOUR)
    content = "id,customer\nx,1\ny,2\n"

    guessed = make_list(content)
    chosen = make_list(content, column="id", name="Other")

    assert (guessed.column, members(guessed)) == ("customer", ["1", "2"])
    assert (chosen.column, members(chosen), chosen.unknown_count) == ("id", [], 2)


def test_files_replace_add_and_remove_with_net_changes_in_the_log(app):
    make_people(FOUR)
    intake = make_list("1\n2\n")

    added = change(intake, "add", "2\n3\n")
    removed = change(intake, "remove", "1\n007\n")
    replaced = change(intake, "replace", "3\n007\n")

    assert [(each.entered_count, each.exited_count) for each in (added, removed, replaced)] == [
        (1, 0),
        (0, 1),
        (1, 1),
    ]
    assert members(intake) == ["3", "007"]
    assert moves(intake) == [
        (1, "1", True),
        (2, "2", True),
        (3, "3", True),
        (4, "1", False),
        (5, "2", False),
        (6, "007", True),
    ]


def test_a_large_file_waits_for_a_worker_and_one_killed_does_no_harm(app, queue):
    make_people(FOUR)
    intake = make_list("1\n2\n", at_once=False)
    rung = queue.jobs[-1]
    assert (intake.status, members(intake)) == (IntakeStatus.QUEUED, [])
    # A worker that was killed after it recorded, before it said so.
    intake.status, intake.claimed_at = IntakeStatus.WORKING, NOW
    db.session.commit()
    with storage.lake().writer_lock(changes.TABLE), engine.connection() as session:
        session.execute("CREATE TEMP TABLE m AS SELECT unnest(['1', '2']) AS person_id")
        changes.record(session, storage.lake(), intake.audience.public_id, "m", NOW)

    lists.take_in_list(intake_id=intake.id, stalled_after=timedelta(minutes=1), clock=lambda: NOW)
    still = fresh(intake.audience).status
    lists.keep_lists_going(stalled_after=timedelta(minutes=1), now=LATER)
    lists.take_in_list(intake_id=intake.id, stalled_after=timedelta(minutes=1), clock=lambda: LATER)

    assert rung == (JobName.TAKE_IN_LIST, {"intake_id": intake.id})
    assert queue.jobs.count(rung) == 2
    assert still is AudienceStatus.QUEUED
    assert (members(intake), len(moves(intake))) == (["1", "2"], 2)
    assert fresh(intake.audience).member_count == 2


def test_one_file_at_a_time_is_taken_in(app):
    make_people(FOUR)
    intake = make_list("1\n", at_once=False)

    with pytest.raises(lists.IntakeUnderWay):
        change(intake, "add", "2\n")


def test_lists_are_never_evaluated(app, queue):
    make_people(FOUR)
    intake = make_list("1\n2\n")
    queue.jobs.clear()

    evaluation.keep_audiences_fresh(
        stalled_after=timedelta(minutes=1), step=timedelta(seconds=1), now=LATER
    )
    kept = list(queue.jobs)
    evaluation.refresh_audience(audience_id=intake.audience_id)
    evaluate(intake.audience, LATER)

    assert kept == []
    assert fresh(intake.audience).status is AudienceStatus.EVALUATED
    assert members(intake) == ["1", "2"]


def test_others_ask_for_a_list_and_follow_it(app):
    make_people(FOUR)
    intake = make_list("1\n2\n")
    public_id = intake.audience.public_id
    raw = {"all": [{"not_in": public_id}]}
    others = evaluate(make_audience(raw, "Others"))
    before = member_ids(others)
    counted = queries.count(reading.parsed(raw), zone="UTC", now=NOW).member_count

    change(intake, "add", "3\n")
    evaluation.keep_audiences_fresh(
        stalled_after=timedelta(minutes=1), step=timedelta(seconds=1), now=LATER
    )
    due = fresh(others).status
    after = member_ids(evaluate(others, LATER))

    assert (before, counted) == (["3", "007"], 2)
    assert due is AudienceStatus.QUEUED
    assert after == ["007"]
    assert queries.count(reading.parsed(raw), zone="UTC", now=LATER).member_count == 1


def test_why_somebody_is_on_a_list_is_explained(app):
    make_people(FOUR)
    audience = make_list("1\n").audience
    asking = evaluate(make_audience({"all": [{"in": audience.public_id}]}, "Asking"))

    own, out, asked = (
        explanations.explain(each, person, NOW)
        for each, person in ((audience, "1"), (audience, "2"), (asking, "1"))
    )

    assert [each.explanation.is_met for each in (own, out, asked)] == [True, False, True]
    told = own.explanation.root.members[0].evidence.found
    assert told == "They are on the list since 2026-11-23 12:00 UTC."


def test_an_erased_person_leaves_and_no_later_file_brings_them_back(app):
    make_people(FOUR)
    intake = make_list("1\n2\n")

    suppressions.suppress(person_id="1", anonymous_ids=[], now=NOW)
    evaluation.take_out(person_id="1", now=NOW)
    left = members(intake)
    again = change(intake, "add", "1\n3\n", now=LATER)

    assert left == ["2"]
    assert members(intake) == ["2", "3"]
    assert counts(again) == (1, 1, 0)
    assert again.unknown == []
