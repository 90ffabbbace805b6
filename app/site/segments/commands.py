"""`flask cdp worker`: works what the webhook queued, and every other job of this installation."""

import os
import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from redis import Redis
from redis.exceptions import RedisError


@click.command("worker")
@click.option("--burst", is_flag=True, help="End when nothing is queued any more.")
@with_appcontext
def worker(burst: bool) -> None:
    """Work what is queued until told to stop; `make run` starts such workers by itself."""
    url = current_app.config["REDIS_URL"]
    try:
        with Redis.from_url(url) as queue:
            queue.ping()
    except (RedisError, ValueError) as failure:
        where = url.rsplit("@", 1)[-1]
        raise click.ClickException(
            f"The queue at {where} does not answer. Start Headwater, or mend REDIS_URL."
        ) from failure
    os.chdir(current_app.root_path)
    command = [sys.executable, "-m", "jobs.worker", *(["--burst"] if burst else [])]
    # The worker forks for each job, so it begins in a process that has opened nothing.
    os.execv(sys.executable, command)
