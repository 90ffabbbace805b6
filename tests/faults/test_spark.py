"""Audiences on a Spark of real processes: a master, workers, and a driver that may die."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pyspark
import pytest

from app.audiences.models import AudienceStatus
from app.stack.children import ROOT
from tests.conftest import SECRETS
from tests.faults.trees import command_of, free_port, plain_environment, until
from tests.integration.audiences.making import fresh, make_audience, make_events, member_ids

HOME = Path(pyspark.__file__).parent
# The job as a worker does it, in a process of its own.
JOB = """
import sys
import config
from app.lake import spark_process
from app import create_app
from jobs.audiences import evaluate_audience

spark_process.IDLE_SECONDS = float(sys.argv[2])
with create_app(config.load()).app_context():
    evaluate_audience(audience_id=int(sys.argv[1]))
"""
Program = Callable[..., psutil.Process]


@contextmanager
def programs(folder: Path) -> Iterator[Program]:
    """Give what starts programs of Spark, which are ended after the block."""
    environment = {
        **plain_environment(),
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "scratch"),
    }
    started = []

    def start(name: str, *arguments: str) -> psutil.Process:
        with (folder / f"{len(started)}.log").open("w") as said:
            process = psutil.Popen(
                [str(HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments],
                cwd=folder,
                env=environment,
                stdout=said,
                stderr=said,
            )
        started.append(process)
        return process

    try:
        yield start
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes of Spark are."""
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="module")
def start_program(folder: Path) -> Iterator[Program]:
    """What starts programs of Spark."""
    with programs(folder) as start:
        yield start


@pytest.fixture(scope="module")
def master(start_program: Program) -> str:
    """The address of a master without workers."""
    return started_master(start_program)


def started_master(start: Program) -> str:
    port = free_port()
    place = ("--host", "127.0.0.1", "--port", str(port), "--webui-port", str(free_port()))
    process = start("master.Master", *place)
    until(lambda: port in {each.laddr.port for each in process.net_connections()}, "it listens")
    return f"spark://127.0.0.1:{port}"


@contextmanager
def evaluating(app, audience, url, idle_seconds=60.0):
    """Give the process that finds the members of an audience."""
    environment = {**plain_environment(), **SECRETS, "DATA_DIR": str(app.config["DATA_DIR"])}
    process = subprocess.Popen(
        [sys.executable, "-c", JOB, str(audience.id), str(idle_seconds)],
        cwd=ROOT,
        env={**environment, "ENGINE_URL": url},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def drivers(app):
    """Return the processes of Java that were begun for the app."""
    marks = ("pyspark-shell", str(app.config["DATA_DIR"]))
    return [
        each
        for each in psutil.process_iter()
        if all(mark in command_of(each) for mark in marks) and each.status() != "zombie"
    ]


def test_a_cluster_finds_the_members_and_leaves_no_process_behind(app, folder, start_program):
    make_events(app, ("1", "buy", {"revenue": 5}), ("2", "visit", {}), ("3", "buy", {}))
    audience = make_audience()
    url = started_master(start_program)
    start_program(
        *("worker.Worker", url, "--host", "127.0.0.1", "--cores", "1", "--memory", "1g"),
        *("--webui-port", str(free_port()), "--work-dir", str(folder / "work")),
    )

    with evaluating(app, audience, url) as process:
        assert process.wait(120) == 0

    audience = fresh(audience)
    assert (audience.status, audience.failure) == (AudienceStatus.EVALUATED, None)
    assert sorted(member_ids(audience)) == ["1", "3"]
    assert drivers(app) == []


def test_a_cluster_without_workers_is_given_up(app, master):
    make_events(app, ("1", "buy", {}))
    audience = make_audience()

    with evaluating(app, audience, master, idle_seconds=2) as process:
        assert process.wait(120) == 0

    audience = fresh(audience)
    assert audience.status is AudienceStatus.FAILED
    assert audience.failure == (
        f"Spark at {master} had no worker for us for 2 seconds. It is tried again."
    )
    assert drivers(app) == []


def test_a_driver_that_dies_is_told(app, master):
    make_events(app, ("1", "buy", {}))
    audience = make_audience()

    with evaluating(app, audience, master) as process:
        until(lambda: drivers(app), "Java runs")
        for driver in drivers(app):
            driver.kill()
        assert process.wait(120) == 0

    audience = fresh(audience)
    assert audience.status is AudienceStatus.FAILED
    assert audience.failure == f"Spark at {master} failed in the middle. It is tried again."


def test_of_a_worker_that_is_killed_no_java_is_left(app, master):
    make_events(app, ("1", "buy", {}))
    audience = make_audience()

    with evaluating(app, audience, master) as process:
        until(lambda: drivers(app), "Java runs")
        process.kill()
        until(lambda: not drivers(app), "Java ended")

    assert fresh(audience).status is AudienceStatus.EVALUATING


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("java", "there is no Java for it here"), ("pyspark", "pyspark is not installed")],
)
def test_what_is_missing_is_said_with_what_to_do(app, tmp_path, missing, sentence):
    audience = make_audience()
    hidden = 'sys.modules["pyspark"] = None\n' if missing == "pyspark" else ""
    environment = {**plain_environment(), **SECRETS, "DATA_DIR": str(app.config["DATA_DIR"])}
    environment.pop("JAVA_HOME", None)
    if missing == "java":
        environment["PATH"] = str(tmp_path)

    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{hidden}{JOB}", str(audience.id), "60"],
        cwd=ROOT,
        env={**environment, "ENGINE_URL": "local[1]"},
        check=False,
        timeout=60,
    )

    assert done.returncode == 0
    assert sentence in (fresh(audience).failure or "")
    assert "empty ENGINE_URL" in (fresh(audience).failure or "")
