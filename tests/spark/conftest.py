"""Tests on a real Apache Spark, which is started once a process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app.lake import spark as engine
from app.lake.spark import Spark


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.spark)
            # PySpark leaves it to Python to close what rows came by.
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"))


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    """A Spark of two threads within this machine."""
    folder = tmp_path_factory.mktemp("spark")
    # What lives for a minute is not worth being compiled twice.
    quick = {
        "spark_sql_shuffle_partitions": "1",
        "spark_driver_extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }
    with engine.opened("local[2]", folder, **quick) as session:
        yield session


@pytest.fixture
def on_spark(app: Flask, spark: Spark, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An app whose audiences that Spark finds, though none is started for each."""

    @contextmanager
    def running(*_arguments: object) -> Iterator[Spark]:
        yield spark

    monkeypatch.setattr(engine, "opened", running)
    app.config["ENGINE_URL"] = "local[2]"
    return app
