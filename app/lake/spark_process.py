"""A Spark session with the Java that it runs in: begun, watched, and ended for good.

Nothing of Spark is imported before a session is begun.
"""

import logging
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from ipaddress import ip_address
from os import environ
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar
from urllib.parse import urlsplit

log = logging.getLogger(__name__)

CONNECT_SECONDS = 5.0
# A master that is there answers within seconds; Java itself takes a few to start.
START_SECONDS = 90.0
# So long a cluster may be without anybody who works for us.
IDLE_SECONDS = 60.0
END_SECONDS = 10.0
POLL_SECONDS = 0.2
LOOK_SECONDS = 1.0
Result = TypeVar("Result")


class EngineUnavailable(Exception):
    """The engine could not be reached, or did not answer; the sentence says what to do."""


class Running:
    """A session under way; what it is asked for is waited for no longer than it may take."""

    def __init__(self, url: str, answer_seconds: float) -> None:
        self._url = url
        self._answer_seconds = answer_seconds
        self._java: subprocess.Popen[bytes] | None = None
        self._busy_at = monotonic()
        self._is_over = False
        self.spark: Any = None

    def begin(self, settings: Mapping[str, str], asked: Mapping[str, str]) -> None:
        """Begin a session with settings of its process and of what is asked for.

        Raises EngineUnavailable.
        """
        _reach(self._url)
        _find_java()
        try:
            self.spark = self._waited(lambda: self._started(settings), START_SECONDS)
        except ImportError as failure:
            raise EngineUnavailable(_WITHOUT_PYSPARK) from failure
        for name, value in asked.items():
            self.spark.conf.set(name, value)
        threading.Thread(target=self._look_for_workers, daemon=True).start()

    def answer(self, work: Callable[[], Result]) -> Result:
        """Return what the session gives; raise EngineUnavailable."""
        return self._waited(work, self._answer_seconds)

    def end(self) -> None:
        """End the session and its Java, also one that does not answer any more."""
        is_there = self._java is not None and self._java.poll() is None
        if self.spark is not None and is_there:
            with suppress(Exception):
                self._waited(self.spark.stop, END_SECONDS)
        self._end_java()

    def _started(self, settings: Mapping[str, str]) -> Any:
        from pyspark import SparkConf, SparkContext
        from pyspark.sql import SparkSession

        conf = SparkConf().setMaster(self._url).setAppName("Headwater").setAll([*settings.items()])
        # Java is started first, so that it can be ended while it waits for a master.
        SparkContext._ensure_initialized(conf=conf)
        gateway: Any = SparkContext._gateway
        self._java = gateway.proc
        if self._is_over:
            # Nobody waits for it any more.
            self._end_java()
            return None
        spark = SparkSession.builder.config(conf=conf).getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        return spark

    def _waited(self, work: Callable[[], Result], seconds: float) -> Result:
        """Return what comes of the work, which is beside us, so that nobody waits for ever."""
        done: dict[str, Any] = {}

        def working() -> None:
            try:
                done["result"] = work()
            except BaseException as failure:  # handed on below
                done["failure"] = failure

        thread = threading.Thread(target=working, daemon=True)
        thread.start()
        self._wait_for(thread, seconds)
        if "failure" in done:
            raise self._told(done["failure"])
        result: Result = done["result"]
        return result

    def _wait_for(self, thread: threading.Thread, seconds: float) -> None:
        begun = self._busy_at = monotonic()
        while thread.is_alive():
            thread.join(POLL_SECONDS)
            if monotonic() - begun > seconds:
                self._give_up(f"gave no answer within {seconds:.0f} seconds")
            if self._has_workers and monotonic() - self._busy_at > IDLE_SECONDS:
                self._give_up(f"had no worker for us for {IDLE_SECONDS:.0f} seconds")

    @property
    def _has_workers(self) -> bool:
        """Tell whether others work for us whom we can count."""
        return self.spark is not None and self._url.startswith("spark://")

    def _look_for_workers(self) -> None:
        """Keep in mind when there was somebody who works for us; beside, as Java may hang."""
        while self._has_workers and self._java is not None:
            with suppress(Exception):
                # The one that is always there is ourselves.
                tracker = self.spark.sparkContext._jsc.sc().statusTracker()
                if len(tracker.getExecutorInfos()) > 1:
                    self._busy_at = monotonic()
            sleep(LOOK_SECONDS)

    def _give_up(self, fact: str) -> None:
        self._is_over = True
        if self._java is not None:
            self._java.kill()
        self._end_java()
        raise EngineUnavailable(f"Spark at {self._url} {fact}. {_TRIED_AGAIN}")

    def _told(self, failure: BaseException) -> BaseException:
        """Return the failure as it is told: what the engine refuses to read is a fault of ours."""
        from pyspark.errors import AnalysisException, ParseException

        is_lost = isinstance(failure, AnalysisException) and "PATH_NOT_FOUND" in str(failure)
        if isinstance(failure, ImportError | AnalysisException | ParseException) and not is_lost:
            return failure
        log.error("engine.failed", extra={"url": self._url}, exc_info=failure)
        fact = "finds no files under the lake's path" if is_lost else "failed in the middle"
        told = EngineUnavailable(f"Spark at {self._url} {fact}. {_TRIED_AGAIN}")
        told.__cause__ = failure
        return told

    def _end_java(self) -> None:
        if self._java is None:
            return
        java, self._java = self._java, None
        # It ends by itself once nobody can write to it.
        if java.stdin is not None:
            with suppress(OSError):
                java.stdin.close()
        try:
            java.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            java.kill()
            java.wait()
        _forget()


def _forget() -> None:
    """Let the next session of this process begin with a Java of its own."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    gateway: Any = SparkContext._gateway
    with suppress(Exception):
        gateway.shutdown()
    SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None
    SparkSession._instantiatedSession = None


def _reach(url: str) -> None:
    """Raise EngineUnavailable where nobody listens."""
    if url.startswith("local"):
        return
    # Of several masters with commas the first that listens will do.
    for place in urlsplit(url).netloc.split(","):
        host, _, port = place.rpartition(":")
        with suppress(OSError), socket.create_connection((host, int(port)), CONNECT_SECONDS):
            return
    raise EngineUnavailable(
        f"Nobody listens at {url}. Start Spark there, or mend ENGINE_URL. {_TRIED_AGAIN}"
    )


def _find_java() -> None:
    home = environ.get("JAVA_HOME")
    java = Path(home) / "bin" / "java" if home else shutil.which("java")
    if java is None or not Path(java).exists():
        raise EngineUnavailable(
            "Audiences are found by Spark, as ENGINE_URL says, and there is no Java for it here. "
            "Install one of version 17 or newer, such as openjdk-17-jre-headless, or empty "
            "ENGINE_URL."
        )


def is_near(url: str) -> bool:
    """Tell whether an engine is on this machine, so that nobody else need reach us."""
    if url.startswith("local"):
        return True
    host = (urlsplit(url).netloc.split(",")[0]).rpartition(":")[0].strip("[]")
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


_TRIED_AGAIN = "It is tried again."
_WITHOUT_PYSPARK = (
    "Audiences are found by Spark, as ENGINE_URL says, and pyspark is not installed. Install it "
    "beside Headwater with pip install 'pyspark==4.0.1', or empty ENGINE_URL."
)
