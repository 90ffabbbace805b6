"""The queue: the row is the truth, this is only the bell."""

import logging
from enum import StrEnum
from typing import Any, Protocol

from flask import Flask, current_app
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

log = logging.getLogger(__name__)

QUEUE_NAME = "headwater"
# A run of many million rows takes long; a job that hangs is found by its row's heartbeat.
JOB_TIMEOUT_SECONDS = 6 * 3600
RESULT_LIFETIME_SECONDS = 3600


class JobName(StrEnum):
    """Every job there is, by its dotted name."""

    EXECUTE_RUN = "jobs.runs.execute_run"
    PROFILE_DRAFT = "jobs.drafts.profile_draft"
    KEEP_DRAFTS_GOING = "jobs.drafts.keep_drafts_going"
    KEEP_RUNS_GOING = "jobs.runs.keep_runs_going"
    EXPIRE_OPEN_FILES = "jobs.streams.expire_open_files"


class Bell(Protocol):
    """What rings: RQ in service, a list in tests."""

    def enqueue(self, name: JobName, arguments: dict[str, Any]) -> None:
        """Hand the job over."""


class RqBell:
    """Hands jobs to RQ, ids only, as JSON."""

    def __init__(self, redis_url: str) -> None:
        self._redis_url = redis_url

    def enqueue(self, name: JobName, arguments: dict[str, Any]) -> None:
        """Hand the job over."""
        connected(Redis.from_url(self._redis_url)).enqueue(
            name.value,
            kwargs=arguments,
            job_timeout=JOB_TIMEOUT_SECONDS,
            result_ttl=RESULT_LIFETIME_SECONDS,
        )


def init_app(app: Flask) -> None:
    """Give the app its bell; a test may hang another."""
    app.extensions["bell"] = RqBell(app.config["REDIS_URL"])


def connected(connection: Redis) -> Queue:
    """Return the queue on this connection."""
    return Queue(QUEUE_NAME, connection=connection, serializer=JSONSerializer)


def ring(name: JobName, **arguments: Any) -> None:
    """Ask a worker to do the job soon; if the queue is down, a periodic job rings again."""
    bell: Bell = current_app.extensions["bell"]
    try:
        bell.enqueue(name, arguments)
    except RedisError:
        log.exception("queue.unreachable", extra={"job_name": name.value, **arguments})
