"""`python -m bench.collect`: the collector against an endpoint that only reads and answers.

Both are served by gunicorn with the same settings, ours as it is started for service: with the
queue, the worker that stores what arrives, and everything else at work on the same processors.
"""

import argparse
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from app.demo import walking
from app.demo.visiting import Visitor
from app.stack.tree import Stack
from bench.measuring import Figure, measure, show
from bench.senders import Load, Senders

CONNECTIONS, WEB_WORKERS = 32, "2"
START_SECONDS, QUIET_SECONDS = 30.0, 300.0
SCALES = {"small": (8_000, 1_600), "full": (32_000, 6_400)}
BATCH = 100


def main() -> None:
    """Measure at the scale asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", help="figures are always JSON lines")
    parser.add_argument("--scale", choices=list(SCALES), default="small")
    singles, batches = SCALES[parser.parse_args().scale]
    with tempfile.TemporaryDirectory() as folder, _bare() as floor, _ours(Path(folder)) as ours:
        url, key = ours
        inbox = _Inbox(Path(folder) / "data" / "headwater.db")
        for name, load in (
            ("single_events", Load(singles, 1, CONNECTIONS)),
            ("batches_of_100", Load(batches, BATCH, CONNECTIONS)),
        ):
            show(_measured(name, load, url, key, floor, inbox.wait_until_empty))


@dataclass(frozen=True)
class _Inbox:
    """What was taken in and is not stored yet: it would be stored while the next is measured."""

    database: Path

    def wait_until_empty(self) -> None:
        deadline = time.monotonic() + QUIET_SECONDS
        with closing(sqlite3.connect(self.database)) as connection:
            while connection.execute("SELECT 1 FROM inbox_entry LIMIT 1").fetchall():
                if time.monotonic() > deadline:
                    raise TimeoutError("The inbox does not become empty.")
                time.sleep(0.5)


def _measured(
    name: str, load: Load, url: str, key: str, floor: str, rest: Callable[[], None]
) -> Figure:
    """Return the seconds for the load; the floor answers the same requests."""
    senders = Senders(load, key)

    def ready(address: str) -> None:
        senders.end()
        rest()
        senders.ready(address)

    try:
        return measure(
            name,
            load.requests * load.events_a_request,
            ours=senders.send,
            floor=senders.send,
            peer=None,
            peer_name=None,
            prepare={"ours": lambda: ready(url), "floor": lambda: ready(floor)},
        )
    finally:
        senders.end()


@contextmanager
def _ours(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the address of a whole Headwater and a write key."""
    with Stack(data_dir=folder / "data", port=0, environment=_environment()) as stack:
        visitor = Visitor(stack.url)
        walking.sign_in(visitor, stack.admin_email, stack.admin_password)
        yield stack.url, walking.create_source(visitor, "Measured")


@contextmanager
def _bare() -> Iterator[str]:
    """Give the address of the floor, served as ours is."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        listening.set_inheritable(True)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        command = [
            *(sys.executable, "-m", "gunicorn", "bench.bare:app"),
            *("--config", "python:app.stack.serving", "--workers", WEB_WORKERS),
            *("--bind", f"fd://{listening.fileno()}"),
        ]
        server = subprocess.Popen(command, pass_fds=[listening.fileno()], env=_environment())
    try:
        _wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait()


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return {**own, "WEB_WORKERS": WEB_WORKERS}


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            requests.post(f"{url}/v1/track", data=b"{}", timeout=5)
        except requests.ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    main()
