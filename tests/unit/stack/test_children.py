"""Processes: what they say is passed on, what dies is started again, nothing outlives us."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import pytest

from app.stack import children
from app.stack.children import ROOT, Child

SLEEP = "import time; time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); "
PATIENCE_SECONDS = 20.0


def until(is_so: Callable[[], bool]) -> None:
    """Return once it is so; fail when it never is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def said():
    return []


@pytest.fixture
def run(said):
    """Start a child that runs some Python; every one is ended after the test."""
    started = []

    def start(code: str, **fields: object) -> Child:
        child = Child("worker1", [sys.executable, "-c", code], dict(os.environ), **fields)
        started.append(child)
        child.start(said.append)
        return child

    yield start
    for child in started:
        child.kill()
        child.end()


def test_each_line_of_a_child_is_told_behind_its_name(run, said):
    child = run("print('one'); print('two', flush=True)")

    until(lambda: not child.is_alive and len(said) == 2)

    assert said == [" worker1 | one", " worker1 | two"]


def test_a_child_ends_when_asked(run):
    child = run(SLEEP)

    child.end()

    assert not child.is_alive


def test_a_child_that_does_not_listen_is_killed_when_its_grace_is_over(run, said):
    child = run(DEAF + SLEEP, grace_seconds=0.1)
    until(lambda: " worker1 | deaf" in said)

    child.end()

    assert child.process.returncode == -9


def test_a_death_is_said_in_a_sentence_and_the_pause_doubles_up_to_a_limit(run, said):
    child = run("raise SystemExit(3)")
    for _ in range(8):
        until(lambda: not child.is_alive)
        child.note_death(said.append)
        child.start(lambda _line: None)

    pauses = [line.rsplit(" ", 2)[1] for line in said]
    assert pauses == ["0.5", "1", "2", "4", "8", "16", "30", "30"]
    assert said[0] == (
        "The worker1 ended unexpectedly (exit status 3); it is started again in 0.5 s."
    )


def test_after_a_calm_time_the_pause_is_short_again(run, said):
    child = run("raise SystemExit(3)")
    child.failure_count = 5
    child.started_at -= children.CALM_SECONDS + 1
    until(lambda: not child.is_alive)

    child.note_death(said.append)

    assert said[0].endswith("0.5 s.")


@pytest.mark.parametrize(("status", "words"), [(1, "exit status 1"), (-9, "killed by SIGKILL")])
def test_a_status_is_said_in_words(status, words):
    assert children.manner_of_death(status) == words


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_child_does_not_outlive_a_parent_that_is_killed():
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, sys; from app.stack.children import guarded\n"
            f"child = subprocess.Popen(guarded([sys.executable, '-c', {SLEEP!r}]))\n"
            "print(child.pid, flush=True); child.wait()",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with parent:
        child = psutil.Process(int(parent.stdout.readline()))
        # Only once it has become the command is it known to have asked Linux.
        until(lambda: "app.stack.guard" not in child.cmdline())
        parent.kill()

    psutil.wait_procs([child], timeout=PATIENCE_SECONDS)
    assert not child.is_running()
