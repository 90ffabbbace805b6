"""The main job: exports and a real file, through the wizard, into datasets."""

import csv
import subprocess
import sys

import requests

from app.demo import walking
from app.demo.people import CUSTOMERS
from app.demo.summary import CountsDisagree, Summary
from app.demo.visiting import Visitor
from app.demo.walking import Walk
from app.stack.children import ROOT
from app.stack.tree import Stack

SHOP_USERS = 1200
SHOP_SCHEMA = "Shop users"


def sample_shop(stack: Stack, visitor: Visitor, summary: Summary) -> None:
    """Export the sample shop's users, as a draft, for real, and again."""
    walk = walking.create_dataflow(visitor, SHOP_SCHEMA)
    summary.line(f"Dataflow “{SHOP_SCHEMA}” listens on stream {walk.stream_id[:8]}…")
    summary.line(_export(stack, walk, "--draft", "--limit", "300"))
    walking.map_and_try(visitor, walk, schema=SHOP_SCHEMA, identifier="id")
    summary.check("Dry run of 300 draft users", walking.buckets(visitor.text), _added(300))
    walking.activate(visitor, walk)
    summary.line(_export(stack, walk, "--no-draft"))
    found = walking.finished_run(visitor, walk, 1)
    summary.check("First production run", found, _added(SHOP_USERS))
    _export(stack, walk, "--no-draft")
    found = walking.finished_run(visitor, walk, 2)
    summary.check("The same users again", found, {**_added(0), "same": SHOP_USERS})


def real_file(stack: Stack, visitor: Visitor, summary: Summary) -> None:
    """Take a file of customers through, by upload and by PUT."""
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
