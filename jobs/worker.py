"""Starts an RQ worker whose every job runs inside the app's context."""

import os
from typing import Any

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

import config
from app.logs import job_id
from app.queue import QUEUE_NAME
from app.stack import guard


class AppWorker(Worker):
    """Makes the app in the forked child: the parent opens no database and no lake.

    A lake used before a fork cannot be used after it, and a database connection must not be
    shared across one.
    """

    def perform_job(self, job: Any, *args: Any, **kwargs: Any) -> bool:
        """Carry out the job with the app at hand and the job's id on each line of the log."""
        from app import create_app

        guard.end_with_parent(int(self.pid or 0))
        token = job_id.set(job.id)
        try:
            with create_app().app_context():
                return bool(super().perform_job(job, *args, **kwargs))
        finally:
            job_id.reset(token)


def main() -> None:
    """Work until told to stop."""
    os.environ["TZ"] = "UTC"
    connection = Redis.from_url(config.load()["REDIS_URL"])
    worker = AppWorker([QUEUE_NAME], connection=connection, serializer=JSONSerializer)
    worker.work(logging_level="WARNING")


if __name__ == "__main__":
    main()
