"""Making the app opens nothing: web workers and jobs are forked from a process that has made it."""

import threading

import psutil

import config
from app import create_app
from tests.conftest import SECRETS


def test_the_app_is_made_without_a_database_a_connection_or_a_thread(tmp_path):
    process = psutil.Process()
    sockets, threads = set(process.net_connections()), threading.active_count()

    create_app(config.load({**SECRETS, "DATA_DIR": str(tmp_path)}))

    assert set(process.net_connections()) <= sockets
    assert threading.active_count() <= threads
    assert not list(tmp_path.rglob("*.db"))
    assert not (tmp_path / "lake").exists()
