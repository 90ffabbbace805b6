"""The process tree: it starts or says why not, ends without a trace, and loses nothing."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import requests

from app.demo import walking
from app.demo.visiting import Visitor
from app.stack.children import ROOT
from app.stack.tree import Stack
from tests.conftest import free_port, plain_environment

CUSTOMERS = Path(__file__).parent.parent / "data" / "chinook_customer.csv"
PATIENCE_SECONDS = 60.0


def until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)


def run(folder: Path, port: int, **settings: str) -> subprocess.Popen[str]:
    """Start everything as `make run` does."""
    environment = {**plain_environment(), "DATA_DIR": str(folder), "PORT": str(port), **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "app.stack"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def running(folder: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Give the process once it serves, with the lines it printed until then."""
    process = run(folder, port)
    lines: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C ends it" in line:
            break
    try:
        yield process, lines
    finally:
        process.kill()
        process.wait()


def refusal(process: subprocess.Popen[str]) -> str:
    """Return what a start that fails prints, and check that it ends with a status of its own."""
    said, _nothing = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode not in {0, None}
    assert "Traceback" not in said
    return said


def test_a_port_in_use_is_said(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        said = refusal(run(tmp_path, port))

    assert f"Port {port}" in said
    assert "PORT=" in said


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")

    said = refusal(run(tmp_path / "taken", free_port()))

    assert "cannot be written" in said
    assert "DATA_DIR" in said


def test_a_dead_queue_is_said(tmp_path):
    said = refusal(run(tmp_path, free_port(), REDIS_URL="redis://127.0.0.1:9"))

    assert "does not answer" in said
    assert "REDIS_URL" in said


def test_ctrl_c_ends_everything_and_a_second_start_keeps_the_data(tmp_path):
    port = free_port()
    with running(tmp_path, port) as (process, first):
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        status = process.wait(timeout=PATIENCE_SECONDS)

    assert status == 0
    assert len(children) >= 5
    until(lambda: not psutil.wait_procs(children, timeout=0)[1], "the children to end")
    assert any("with the password" in line for line in first)

    with running(tmp_path, port) as (_process, second):
        assert any("shown at the first start" in line for line in second)


def test_nothing_outlives_a_supervisor_that_is_killed(tmp_path):
    with running(tmp_path, free_port()) as (process, _lines):
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()

        until(lambda: not psutil.wait_procs(children, timeout=0)[1], "the orphans to end")


def test_a_worker_that_is_killed_is_started_again(tmp_path):
    with Stack(data_dir=tmp_path, port=free_port(), environment=plain_environment()) as stack:
        worker = next(child for child in stack.children if child.name.startswith("worker"))
        assert worker.process is not None
        killed = worker.process.pid
        os.kill(killed, signal.SIGKILL)

        def is_another() -> bool:
            stack.watch()
            return worker.process is not None and worker.process.pid != killed

        until(is_another, "another worker")


@pytest.mark.parametrize("victim", ["everything", "worker"])
def test_a_file_that_was_confirmed_survives_kill_9(tmp_path, victim):
    port = free_port()
    settings = {**plain_environment(), "RUN_STALLED_SECONDS": "3"}
    first = Stack(data_dir=tmp_path, port=port, environment=settings)
    with first:
        visitor = Visitor(first.url)
        walking.sign_in(visitor, first.admin_email, first.admin_password)
        walk = walking.create_dataflow(visitor, "Customers")
        walking.upload_draft(visitor, walk, CUSTOMERS)
        walking.map_and_try(visitor, walk, schema="Customers", identifier="id")
        walking.activate(visitor, walk)
        address = f"{first.url}/api/v1/streams/{walk.stream_id}/files/one?kind=production"

        answer = requests.put(address, data=CUSTOMERS.read_bytes(), timeout=30)
        _kill(first, victim)

    assert answer.status_code == 201
    with Stack(data_dir=tmp_path, port=port, environment=settings) as second:
        visitor = Visitor(second.url)
        walking.sign_in(visitor, first.admin_email, first.admin_password)
        found = walking.finished_run(visitor, walk, 1)
    assert found == {"added": 59, "changed": 0, "same": 0, "rejected": 0, "superseded": 0}


def _kill(stack: Stack, victim: str) -> None:
    for child in stack.children:
        if child.process is not None and (victim == "everything" or child.name.startswith(victim)):
            for each in psutil.Process(child.process.pid).children(recursive=True):
                each.kill()
            child.process.kill()
