"""The queue: the row is the truth, this is only the bell."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from flask import Flask, current_app
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.exceptions import DuplicateJobError, InvalidJobOperation
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer

log = logging.getLogger(__name__)

QUEUE_NAME = "headwater"
# A run of many million rows takes long; a job that hangs is found by its row's heartbeat.
JOB_TIMEOUT_SECONDS = 6 * 3600
RESULT_LIFETIME_SECONDS = 3600
# A worker tells so often that it still works at its job; after a longer silence it is dead.
BEAT_SECONDS = 5
# Whoever rings has an answer to give: the row is kept, and a periodic job rings again.
PATIENCE_SECONDS = 1.0
SILENCE = timedelta(seconds=4 * BEAT_SECONDS)


class JobName(StrEnum):
    """Every job there is, by its dotted name."""

    EXECUTE_RUN = "jobs.execution.execute_run"
    PROFILE_DRAFT = "jobs.drafts.profile_draft"
    KEEP_DRAFTS_GOING = "jobs.drafts.keep_drafts_going"
    KEEP_RUNS_GOING = "jobs.runs.keep_runs_going"
    EXPIRE_OPEN_FILES = "jobs.streams.expire_open_files"
    FORGET_WHAT_IS_OLD = "jobs.retention.forget_what_is_old"
    FLUSH_INBOX = "jobs.tracking.flush_inbox"
    COMPACT_EVENTS = "jobs.tracking.compact_events"
    PREPARE_EVENTS = "jobs.people.prepare_events"
    EVALUATE_AUDIENCE = "jobs.audiences.evaluate_audience"
    TAKE_IN_LIST = "jobs.audiences.take_in_list"
    KEEP_LISTS_GOING = "jobs.audiences.keep_lists_going"
    COMPACT_MEMBERSHIPS = "jobs.audiences.compact_memberships"
    KEEP_AUDIENCES_FRESH = "jobs.audiences.keep_audiences_fresh"
    HAND_OVER_BATCHES = "jobs.segments.hand_over_batches"
    WORK_BATCH = "jobs.segments.work_batch"
    SYNC_AUDIENCE = "jobs.activations.sync_audience"
    DELIVER = "jobs.activations.deliver"
    KEEP_ACTIVATIONS_GOING = "jobs.activations.keep_activations_going"
    RUN_EXPORT = "jobs.exports.run_export"
    ERASE_PERSON = "jobs.erasures.erase_person"
    KEEP_ERASURES_GOING = "jobs.erasures.keep_erasures_going"

    def single_id(self, arguments: Mapping[str, object]) -> str:
        """Return the queue's id of a job that waits or works, so, at most once at a time."""
        return "-".join(["single", *self.value.split("."), *map(str, arguments.values())])


class Bell(Protocol):
    """What rings: RQ in service, a list in tests."""

    def enqueue(self, name: JobName, arguments: dict[str, Any], *, is_single: bool = False) -> None:
        """Hand the job over; a single one only if it neither waits nor works already."""


class RqBell:
    """Hands jobs to RQ, ids only, as JSON."""

    def __init__(self, redis_url: str) -> None:
        self._redis_url = redis_url

    def enqueue(self, name: JobName, arguments: dict[str, Any], *, is_single: bool = False) -> None:
        """Hand the job over; a single one only if it neither waits nor works already."""
        queue = connected(
            Redis.from_url(
                self._redis_url,
                socket_timeout=PATIENCE_SECONDS,
                socket_connect_timeout=PATIENCE_SECONDS,
                retry=Retry(NoBackoff(), 0),
            )
        )
        if is_single:
            enqueue_single(queue, name, **arguments)
            return
        queue.enqueue(
            name.value,
            kwargs=arguments,
            job_timeout=JOB_TIMEOUT_SECONDS,
            result_ttl=RESULT_LIFETIME_SECONDS,
        )


def enqueue_single(queue: Queue, name: JobName, **arguments: Any) -> None:
    """Hand a job over unless it waits or works, with these arguments, already."""
    with suppress(DuplicateJobError):
        _enqueue_single(queue, name, arguments)
        return
    job = queue.fetch_job(name.single_id(arguments))
    if job is not None and _has_made_room(queue, job):
        with suppress(DuplicateJobError):
            _enqueue_single(queue, name, arguments)


def _enqueue_single(queue: Queue, name: JobName, arguments: dict[str, Any]) -> None:
    queue.enqueue(
        name.value,
        kwargs=arguments,
        job_id=name.single_id(arguments),
        unique=True,
        job_timeout=JOB_TIMEOUT_SECONDS,
        result_ttl=0,
    )


def _has_made_room(queue: Queue, job: Job) -> bool:
    """Tell whether the job is out of the way: removed, or ended while it was looked at."""
    try:
        if not _is_left_behind(queue, job):
            return False
        queue.intermediate_queue.remove(job.id)
        job.delete()
    except InvalidJobOperation:
        # Nothing is kept of a job that has ended, so that it has no status any more.
        pass
    return True


def _is_left_behind(queue: Queue, job: Job) -> bool:
    """Tell whether nobody will do the job any more: it failed, or its worker fell silent."""
    status = job.get_status()
    if status is JobStatus.QUEUED:
        return _was_taken_and_never_begun(queue, job)
    if status is JobStatus.STARTED:
        heard = job.last_heartbeat or job.started_at
        return heard is not None and datetime.now(UTC) - heard.replace(tzinfo=UTC) > SILENCE
    return True


def _was_taken_and_never_begun(queue: Queue, job: Job) -> bool:
    """Tell whether a worker took the job from the queue and was killed before it began.

    It stands in no queue then, while a job that is just being begun does so for a moment only:
    so the first time it is seen is kept, for each time that it was handed over.
    """
    if queue.get_job_position(job) is not None or job.enqueued_at is None:
        return False
    key = f"{queue.key}:taken:{job.id}:{job.enqueued_at.timestamp()}"
    now = datetime.now(UTC)
    queue.connection.set(key, now.timestamp(), nx=True, ex=RESULT_LIFETIME_SECONDS)
    seen = float(queue.connection.get(key) or now.timestamp())
    return now - datetime.fromtimestamp(seen, UTC) > SILENCE


def init_app(app: Flask) -> None:
    """Give the app its bell; a test may hang another."""
    app.extensions["bell"] = RqBell(app.config["REDIS_URL"])


def connected(connection: Redis) -> Queue:
    """Return the queue on this connection."""
    return Queue(QUEUE_NAME, connection=connection, serializer=JSONSerializer)


def ring(name: JobName, **arguments: Any) -> None:
    """Ask a worker to do the job soon; if the queue is down, a periodic job rings again."""
    _ring(name, arguments)


def ring_once(name: JobName, **arguments: Any) -> None:
    """Ask for a job that does all there is to do, unless it waits or works already."""
    _ring(name, arguments, is_single=True)


def _ring(name: JobName, arguments: dict[str, Any], *, is_single: bool = False) -> None:
    bell: Bell = current_app.extensions["bell"]
    try:
        bell.enqueue(name, arguments, is_single=is_single)
    except RedisError:
        log.exception("queue.unreachable", extra={"job_name": name.value, **arguments})
