"""Asks the processes of the tree whether they serve yet."""

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterable

from redis import Redis
from redis.exceptions import RedisError
from rq import Worker

# The port is open before the server is: a question may wait unheard.
PROBE_SECONDS = 2


def queue_answers(redis_url: str) -> bool:
    """Tell whether the queue takes commands: not while it still reads its data."""
    try:
        with Redis.from_url(redis_url) as connection:
            return bool(connection.ping())
    except RedisError:
        return False


def web_serves(url: str) -> bool:
    """Tell whether the web server answers that it is well."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=PROBE_SECONDS) as answer:
            return bool(json.load(answer).get("status") == "ok")
    except (urllib.error.URLError, OSError, ValueError):
        return False


def workers_listen(redis_url: str, pids: Iterable[int]) -> bool:
    """Tell whether these processes of this machine have registered as workers.

    A killed run leaves its registrations behind, so counting them would not do.
    """
    with Redis.from_url(redis_url) as connection:
        here = socket.gethostname()
        listening = {each.pid for each in Worker.all(connection) if each.hostname == here}
    return set(pids) <= listening
