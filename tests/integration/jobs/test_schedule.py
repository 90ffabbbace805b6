"""What the scheduler rings for, on a queue of its own."""

import json
from datetime import timedelta

import pytest
from rq.job import JobStatus
from rq.utils import now

from app import queue
from app.queue import JobName
from app.site.exports import scheduling
from jobs.schedule import Scheduler

ENTRY = {"interval": "*/30 * * * *", "options": "--stream-id s"}


@pytest.fixture
def scheduler(connection):
    """A scheduler of two entries, both of which are due."""
    scheduler = Scheduler(connection=connection)
    for entry in scheduling.entries({"user": [ENTRY, ENTRY]}):
        scheduler.add_export(entry)
    make_due(scheduler)
    return scheduler


def make_due(scheduler):
    for job in scheduler.get_jobs():
        job.next_enqueue_time = now()


def waiting(connection):
    return queue.connected(connection).jobs


def test_a_cron_entry_hands_its_job_over_as_json(scheduler, connection):
    scheduler.enqueue_jobs()

    jobs = waiting(connection)
    assert {job.func_name for job in jobs} == {JobName.RUN_EXPORT.value}
    assert [job.kwargs for job in jobs] == [
        {"kind": "user", "number": 1},
        {"kind": "user", "number": 2},
    ]
    assert json.loads(jobs[0].data)[-1] == {"kind": "user", "number": 1}


def test_an_entry_that_waits_or_works_is_not_rung_for_again(scheduler, connection):
    scheduler.enqueue_jobs()
    make_due(scheduler)

    scheduler.enqueue_jobs()

    assert len(waiting(connection)) == 2


def test_an_entry_whose_worker_fell_silent_is_rung_for_again(scheduler, connection):
    scheduler.enqueue_jobs()
    left = waiting(connection)[0]
    queue.connected(connection).remove(left)
    left.set_status(JobStatus.STARTED)
    left.last_heartbeat = now() - 2 * queue.SILENCE
    left.save()
    make_due(scheduler)

    scheduler.enqueue_jobs()

    assert [job.kwargs["number"] for job in waiting(connection)] == [2, 1]


def test_an_entry_is_rung_for_only_when_its_time_has_come(scheduler, connection):
    for job in scheduler.get_jobs():
        job.next_enqueue_time = now() + timedelta(minutes=1)

    scheduler.enqueue_jobs()

    assert waiting(connection) == []
