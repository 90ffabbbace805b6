"""Exports that the schedule starts: what is sent, and what is kept of it."""

import logging

import pytest

from app.site.exports import locking, wording
from app.site.exports.exporting import ExportKind
from app.site.exports.models import ExportStatus
from jobs import exports as jobs
from tests.conftest import NOW
from tests.integration.site.exports.scheduled import (
    SCHEDULE,
    STREAM_ID,
    carry_out,
    confirm,
    make_run,
    make_site,
    runs,
)


def test_a_scheduled_export_is_sent_and_kept_with_its_counts(app, httpserver):
    confirm(httpserver, rows=3)

    carry_out(app, make_site(app, httpserver))

    (run,) = runs()
    assert (run.status, run.row_count, run.part_count) == (ExportStatus.FINISHED, 3, 2)
    assert (run.kind, run.number, run.failure) == (ExportKind.USER, 1, None)
    assert (run.started_at, run.finished_at) == (NOW, NOW)
    sent = httpserver.log[0][0].headers
    assert (sent["x-streamid"], sent.get("x-isdraft")) == (STREAM_ID, None)


def test_the_stream_id_is_not_kept(app, httpserver, caplog):
    caplog.set_level(logging.DEBUG)
    problem = {"detail": f"There is no stream {STREAM_ID}."}
    httpserver.expect_request("/stream/default").respond_with_json(problem, status=404)

    carry_out(app, make_site(app, httpserver))

    (run,) = runs()
    assert run.options == "--no-draft --stream-id …"
    assert run.failure == "There is no stream …."
    assert not [each for each in caplog.records if STREAM_ID in str(vars(each))]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"sql": "SELECT 1 AS id WHERE 1 = 2", "url": "sqlite://"}, "There is no user to send."),
        ({"sql": "SELECT nothing", "url": "sqlite://"}, "does not answer its query"),
        ({"callable": "shop.nowhere"}, "shop.nowhere, which cannot be loaded"),
    ],
)
def test_a_failing_export_is_kept_with_its_sentence(app, httpserver, source, said):
    carry_out(app, make_site(app, httpserver, source))

    (run,) = runs()
    assert (run.status, run.finished_at) == (ExportStatus.FAILED, NOW)
    assert said in run.failure


def test_what_nobody_foresaw_is_kept_and_raised(app, httpserver):
    site = make_site(app, httpserver, {"callable": "json.dumps_nothing", "sql": None})

    with pytest.raises(TypeError):
        carry_out(app, site)

    (run,) = runs()
    assert (run.status, run.failure) == (ExportStatus.FAILED, wording.FAULT)


@pytest.mark.parametrize("status", [ExportStatus.QUEUED, ExportStatus.RUNNING])
def test_what_a_killed_worker_left_has_failed_when_the_next_starts(app, httpserver, status):
    confirm(httpserver, rows=3)
    left, other = make_run(status), make_run(status, number=2)

    carry_out(app, make_site(app, httpserver))

    assert [run.status for run in runs()] == [ExportStatus.FINISHED, status, ExportStatus.FAILED]
    assert (left.failure, other.failure) == (wording.LEFT_BEHIND, None)


def test_one_that_is_still_being_sent_keeps_the_next_out(app, httpserver):
    running = make_run(ExportStatus.RUNNING)

    with locking.held(app.config["LOCKS_DIR"] / "export-user-1.lock"):
        carry_out(app, make_site(app, httpserver))

    kept_out, _running = runs()
    assert (kept_out.status, kept_out.failure) == (ExportStatus.FAILED, wording.OVERLAPPED)
    assert running.status is ExportStatus.RUNNING
    assert httpserver.log == []


def test_an_entry_that_the_settings_no_longer_have_is_left(app, httpserver):
    carry_out(app, make_site(app, httpserver), number=2)

    assert runs() == []


def test_the_job_takes_everything_from_the_settings(app, httpserver):
    confirm(httpserver, rows=3)
    site = make_site(app, httpserver)
    app.config["SITE_PLATFORM_URL"] = site.platform_url
    app.config["EXPORT_SOURCES"] = site.sources
    app.config["EXPORT_SCHEDULE"] = SCHEDULE

    jobs.run_export(kind="user", number=1, added_later=True)

    (run,) = runs()
    assert (run.status, run.row_count, run.part_count) == (ExportStatus.FINISHED, 3, 1)
