"""A start that something is in the way of says so in one sentence, and ends with status 1."""

import socket
import sqlite3

import pytest

from tests.faults.trees import free_port, until


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
    assert tree.lines == ["WORKERS must be a whole number between 1 and 256, not 'many'."]


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
        (
            {"ADMIN_PASSWORD": "short"},
            "ADMIN_PASSWORD cannot be used. A password has 12 to 1024 characters.",
        ),
        ({"ADMIN_EMAIL": "nobody"}, "ADMIN_EMAIL is no e-mail address: nobody"),
    ],
)
def test_a_database_or_password_that_will_not_do_is_said_in_a_sentence(
    start, tmp_path, settings, said
):
    tree = start(tmp_path, **settings)

    assert tree.wait() == 1
    assert len(tree.lines) == 1
    assert said in tree.said


def test_a_scheduled_export_with_a_slip_in_it_is_said_in_a_sentence(start, tmp_path):
    settings = tmp_path / "headwater.toml"
    settings.write_text(
        '[[data_export.schedule.user]]\ninterval = "0 3 * * *"\noptions = "--stream s"\n'
    )

    tree = start(tmp_path / "instance", HEADWATER_CONFIG=str(settings))

    assert tree.wait() == 1
    assert len(tree.lines) == 1
    assert "data_export.schedule.user, entry 1: its options cannot be read" in tree.said


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
