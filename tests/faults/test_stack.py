"""The process tree: it starts, ends without a trace, and starts again what dies."""

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests
from redis import Redis
from rq.job import JobStatus

from app.demo import walking
from app.demo.visiting import Visitor
from app.queue import connected
from tests.faults.trees import PATIENCE_SECONDS, Tree, command_of, until

LONG_JOB_SECONDS = 600
ADMIN = "admin@example.com"
PASSWORD_LINE = f"as {ADMIN} with the password "


def health(tree: Tree) -> int:
    """Return the status of the health check."""
    return requests.get(f"http://127.0.0.1:{tree.port}/healthz", timeout=30).status_code


def is_signed_in_with(tree: Tree, password: str) -> bool:
    """Tell whether the administrator gets in with this password."""
    visitor = Visitor(f"http://127.0.0.1:{tree.port}")
    walking.sign_in(visitor, ADMIN, password)
    return "/sign-in" not in visitor.url


def survivors(tree: Tree) -> list[psutil.Process]:
    """Return what still runs of the tree as it was when it greeted."""
    _gone, alive = psutil.wait_procs(tree.seen, timeout=PATIENCE_SECONDS)
    return alive


@contextmanager
def upload_under_way(tree: Tree) -> Iterator[None]:
    """Hold a request the web server waits for the rest of."""
    with socket.create_connection(("127.0.0.1", tree.port)) as connection:
        connection.sendall(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhalf")
        yield


def begin_long_job(tree: Tree, folder: Path) -> None:
    """Return once a worker has forked for a job that would take very long."""
    with Redis(unix_socket_path=str(folder / "valkey.sock")) as connection:
        job = connected(connection).enqueue("time.sleep", LONG_JOB_SECONDS)
        until(lambda: job.get_status() == JobStatus.STARTED, "the worker takes the job")
    until(lambda: tree.child("jobs.worker").children(), "the worker has forked")


def test_ctrl_c_ends_everything_and_the_next_start_knows_the_same_administrator(start, tmp_path):
    first = start(tmp_path)
    first.wait_until_it_greets()
    password = first.said.split(PASSWORD_LINE)[1].split()[0]
    assert health(first) == 200

    assert first.end(signal.SIGINT) == 0
    assert survivors(first) == []

    second = start(tmp_path)
    second.wait_until_it_greets()
    assert PASSWORD_LINE not in second.said
    assert "as before" in second.said
    assert is_signed_in_with(second, password)
    assert second.end(signal.SIGTERM) == 0
    assert survivors(second) == []


def test_a_chosen_password_and_email_are_taken_and_not_shown(start, tmp_path):
    tree = start(tmp_path, ADMIN_PASSWORD="a password of my own")

    tree.wait_until_it_greets()

    assert "a password of my own" not in tree.said
    assert is_signed_in_with(tree, "a password of my own")


def test_what_is_killed_is_started_again(start, tmp_path):
    tree = start(tmp_path)
    tree.wait_until_it_greets()

    for name, words in {"worker1": "jobs.worker", "web": "gunicorn", "queue": "valkey"}.items():
        killed = tree.child(words)
        killed.kill()
        until(
            lambda name=name: f"The {name} ended unexpectedly (killed by SIGKILL)" in tree.said,
            f"the end of the {name} is told",
        )
        until(
            lambda words=words, killed=killed: any(
                words in command_of(each) and each != killed for each in tree.descendants()
            ),
            f"the {name} runs again",
        )

    assert health(tree) == 200
    assert tree.end() == 0


def test_nothing_outlives_a_supervisor_that_is_killed_and_the_next_start_works(start, tmp_path):
    tree = start(tmp_path)
    tree.wait_until_it_greets()
    with upload_under_way(tree):
        begin_long_job(tree, tmp_path)
        tree.seen = tree.descendants()

        tree.process.kill()
        assert survivors(tree) == []

    again = start(tmp_path, PORT=str(tree.port))
    again.wait_until_it_greets()
    assert health(again) == 200


def test_ctrl_c_does_not_wait_for_a_long_job_and_leaves_nothing_of_it(start, tmp_path):
    tree = start(tmp_path)
    tree.wait_until_it_greets()
    begin_long_job(tree, tmp_path)
    tree.seen = tree.descendants()
    began = time.monotonic()

    assert tree.end() == 0

    assert time.monotonic() - began < LONG_JOB_SECONDS / 2
    assert survivors(tree) == []


def test_a_second_signal_ends_everything_by_force(start, tmp_path):
    tree = start(tmp_path)
    tree.wait_until_it_greets()
    tree.child("jobs.worker").suspend()

    tree.process.send_signal(signal.SIGINT)
    until(lambda: "Ending" in tree.said, "the first signal is heard")

    assert tree.end(signal.SIGINT) == 1
    assert survivors(tree) == []


def test_a_signal_while_it_starts_ends_what_there_is(start, tmp_path):
    tree = start(tmp_path)
    until(lambda: (tmp_path / "valkey.sock").exists(), "the queue is up")
    tree.seen = tree.descendants()

    assert tree.end() == 0
    assert "runs at" not in tree.said
    assert survivors(tree) == []
