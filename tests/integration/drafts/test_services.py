"""Parsing a draft on a worker: progress, changes meanwhile, workers that die."""

from datetime import timedelta

import pytest

from app.dataflows import queries as dataflows
from app.dataflows import services as dataflow_services
from app.dataflows.models import ProfileStatus
from app.drafts import findings
from app.drafts import services as drafts
from app.extensions import db
from app.tabular.options import ParsingOptions
from tests.conftest import NOW
from tests.factories import LIMIT, make_dataflow, make_file

MINUTE = timedelta(minutes=1)
ROWS = "id,name\n" + "".join(f"{number},Ada\n" for number in range(20_000))


@pytest.fixture
def waiting(app, queue):
    """Return a dataflow whose draft waits for a worker."""
    dataflow = make_dataflow()
    file = make_file(dataflow, ROWS)
    return drafts.choose_draft(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        file_id=file.id,
        parse_up_to=0,
        now=NOW,
    )


def parse(dataflow, now=NOW, clock=None):
    drafts.profile_draft(
        dataflow_id=dataflow.id, stalled_after=MINUTE, clock=clock or (lambda: now)
    )


def fresh(dataflow):
    db.session.expire_all()
    found = dataflows.find_dataflow(dataflow.id)
    assert found is not None
    return found


def test_a_draft_that_waits_is_parsed_by_a_worker(waiting, queue):
    parse(waiting)

    assert queue.jobs[-1][0].name == "PROFILE_DRAFT"
    assert fresh(waiting).profile_status is ProfileStatus.DONE
    assert fresh(waiting).row_count == 20_000


def test_a_small_draft_with_very_many_columns_waits_for_a_worker_too(app, queue):
    dataflow = make_dataflow()
    names = ",".join(f"c{number}" for number in range(findings.MOST_COLUMNS_AT_ONCE + 1))
    ones = ",".join("1" * (findings.MOST_COLUMNS_AT_ONCE + 1))
    file = make_file(dataflow, f"{names}\n{ones}\n{ones}\n{ones}\n")

    dataflow = drafts.choose_draft(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        file_id=file.id,
        parse_up_to=LIMIT,
        now=NOW,
    )

    assert dataflow.profile_status is ProfileStatus.QUEUED
    assert queue.jobs[-1][0].name == "PROFILE_DRAFT"


def test_how_far_the_parsing_is_can_be_seen_meanwhile(waiting):
    moments = iter(NOW + timedelta(seconds=number) for number in range(1000))
    told = []
    real = findings.profile_of

    def watched(source, options, progress):
        def tell(bytes_read):
            progress(bytes_read)
            told.append(fresh(waiting).parsed_bytes)

        return real(source, options, tell)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(findings, "profile_of", watched)
        parse(waiting, clock=lambda: next(moments))

    assert told
    assert 0 < told[-1] <= len(ROWS)


def test_an_edit_while_a_worker_parses_is_kept_and_so_are_the_columns(waiting, monkeypatch):
    real = findings.profile_of

    def edited_meanwhile(*arguments, **named):
        found = real(*arguments, **named)
        dataflow = fresh(waiting)
        dataflow_services.save_general(
            dataflow_id=dataflow.id,
            version=dataflow.version,
            name="Renamed",
            description="",
            now=NOW,
        )
        return found

    monkeypatch.setattr(findings, "profile_of", edited_meanwhile)

    parse(waiting)

    assert fresh(waiting).name == "Renamed"
    assert [column.name for column in fresh(waiting).columns] == ["id", "name"]


def test_what_was_parsed_by_options_that_changed_meanwhile_is_dropped(waiting, monkeypatch):
    real = findings.profile_of

    def parsed_anew_meanwhile(*arguments, **named):
        found = real(*arguments, **named)
        dataflow = fresh(waiting)
        options = ParsingOptions.from_dict({**dataflow.parsing_options, "delimiter": ";"})
        drafts.save_parsing(
            dataflow_id=dataflow.id,
            version=dataflow.version,
            options=options,
            parse_up_to=0,
            now=NOW,
        )
        return found

    monkeypatch.setattr(findings, "profile_of", parsed_anew_meanwhile)
    parse(waiting)
    monkeypatch.undo()
    before = fresh(waiting).profile_status
    parse(waiting)

    assert before is ProfileStatus.QUEUED
    assert [column.name for column in fresh(waiting).columns] == ["id,name"]


def test_a_worker_stops_once_the_draft_is_to_be_parsed_otherwise(waiting, monkeypatch):
    moments = iter(NOW + timedelta(seconds=number) for number in range(1, 1000))
    real = findings.profile_of

    def parsed_anew_meanwhile(source, options, progress):
        dataflow = fresh(waiting)
        chosen = ParsingOptions.from_dict({**dataflow.parsing_options, "delimiter": ";"})
        drafts.save_parsing(
            dataflow_id=dataflow.id,
            version=dataflow.version,
            options=chosen,
            parse_up_to=0,
            now=NOW + timedelta(hours=1),
        )
        with pytest.raises(drafts.NoLongerAsked):
            progress(1)
        return real(source, options, progress)

    monkeypatch.setattr(findings, "profile_of", parsed_anew_meanwhile)
    parse(waiting, clock=lambda: next(moments))
    monkeypatch.undo()
    untouched = fresh(waiting).parsed_bytes
    parse(waiting, NOW + timedelta(hours=1))

    assert untouched is None
    assert [column.name for column in fresh(waiting).columns] == ["id,name"]


def test_a_draft_deleted_while_a_worker_parses_is_left_alone(waiting, monkeypatch):
    real = findings.profile_of

    def deleted_meanwhile(*arguments, **named):
        found = real(*arguments, **named)
        dataflow_services.delete_dataflow(dataflow_id=waiting.id)
        return found

    monkeypatch.setattr(findings, "profile_of", deleted_meanwhile)

    parse(waiting)

    assert list(dataflows.list_dataflows()) == []


def test_a_draft_is_parsed_by_one_worker_at_a_time(waiting, monkeypatch):
    calls = []

    def dies(*_arguments, **_named):
        calls.append(1)
        raise SystemExit

    monkeypatch.setattr(findings, "profile_of", dies)
    with pytest.raises(SystemExit):
        parse(waiting)
    parse(waiting, NOW + timedelta(seconds=59))

    assert calls == [1]


def test_a_draft_whose_worker_died_is_rung_for_again_and_given_up_in_the_end(
    waiting, queue, monkeypatch
):
    def dies(*_arguments, **_named):
        raise SystemExit

    monkeypatch.setattr(findings, "profile_of", dies)
    now, rung = NOW, 0
    while fresh(waiting).profile_status is ProfileStatus.QUEUED:
        now += 2 * MINUTE
        before = len(queue.jobs)
        drafts.keep_drafts_going(stalled_after=MINUTE, now=now)
        rung += len(queue.jobs) - before
        try:
            parse(waiting, now)
        except SystemExit:
            continue

    assert rung == drafts.MOST_ATTEMPTS + 1
    assert fresh(waiting).profile_problem["code"] == "broken_off"


def test_a_fault_of_ours_is_said_and_does_not_wait_for_ever(waiting, monkeypatch):
    def breaks(*_arguments, **_named):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(findings, "profile_of", breaks)

    parse(waiting)

    assert fresh(waiting).profile_status is ProfileStatus.FAILED
    assert "Parse it again" in fresh(waiting).profile_problem["sentence"]
