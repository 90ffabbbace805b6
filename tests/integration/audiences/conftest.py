"""Calling `flask audiences` on files."""

import pytest

from app.extensions import db


@pytest.fixture
def run(app, queue):
    """Return what a command printed, what it complained, and its exit code."""
    runner = app.test_cli_runner()

    def called(*arguments):
        done = runner.invoke(args=["audiences", *map(str, arguments)])
        db.session.expire_all()
        return done.stdout, done.stderr, done.exit_code

    return called


@pytest.fixture
def file(tmp_path):
    """Return how to write a file."""

    def written(text, name="audiences.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written
