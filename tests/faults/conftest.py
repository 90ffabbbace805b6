"""Tests that kill, fill and lie to real processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.faults import trees
from tests.faults.run_worker import Pool


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def start() -> Iterator[trees.Start]:
    """What starts a process tree on a folder; whatever still runs is ended after the test."""
    with trees.starting() as start:
        yield start


@pytest.fixture
def pool(app: Flask, tmp_path: Path) -> Iterator[Pool]:
    """What starts workers on runs of the app; whatever still works is ended after the test."""
    pool = Pool(tmp_path)
    yield pool
    pool.close()
