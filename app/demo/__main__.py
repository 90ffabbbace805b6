"""`python -m app.demo`: the main job on the sample shop and on a real file, with its counts."""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

import requests

from app.demo import walking
from app.demo.visiting import PageUnexpected, Visitor
from app.demo.walking import Walk
from app.stack.children import ROOT
from app.stack.preflight import CannotStart
from app.stack.tree import Stack

CUSTOMERS = Path(__file__).parent / "data" / "customers.csv"
SHOP_USERS = 1200
LINES_KEPT = 60


class CountsDisagree(Exception):
    """A number is not what it must be."""


class Summary:
    """Numbered lines, each with what was expected and what was found."""

    def __init__(self) -> None:
        self._number = 0
        self._began = time.monotonic()

    def line(self, text: str) -> None:
        """Print the next line."""
        self._number += 1
        seconds = time.monotonic() - self._began
        sys.stdout.write(f"{self._number:>3}. {text}  ({seconds:.1f} s)\n")
        sys.stdout.flush()

    def check(self, text: str, found: object, expected: object) -> None:
        """Print the next line; raise CountsDisagree where the two differ."""
        self.line(f"{text}: {found}")
        if found != expected:
            raise CountsDisagree(f"{text} must be {expected}, but is {found}.")


def main() -> int:
    """Return 0 only where every count agrees."""
    summary = Summary()
    said: deque[str] = deque(maxlen=LINES_KEPT)
    with tempfile.TemporaryDirectory(prefix="headwater-demo-") as folder:
        try:
            with Stack(
                data_dir=Path(folder), port=_free_port(), environment=_plain(), tell=said.append
            ) as stack:
                summary.line(f"Headwater runs at {stack.url}")
                visitor = Visitor(stack.url)
                walking.sign_in(visitor, stack.admin_email, stack.admin_password)
                _sample_shop(stack, visitor, summary)
                _real_file(stack, visitor, summary)
        except (CannotStart, PageUnexpected, CountsDisagree) as failure:
            sys.stdout.write("\n".join([*said, f"Failed: {failure}\n"]))
            return 1
    summary.line("Every count agrees")
    return 0


def _sample_shop(stack: Stack, visitor: Visitor, summary: Summary) -> None:
    walk = walking.create_dataflow(visitor, "Shop users")
    summary.line(f"Dataflow “Shop users” listens on stream {walk.stream_id[:8]}…")
    summary.line(_export(stack, walk, "--draft", "--limit", "300"))
    walking.map_and_try(visitor, walk, schema="Shop users", identifier="id")
    summary.check("Dry run of 300 draft users", walking.buckets(visitor.text), _added(300))
    walking.activate(visitor, walk)
    summary.line(_export(stack, walk, "--no-draft"))
    found = walking.finished_run(visitor, walk, 1)
    summary.check("First production run", found, _added(SHOP_USERS))
    _export(stack, walk, "--no-draft")
    found = walking.finished_run(visitor, walk, 2)
    summary.check("The same users again", found, {**_added(0), "same": SHOP_USERS})


def _real_file(stack: Stack, visitor: Visitor, summary: Summary) -> None:
    with CUSTOMERS.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    walk = walking.create_dataflow(visitor, "Customers")
    walking.upload_draft(visitor, walk, CUSTOMERS)
    walking.map_and_try(visitor, walk, schema="Customers", identifier="id")
    summary.check("Dry run of customers.csv", walking.buckets(visitor.text), _added(len(rows)))
    walking.activate(visitor, walk)
    address = f"{stack.url}/api/v1/streams/{walk.stream_id}/files/customers?kind=production"
    with CUSTOMERS.open("rb") as opened:
        answer = requests.put(address, data=opened, timeout=60)
    summary.check("customers.csv sent with PUT, status", answer.status_code, 201)
    found = walking.finished_run(visitor, walk, 1)
    summary.check("Production run of customers.csv", found, _added(len(rows)))


def _export(stack: Stack, walk: Walk, *options: str) -> str:
    """Run the site's export command and return its last line."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "flask", "--app", "wsgi", "cdp", "stream-user-data"),
            *("--stream-id", walk.stream_id, *options),
        ],
        cwd=ROOT,
        env=stack.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CountsDisagree(f"The export command failed: {done.stderr.strip()[-300:]}")
    return done.stdout.strip().splitlines()[-1]


def _added(count: int) -> dict[str, int]:
    return {"added": count, "changed": 0, "same": 0, "rejected": 0, "superseded": 0}


def _plain() -> dict[str, str]:
    """Return the environment without settings that lead elsewhere."""
    leads_elsewhere = ("_URL", "_KEY", "_SECRET")
    return {name: value for name, value in os.environ.items() if not name.endswith(leads_elsewhere)}


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(main())
