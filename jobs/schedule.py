"""The periodic jobs, as one list, and the process that rings for them and for exports."""

import logging
import os
import time
from typing import Any

from redis import Redis
from rq.cron import CronJob, CronScheduler

import config
from app.queue import QUEUE_NAME, JobName, connected, enqueue_single
from app.site.exports import scheduling
from app.site.exports.scheduling import Entry

# Every so many seconds.
PERIODIC: dict[JobName, int] = {
    JobName.KEEP_RUNS_GOING: 10,
    JobName.KEEP_DRAFTS_GOING: 10,
    JobName.FLUSH_INBOX: 3,
    JobName.COMPACT_EVENTS: 60,
    JobName.PREPARE_EVENTS: 20,
    JobName.COMPACT_MEMBERSHIPS: 300,
    JobName.KEEP_AUDIENCES_FRESH: 10,
    JobName.KEEP_LISTS_GOING: 20,
    JobName.KEEP_ACTIVATIONS_GOING: 5,
    JobName.HAND_OVER_BATCHES: 2,
    JobName.KEEP_ERASURES_GOING: 30,
    JobName.EXPIRE_OPEN_FILES: 3600,
    JobName.FORGET_WHAT_IS_OLD: 6 * 3600,
}


class PeriodicJob(CronJob):
    """A job rung for by name; while one waits or works, it is not rung for again."""

    def enqueue(self, connection: Redis) -> Any:
        """Hand the job over as JSON, as the worker reads it."""
        enqueue_single(connected(connection), JobName(self.func_name), **self.kwargs)


class Scheduler(CronScheduler):
    """RQ's scheduler over our list."""

    def add(self, name: JobName, seconds: int) -> None:
        """Ring for this job every so many seconds, from now on."""
        self._cron_jobs.append(
            PeriodicJob(queue_name=QUEUE_NAME, func_name=name.value, interval=seconds)
        )

    def add_export(self, entry: Entry) -> None:
        """Ring for this export when its cron expression says so."""
        self._cron_jobs.append(
            PeriodicJob(
                queue_name=QUEUE_NAME,
                func_name=JobName.RUN_EXPORT.value,
                kwargs={"kind": entry.kind.value, "number": entry.number},
                cron=entry.interval,
            )
        )


def main() -> None:
    """Ring until told to stop."""
    # RQ reads cron expressions in local time.
    os.environ["TZ"] = "UTC"
    time.tzset()
    settings = config.load()
    scheduler = Scheduler(
        connection=Redis.from_url(settings["REDIS_URL"]), logging_level=logging.WARNING
    )
    for name, seconds in PERIODIC.items():
        scheduler.add(name, seconds)
    for entry in scheduling.entries(settings["EXPORT_SCHEDULE"]):
        scheduler.add_export(entry)
    scheduler.start()  # type: ignore[no-untyped-call]  # RQ leaves it unannotated


if __name__ == "__main__":
    main()
