"""Starting and ending everything, with real processes: what is in the way, what dies, what stays."""

import signal
import socket
import sqlite3

import psutil
import pytest
import requests

from app.demo import walking
from app.demo.visiting import Visitor
from tests.faults.conftest import PATIENCE_SECONDS, Tree, free_port, until

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
                words in " ".join(each.cmdline()) and each != killed for each in tree.descendants()
            ),
            f"the {name} runs again",
        )

    assert health(tree) == 200
    assert tree.end() == 0


def test_nothing_outlives_a_supervisor_that_is_killed_and_the_next_start_works(start, tmp_path):
    tree = start(tmp_path)
    tree.wait_until_it_greets()
    assert {"valkey-server", "python"} <= {each.name() for each in tree.seen}

    tree.process.kill()
    assert survivors(tree) == []

    again = start(tmp_path, PORT=str(tree.port))
    again.wait_until_it_greets()
    assert health(again) == 200


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


def test_a_second_start_on_the_same_folder_is_refused(start, tmp_path):
    first = start(tmp_path)
    until(lambda: (tmp_path / "valkey.sock").exists(), "the first has the folder")

    second = start(tmp_path)

    assert second.wait() == 1
    assert second.lines == [
        f"Headwater runs on {tmp_path} already (process {first.process.pid}). "
        "End it first, or set DATA_DIR to another folder."
    ]


def test_a_port_in_use_is_said_in_a_sentence(start, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        tree = start(tmp_path, PORT=str(port))

        assert tree.wait() == 1

    assert tree.lines == [
        f"Port {port} on 127.0.0.1 is in use by another program. "
        f"End that program, or choose another port: PORT={port + 1} make run."
    ]


def test_a_setting_that_cannot_be_used_is_said_in_a_sentence(start, tmp_path):
    tree = start(tmp_path, WORKERS="many")

    assert tree.wait() == 1
    assert tree.lines == ["WORKERS must be a whole number, not 'many'."]


@pytest.mark.parametrize("place", ["file/instance", "/proc/headwater"])
def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(start, tmp_path, place):
    (tmp_path / "file").write_text("")

    tree = start(tmp_path / place)

    assert tree.wait() == 1
    assert len(tree.lines) == 1
    assert f"The data folder {tmp_path / place} cannot be written to" in tree.said
    assert "DATA_DIR" in tree.said


def test_a_dead_queue_is_said_in_a_sentence(start, tmp_path):
    port = free_port()

    tree = start(tmp_path, REDIS_URL=f"redis://127.0.0.1:{port}/0")

    assert tree.wait() == 1
    assert len(tree.lines) == 1
    assert f"127.0.0.1:{port}/0 does not answer" in tree.said
    assert "REDIS_URL" in tree.said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"DATABASE_URL": "sqlite:////proc/none/x.db"}, "cannot be used (unable to open"),
        ({"DATABASE_URL": "no address"}, "DATABASE_URL cannot be used"),
        ({"ADMIN_PASSWORD": "short"}, "ADMIN_PASSWORD is too short: it needs 12 characters."),
    ],
)
def test_a_database_or_password_that_will_not_do_is_said_in_a_sentence(
    start, tmp_path, settings, said
):
    tree = start(tmp_path, **settings)

    assert tree.wait() == 1
    assert len(tree.lines) == 1
    assert said in tree.said


def test_a_database_of_a_newer_headwater_is_left_alone(start, tmp_path):
    with sqlite3.connect(tmp_path / "headwater.db") as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")

    tree = start(tmp_path)

    assert tree.wait() == 1
    assert "headwater.db was made by a newer Headwater. Update this one." in tree.said
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master")]
    assert tables == ["alembic_version"]
    database.close()
