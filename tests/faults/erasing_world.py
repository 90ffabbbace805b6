"""A running Headwater with people in every place there is, and a search through all it keeps."""

import gzip
import json
import re
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests
from redis import Redis

from app.demo import looping, walking
from app.demo.looping import Built
from app.demo.visiting import Visitor
from app.demo.walking import Walk
from app.stack.tree import Stack
from tests.faults.trees import plain_environment

OTHER = "other-person-42"
HEAD = "id,email,name,points\n"
SECRET = "a-secret-of-sixteen-signs"
BUYERS = {"kind": "did", "event": "buy", "times": "1", "days": ""}
BASKETS = {"kind": "did", "event": "basket", "times": "1", "days": ""}


def email_of(person: str) -> str:
    return f"{person}@mail.example"


def browser_of(person: str) -> str:
    return f"browser-of-{person}"


def name_of(person: str) -> str:
    return f"Name-{person}"


def row_of(person: str, points: object) -> str:
    return f"{person},{email_of(person)},{name_of(person)},{points}\n"


class Site(ThreadingHTTPServer):
    """The other end: it takes everything, and remembers each message by its id."""

    def __init__(self) -> None:
        self.messages: dict[str, dict[str, Any]] = {}
        super().__init__(("127.0.0.1", 0), _Answering)

    def changes_of(self, person: str) -> list[tuple[str, bool]]:
        """Return what the site was told of a person: the audience, and whether they are in."""
        return [
            (change["audienceId"], change["membership"])
            for message in self.messages.values()
            if message["updateType"] == "membershipChanges"
            for change in message["data"]["changes"]
            if change["personId"] == person
        ]


class _Answering(BaseHTTPRequestHandler):
    server: Site

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.messages[self.headers["webhook-id"]] = json.loads(body)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


