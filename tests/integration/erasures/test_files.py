"""Stored files of every format: what is cut out, what is forgotten, what is known again."""

import io

import pytest
from sqlalchemy import select

from app import clock
from app.dataflows.reject_limits import RejectLimit
from app.erasures import stored as storing
from app.erasures.models import ErasureStatus
from app.extensions import db
from app.quarantine import services as quarantine
from app.quarantine.services import Chosen
from app.receiving import Body
from app.retention import services as retention
from app.runs import queries as runs
from app.runs import services
from app.runs.models import Reject, RunKind, RunStatus
from app.streams import queries as streams
from app.streams.models import FileKind, StreamFile
from app.streams.services import Address, PartConflict, receive_part
from app.suppressions import services as suppressions
from tests.conftest import NOW
from tests.factories import make_active, make_file, make_mapped
from tests.integration.erasures import everywhere
from tests.integration.erasures.everywhere import HEAD, JSON, MARKER, NAME, NDJSON, OTHER, ROWS
from tests.integration.quarantine.taking_up import take_up
from tests.integration.runs.adding import activated
from tests.integration.runs.carrying_out import carry_out, finished, rejects_of, rows_of, send

CSV, THEIRS = HEAD + ROWS, NDJSON.splitlines()[1]


def stored(run) -> bytes:
    return streams.source_of(run.stream_file_id).open().read()


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (CSV, CSV.replace(f"{MARKER},{NAME},2", "")),
        (
            CSV.replace("\n", "\r\n").replace(NAME, f'"{NAME}\r\n2"'),
            CSV.replace("\n", "\r\n").replace(f"{MARKER},{NAME},2", "\r\n"),
        ),
        (NDJSON, NDJSON.replace(THEIRS, "")),
        (JSON, JSON.replace(THEIRS, "null").replace("}, ", "},\n").replace("null, ", "null,\n")),
    ],
    ids=["csv", "csv of two lines", "ndjson", "json"],
)
def test_a_record_is_cut_out_and_all_others_keep_their_bytes(app, queue, content, left):
    dataflow = make_active(content)
    run = finished(dataflow, content)
    sent = db.session.get_one(StreamFile, run.stream_file_id)
    digest, size = sent.sha256, sent.size

    erasure = everywhere.erased(app, queue)

    assert (erasure.status, erasure.left) == (ErasureStatus.DONE, [])
    assert stored(run).decode() == left
    file = db.session.get_one(StreamFile, run.stream_file_id)
    assert (file.sha256, file.size) == (digest, size)
    assert file.erased_at is not None
    assert runs.find_run(run.id).received_count == 3
    assert everywhere.places_with(app, MARKER, NAME) == []


def test_a_workbook_that_was_taken_in_is_forgotten_whole(app, queue):
    dataflow = make_active(everywhere.make_workbook())
    run = finished(dataflow, everywhere.make_workbook())

    erasure = everywhere.erased(app, queue)

    assert (erasure.status, erasure.left) == (ErasureStatus.DONE, [])
    assert erasure.counts["files_forgotten"] == 2
    assert not streams.has_bytes(run.stream_file_id)
    assert [row["id"] for row in rows_of(dataflow)] == [OTHER]
    assert everywhere.places_with(app, MARKER, NAME) == []


def test_a_workbook_that_no_run_has_taken_in_stays_and_the_report_says_why(app, queue):
    dataflow = make_active(everywhere.make_workbook())
    waiting = make_file(dataflow, everywhere.make_workbook(), FileKind.PRODUCTION, "more.xlsx")

    erasure = everywhere.erased(app, queue)

    assert [(each["what"], each["why"]) for each in erasure.left] == [
        ("more.xlsx", storing.NOT_TAKEN_IN)
    ]
    assert erasure.status is ErasureStatus.DONE
    assert not erasure.is_clean
    assert streams.has_bytes(waiting.id)


def test_a_file_that_cannot_be_read_is_told_of(app, queue):
    dataflow = make_active(CSV)
    make_file(dataflow, everywhere.make_workbook(), FileKind.PRODUCTION, "odd.xlsx")

    erasure = everywhere.erased(app, queue)

    assert [(each["what"], each["why"]) for each in erasure.left] == [
        ("odd.xlsx", storing.UNREADABLE)
    ]


def test_a_file_in_parts_is_cut_and_each_part_known_again(app, queue):
    dataflow = make_active(CSV)
    half = len(CSV) // 2
    parts = [(1, None, CSV[:half]), (2, 2, CSV[half:])]
    for part in parts:
        file = send_part(dataflow, *part)
    run = carry_out(services.start_run(dataflow_id=dataflow.id, now=NOW))

    everywhere.erased(app, queue)

    assert stored(run).decode() == CSV.replace(f"{MARKER},{NAME},2", "")
    assert [send_part(dataflow, *part).id for part in parts] == [file.id, file.id]
    with pytest.raises(PartConflict):
        send_part(dataflow, 2, 2, CSV)


def send_part(dataflow, number, total, text):
    return receive_part(
        address=Address(dataflow.stream_pk, FileKind.PRODUCTION, "in-parts", number, total),
        body=Body(io.BytesIO(text.encode())),
        checker=None,
        limit=10_000,
        now=NOW,
    )


def test_the_same_file_sent_again_brings_nobody_back(app, queue):
    dataflow = make_active(CSV)
    finished(dataflow, CSV)
    everywhere.erased(app, queue)

    run = finished(dataflow, CSV)

    assert (run.received_count, run.rejected_count, run.same_count) == (3, 1, 2)
    assert run.is_accounted_for
    assert rejects_of(run) == [(3, "erased_person")]
    reject = db.session.scalars(select(Reject).where(Reject.run_id == run.id)).one()
    assert (reject.raw, reject.value, reject.column, reject.given) == ("", None, None, None)
    assert MARKER not in {row["id"] for row in rows_of(dataflow)}


