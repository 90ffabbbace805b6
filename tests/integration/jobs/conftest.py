"""A queue of one's own."""

import subprocess
import time

import pytest
from redis import Redis

from app.stack import probes, valkey


@pytest.fixture
def connection(tmp_path):
    """A connection to a real queue: making a job unique takes a script that runs in it."""
    process = subprocess.Popen(valkey.command(tmp_path))
    address = valkey.redis_url(tmp_path)
    while not probes.queue_answers(address):
        time.sleep(0.02)
    with Redis.from_url(address) as opened:
        yield opened
    process.terminate()
    process.wait()
