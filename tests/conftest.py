"""What all tests share: an app on a database of its own, a recording queue, people, pages."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache

import config
from app import create_app
from app.accounts import passwords
from app.accounts.models import Role, User
from app.accounts.services import create_user
from app.extensions import db
from app.queue import JobName
from app.stack.tree import Stack
from tests.pages import Pages

# Two test workers share two cores: how long one example takes says nothing.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# Hashing as slowly as it should be would take longer than most tests do.
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PASSWORD = "a long enough password"
SECRETS = {
    "SECRET_KEY": "for tests only",
    "ENCRYPTION_KEY": "dGhpcyBrZXkgaXMgZm9yIHRlc3RzIG9ubHksIHRydWU=",
    "SITE_CLIENT_ID": "platform-1",
    "SITE_CLIENT_SECRET": "secret-of-tests-0123456789",
}


class RecordingQueue:
    """Keeps what was handed over, in place of a queue."""

    def __init__(self) -> None:
        self.jobs: list[tuple[JobName, dict[str, Any]]] = []

    def enqueue(self, name: JobName, arguments: dict[str, Any], *, is_single: bool = False) -> None:
        self.jobs.append((name, arguments))


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def plain_environment() -> dict[str, str]:
    """Return the environment without settings that lead to servers elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.endswith("_URL")}


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Everything Headwater consists of, as real processes on a folder and a port of its own."""
    folder = tmp_path_factory.mktemp("headwater")
    # Each test signs in anew, more often than a person may.
    environment = {**plain_environment(), "SIGN_IN_LIMIT": "1000 per minute"}
    with Stack(data_dir=folder, port=free_port(), environment=environment) as running:
        yield running


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates compiled once for all apps; most of a short test's time would go there."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[Flask]:
    """An app with an empty database, files store and lake in a folder of its own."""
    monkeypatch.setattr(passwords, "_hasher", QUICK_HASHER)
    settings = config.load({**SECRETS, "DATA_DIR": str(tmp_path)})
    app = create_app({**settings, "TESTING": True, "RATELIMIT_ENABLED": False})
    app.jinja_env.bytecode_cache = compiled_templates
    app.extensions["bell"] = RecordingQueue()
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def queue(app: Flask) -> RecordingQueue:
    """What the app handed to the queue."""
    recorded: RecordingQueue = app.extensions["bell"]
    return recorded


@pytest.fixture
def owner(app: Flask) -> User:
    """Somebody who may do everything."""
    return create_user(email="owner@example.com", password=PASSWORD, role=Role.ADMIN, now=NOW)


@pytest.fixture
def viewer(app: Flask) -> User:
    """Somebody who may only look."""
    return create_user(email="viewer@example.com", password=PASSWORD, role=Role.VIEWER, now=NOW)


@pytest.fixture
def pages(app: Flask, owner: User) -> Pages:
    """The pages as the owner sees them."""
    return Pages(app, owner.email, PASSWORD)


@pytest.fixture
def visitor(app: Flask) -> Pages:
    """The pages as somebody sees them who is not signed in."""
    return Pages(app)