def test_a_person_may_come_back_once_that_is_said(app, queue):
    dataflow = make_active(CSV)
    everywhere.erased(app, queue)

    suppressions.lift(identifier=MARKER, user_id=None, now=NOW)
    run = finished(dataflow, CSV)

    assert run.rejected_count == 0
    assert MARKER in {row["id"] for row in rows_of(dataflow)}


def test_rows_of_erased_people_break_no_limit_of_rejected_rows(app, queue):
    dataflow = make_mapped(CSV)
    dataflow.reject_limit = RejectLimit(count=0)
    dataflow = activated(dataflow)
    everywhere.erased(app, queue)

    assert finished(dataflow, CSV).rejected_count == 1


def test_an_undo_does_not_bring_an_erased_person_back(app, queue):
    dataflow = make_active(CSV)
    finished(dataflow, CSV)
    second = finished(dataflow, CSV.replace(",2\n", ",7\n"))
    everywhere.erased(app, queue)

    undo = carry_out(services.start_undo(run_id=second.id, now=NOW))

    assert (undo.kind, undo.failure) == (RunKind.UNDO, None)
    assert {row["id"] for row in rows_of(dataflow)} == {OTHER, "third-person-3"}


def test_other_rejected_rows_are_taken_up_though_one_was_erased(app, queue):
    dataflow = make_active(CSV)
    bad = CSV.replace(",1\n", ",x\n").replace(",2\n", ",y\n")
    rejected = finished(dataflow, bad)
    everywhere.erased(app, queue)

    repair = take_up(rejected)

    assert (repair.received_count, repair.rejected_count) == (1, 1)
    assert rejects_of(rejected) == [(2, "not_integer"), (3, "erased_person")]


def test_pages_say_of_an_emptied_row_and_its_file_what_happened(app, queue, pages):
    run = finished(make_active(CSV), CSV.replace(",2\n", ",y\n"))
    reject = db.session.scalars(select(Reject).where(Reject.run_id == run.id)).one()

    everywhere.erased(app, queue)

    assert "A person was erased from it on" in pages.get(f"/runs/{run.id}").text
    listed = pages.get(f"/runs/{run.id}/rejects").text
    assert "The row is of a person who was erased." in listed
    assert f"/rejects/{reject.id}" not in listed
    assert "nothing of it is kept" in pages.get(f"/rejects/{reject.id}/edit").text


def test_a_short_number_is_erased_and_nothing_that_looks_like_it(app, queue):
    content = "id,name,points\n7,Ada,1\n1,Bob,7\n17,Eve,2\n"
    dataflow = make_active(content)
    run = finished(dataflow, content.replace("7,Ada", "007,Ada"))

    erasure = everywhere.go_on(app, everywhere.ask("7"))
    everywhere.do_the_rest(queue)
    erasure = everywhere.go_on(app, erasure)

    assert (erasure.status, erasure.left) == (ErasureStatus.DONE, [])
    assert stored(run).decode() == "id,name,points\n\n1,Bob,7\n17,Eve,2\n"
    assert sorted(row["id"] for row in rows_of(dataflow)) == ["1", "17"]


def test_a_run_that_began_before_is_waited_for(app, queue):
    dataflow = make_active(CSV)
    run = send(dataflow, CSV)
    run.status, run.started_at = RunStatus.RUNNING, clock.now()
    db.session.commit()

    erasure = everywhere.go_on(app, everywhere.ask())

    assert erasure.status is ErasureStatus.WAITING
    assert erasure.waits_for == f"It waits for run {run.id} to end, which began before."


def test_a_repair_that_waits_takes_the_others_though_one_of_its_rows_was_erased(app, queue):
    dataflow = make_active(CSV)
    rejected = finished(dataflow, CSV.replace(",1\n", ",x\n").replace(",2\n", ",y\n"))
    repair = quarantine.start_repair(run_id=rejected.id, chosen=Chosen(), now=NOW)
    everywhere.erased(app, queue)

    done = carry_out(repair)

    assert (done.status, done.received_count) == (RunStatus.FINISHED, 1)
    assert rejects_of(done) == [(2, "not_integer")]


def test_what_was_given_for_a_row_of_an_erased_person_goes_with_it(app, queue):
    dataflow = make_active(CSV)
    run = finished(dataflow, CSV.replace(f"{OTHER},Ada,1", "somebody-else,Ada,x"))
    reject = db.session.scalars(select(Reject).where(Reject.run_id == run.id)).one()
    given = {"id": MARKER, "name": NAME, "points": "1"}
    quarantine.correct(reject_id=reject.id, given=given)

    erasure = everywhere.erased(app, queue)

    assert erasure.is_clean
    db.session.refresh(reject)
    assert (reject.rule, reject.given, reject.raw) == ("erased_person", None, "")
    assert everywhere.places_with(app, MARKER, NAME) == []


def test_rejected_rows_whose_file_is_gone_are_told_by_their_text(app, queue):
    dataflow = make_active(CSV)
    run = finished(dataflow, CSV.replace(",1\n", ",x\n").replace(",2\n", ",y\n"))
    retention.forget_files(older_than=NOW - NOW, now=clock.now())
    assert not streams.has_bytes(run.stream_file_id)

    erasure = everywhere.erased(app, queue)

    assert erasure.counts["rejects"] == 1
    assert rejects_of(run) == [(2, "not_integer"), (3, "erased_person")]
    assert everywhere.places_with(app, MARKER, NAME) == []
