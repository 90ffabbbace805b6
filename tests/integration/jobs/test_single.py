"""A job that waits or works once at a time is never blocked by a worker that died."""

from datetime import timedelta

import pytest

from app import queue
from app.queue import JobName

JOB = JobName.HAND_OVER_BATCHES


@pytest.fixture
def jobs(connection):
    return queue.connected(connection)


def test_a_job_that_waits_is_not_handed_over_again(jobs):
    for _ in range(2):
        queue.enqueue_single(jobs, JOB)

    assert len(jobs.job_ids) == 1


def test_one_that_is_just_being_begun_is_left_alone(jobs):
    queue.enqueue_single(jobs, JOB)
    jobs.connection.lmove(jobs.key, jobs.intermediate_queue.key)
    for _ in range(2):
        queue.enqueue_single(jobs, JOB)

    assert jobs.job_ids == []


def test_one_whose_worker_died_before_it_began_is_handed_over_again(jobs, monkeypatch):
    queue.enqueue_single(jobs, JOB)
    jobs.connection.lmove(jobs.key, jobs.intermediate_queue.key)
    queue.enqueue_single(jobs, JOB)
    monkeypatch.setattr(queue, "SILENCE", timedelta(0))
    queue.enqueue_single(jobs, JOB)

    assert jobs.job_ids == [JOB.single_id({})]
    assert jobs.intermediate_queue.get_job_ids() == []


def test_one_that_waited_long_and_is_then_taken_is_left_alone(jobs, monkeypatch):
    monkeypatch.setattr(queue, "SILENCE", timedelta(hours=1))
    queue.enqueue_single(jobs, JOB)
    job = jobs.fetch_job(JOB.single_id({}))
    job.enqueued_at -= timedelta(hours=2)
    job.save()
    jobs.connection.lmove(jobs.key, jobs.intermediate_queue.key)
    queue.enqueue_single(jobs, JOB)

    assert jobs.job_ids == []


def test_one_that_ends_while_it_is_looked_at_is_handed_over_again(jobs, monkeypatch):
    queue.enqueue_single(jobs, JOB)
    fetch = jobs.fetch_job

    def fetch_and_end(job_id):
        job = fetch(job_id)
        jobs.empty()
        return job

    monkeypatch.setattr(jobs, "fetch_job", fetch_and_end)
    queue.enqueue_single(jobs, JOB)

    assert jobs.job_ids == [JOB.single_id({})]