class World:
    """A stack with its visitor, a dataflow, a source, an activation and two audiences."""

    def __init__(self, stack: Stack, site: Site, people: list[str]) -> None:
        self.stack, self.site, self.people = stack, site, people
        self.folder = stack.data_dir
        self.visitor = Visitor(stack.url)
        walking.sign_in(self.visitor, stack.admin_email, stack.admin_password)

    def fill(self) -> None:
        """Put everybody into datasets with two versions, rejects, events, audiences, messages."""
        self.walk = self._active()
        for number, points in enumerate(("1", "2", "not a number"), 1):
            self.send_file(f"file-{number}", points)
            self.run_ended(number)
        self.key = walking.create_source(self.visitor, "Shop")
        self.send_events("first")
        walking.wait_until(self.has_bought_all, "everybody's events to be stored")
        self.audiences = [
            looping.build_audience(self.visitor, name, condition)
            for name, condition in (("Buyers", BUYERS), ("Baskets", BASKETS))
        ]
        self.activation = self._activation()
        for audience in self.audiences:
            self.visitor.open(audience.path)
            self.visitor.send(f"{self.activation.path}/audiences")
        walking.wait_until(self.is_told_of_all, "the site to be told of everybody")
        log = self.folder / "logs" / "cdp.requests.production.log.1"
        log.parent.mkdir(exist_ok=True)
        log.write_text("".join(f"GET /somebody/{each} 200\n" for each in self.people))

    def has_bought_all(self) -> bool:
        return looping.stored_events(self.visitor, "buy") >= len(self.people)

    def is_told_of_all(self) -> bool:
        return all(len(self.site.changes_of(each)) == 2 for each in self.people)

    def send_file(self, name: str, points: str) -> None:
        """Send a file in which everybody has so many points; packed on its way."""
        content = HEAD + "".join(row_of(each, points) for each in self.people)
        answer = requests.put(
            f"{self.stack.url}/api/v1/streams/{self.walk.stream_id}/files/{name}?kind=production",
            data=gzip.compress(content.encode()),
            headers={"Content-Encoding": "gzip"},
            timeout=30,
        )
        assert answer.status_code == 201, answer.text

    def send_events(self, of: str, people: list[str] | None = None) -> None:
        """Send events of people that are taken, and one each that is refused."""
        for each in self.people if people is None else people:
            by = {"userId": each, "anonymousId": browser_of(each)}
            batch: list[dict[str, Any]] = [
                {"type": "identify", **by, "traits": {"email": email_of(each)}},
                {"type": "track", "event": "buy", "properties": {"value": 3}, **by},
                {"type": "track", "event": "basket", **by},
                {"type": "track", "event": "visit", "anonymousId": browser_of(each)},
                {"type": "no such type", **by},
            ]
            for number, message in enumerate(batch):
                message["messageId"] = f"{of}-{number}-{hash_of(each)}"
            answer = requests.post(
                f"{self.stack.url}/v1/batch", json={"batch": batch}, auth=(self.key, ""), timeout=30
            )
            assert answer.status_code == 200, answer.text

    def run_ended(self, number: int) -> dict[str, int]:
        return walking.finished_run(self.visitor, self.walk, number)

    def ask(self, person: str) -> int:
        """Ask for an erasure as an admin does, and return its number."""
        self.visitor.open(f"/people/profile?id={person}")
        self.visitor.send("/people/erase")
        assert f"Erase {person}?" in self.visitor.text
        self.visitor.send("/people/erase")
        found = re.search(r"/people/erasures/(\d+)$", self.visitor.url)
        assert found, self.visitor.url
        return int(found[1])

    def report(self, erasure: int) -> dict[str, Any]:
        self.visitor.open(f"/people/erasures/{erasure}/report")
        told: dict[str, Any] = json.loads(self.visitor.text)
        return told

    def export(self, person: str) -> dict[str, Any]:
        """Return all that is known of a person, as they would get it, but for when that was."""
        self.visitor.open(f"/people/profile/export?id={person}")
        told: dict[str, Any] = json.loads(self.visitor.text)
        del told["exported_at"]
        return told

    def watch(self) -> bool:
        """Let the tree start again what died, without its growing patience."""
        for child in self.stack.children:
            child.failure_count = 0
        self.stack.watch()
        return True

    def forget_what_was_rung(self) -> None:
        """Let the queue forget what it was told, as to flush: it is only the bell."""
        with Redis(unix_socket_path=str(self.folder / "valkey.sock")) as connection:
            connection.flushall()

    def hurry(self, *, is_flushed: bool = False, **deaths: str) -> None:
        """Have the worker and the scheduler replaced by those that wait for nobody."""
        of_cron = ["--schedule", *(["--flush"] if is_flushed else [])]
        for child in self.stack.children:
            if child.name.startswith(("worker", "cron")):
                words = of_cron if child.name == "cron" else []
                child.command = [sys.executable, "-m", "tests.faults.erasing_worker", *words]
                child.environment = {**child.environment, "RUN_STALLED_SECONDS": "2", **deaths}
                child.kill()
                if child.process is not None:
                    child.process.wait()

    def stop(self, name: str) -> None:
        """Kill a child; it stays dead until somebody watches."""
        for child in self.stack.children:
            if child.name.startswith(name):
                child.kill()

    def count(self, sql: str) -> int:
        """Return one number out of the database, past Headwater."""
        return int(self.rows(sql)[0][0])

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "headwater.db", timeout=30)) as database:
            return database.execute(sql).fetchall()

    def _active(self) -> Walk:
        file = self.folder.parent / "draft.csv"
        file.write_text(HEAD + "".join(row_of(each, 1) for each in self.people))
        return walking.make_active(self.visitor, "People", file, identifier="id")

    def _activation(self) -> Built:
        self.visitor.open("/activations/new")
        self.visitor.send(
            "/activations/new",
            name="Elsewhere",
            client_id="platform-1",
            client_secret=SECRET,
            segment_group_identifier="shop",
            base_url=f"http://127.0.0.1:{self.site.server_port}/cdp/webhook",
        )
        found = re.search(r"/activations/\d+$", self.visitor.url)
        assert found, self.visitor.url
        return Built(found.group(), "Elsewhere")


def hash_of(person: str) -> str:
    """Return what tells messages of people apart without naming them."""
    return f"{sum(map(ord, person))}-{len(person)}"


@contextmanager
def filled(folder: Path, people: list[str]) -> Iterator[World]:
    """Give a world with these people in it."""
    site = Site()
    threading.Thread(target=site.serve_forever, daemon=True).start()
    settings = {**plain_environment(), "RUN_STALLED_SECONDS": "3", "WEB_WORKERS": "1"}
    try:
        with Stack(data_dir=folder / "data", port=0, environment=settings) as stack:
            world = World(stack, site, people)
            world.fill()
            yield world
    finally:
        site.shutdown()
        site.server_close()


def until(is_so: Callable[[], object], what: str) -> None:
    """Wait longer than a person would: what is killed is not taken up again at once."""
    for _turn in range(10):
        try:
            walking.wait_until(lambda: bool(is_so()), what)
        except Exception:
            continue
        return
    raise AssertionError(f"It never came true that {what}.")
