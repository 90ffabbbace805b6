"""Starts an RQ worker whose every job runs inside the app's context."""

import importlib
import os
import sys
from typing import Any

from flask import Flask
from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from app import create_app
from app.logs import job_id
from app.queue import BEAT_SECONDS, QUEUE_NAME, JobName
from app.stack import guard

NICENESS = 5


class AppWorker(Worker):
    """Makes the app before it forks, so that a job begins at once, and opens nothing with it.

    A lake used before a fork cannot be used after it, and a database connection must not be
    shared across one.
    """

    def __init__(self, *args: Any, app: Flask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._app = app

    def perform_job(self, job: Any, *args: Any, **kwargs: Any) -> bool:
        """Carry out the job with the app at hand and the job's id on each line of the log."""
        guard.end_with_parent(int(self.pid or 0))
        token = job_id.set(job.id)
        try:
            with self._app.app_context():
                return bool(super().perform_job(job, *args, **kwargs))
        finally:
            job_id.reset(token)


def main() -> None:
    """Work until told to stop, or with --burst until nothing is queued."""
    os.environ["TZ"] = "UTC"
    # Where both want the processor, whoever waits for an answer goes first.
    os.nice(NICENESS)
    app = create_app()
    for name in JobName:
        importlib.import_module(name.value.rpartition(".")[0])
    worker = AppWorker(
        [QUEUE_NAME],
        app=app,
        connection=Redis.from_url(app.config["REDIS_URL"]),
        serializer=JSONSerializer,
        job_monitoring_interval=BEAT_SECONDS,
    )
    worker.work(logging_level="WARNING", burst="--burst" in sys.argv)


if __name__ == "__main__":
    main()
