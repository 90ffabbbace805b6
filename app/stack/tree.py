"""The whole of Headwater as a context: `with Stack(...) as stack: stack.url`."""

import os
import socket
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import config
from app.stack import preflight, preparing, probes, secret_keys, valkey
from app.stack.children import Child, Tell
from app.stack.preflight import CannotStart

START_SECONDS = 90.0
POLL_SECONDS = 0.1
# The many threads of a web process take turns anyway. With memory of its own for each, as the GNU
# C library gives by default, every request would be read into memory that no cache has.
FEW_HEAPS = {"MALLOC_ARENA_MAX": "2"}


class Stopped(Exception):
    """It was asked to end while it was still starting."""


class Stack:
    """Valkey, the web, workers and the scheduler; `admin_password` is set the first time only."""

    def __init__(
        self,
        *,
        data_dir: Path,
        host: str | None = None,
        port: int | None = None,
        environment: Mapping[str, str] | None = None,
        tell: Tell = lambda _line: None,
    ) -> None:
        self.data_dir = data_dir.absolute()
        self.url = self.public_url = ""
        self.admin_email = self.admin_password = ""
        self.is_stopping = False
        self.children: list[Child] = []
        self.environment = dict(os.environ if environment is None else environment)
        self.environment.update(DATA_DIR=str(self.data_dir), TZ="UTC", PYTHONUNBUFFERED="1")
        if host is not None:
            self.environment["HOST"] = host
        if port is not None:
            self.environment["PORT"] = str(port)
        self._tell = tell
        self._lock: IO[str] | None = None
        self._listening: socket.socket | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def start(self) -> None:
        """Start everything and return when it serves; raise CannotStart or Stopped."""
        preflight.check_folder(self.data_dir)
        self._lock = preflight.lock_folder(self.data_dir)
        secret_keys.ensure(self.data_dir, self.environment)
        listening = self._listen()
        self._start_queue()
        made = preparing.prepare(self.environment, self._tell)
        self.admin_email, self.admin_password = made.get("email", ""), made.get("password", "")
        self._start_servers(listening)

    def watch(self) -> None:
        """Start again what died; called every now and then."""
        for child in self.children:
            if child.process is not None and not child.is_alive:
                child.note_death(self._tell)
            if child.process is None and time.monotonic() >= child.start_after:
                child.start(self._tell)

    def end(self) -> None:
        """End everything in order: the web, the scheduler, the workers, the queue."""
        if self._listening is not None:
            self._listening.close()
        for child in reversed(self.children):
            child.end()
        self.children.clear()
        if self._lock is not None:
            self._lock.close()

    def kill(self) -> None:
        """End everything at once, by force."""
        for child in self.children:
            child.kill()

    def _settings(self) -> dict[str, Any]:
        try:
            return config.load(self.environment)
        except (config.SettingMissing, config.SettingInvalid) as failure:
            raise CannotStart(str(failure)) from failure

    def _listen(self) -> socket.socket:
        """Take the port; 0 takes a free one, so the settings are read again with its number."""
        settings = self._settings()
        host = settings["HOST"]
        self._listening = preflight.listen(host, settings["PORT"])
        port = self._listening.getsockname()[1]
        self.environment.update(HOST=host, PORT=str(port))
        self.url, self.public_url = f"http://{host}:{port}", self._settings()["PUBLIC_URL"]
        return self._listening

    def _start_queue(self) -> None:
        given: str = self._settings()["REDIS_URL"]
        if given != valkey.default_url(self.data_dir):
            preflight.check_queue(given)
            return
        embedded = self.environment["REDIS_URL"] = valkey.redis_url(self.data_dir)
        command, log = valkey.command(self.data_dir), valkey.log(self.data_dir)
        self._add(Child("queue", command, self.environment, log=log))
        self._wait_for(lambda: probes.queue_answers(embedded), "queue")

    def _start_servers(self, listening: socket.socket) -> None:
        settings = self._settings()
        python = [sys.executable, "-m"]
        names = [f"worker{number}" for number in range(1, settings["WORKERS"] + 1)]
        workers = [Child(name, [*python, "jobs.worker"], self.environment) for name in names]
        cron = Child("cron", [*python, "jobs.schedule"], self.environment)
        gunicorn = [
            *(*python, "gunicorn", "wsgi:app", "--config", "python:app.stack.serving"),
            *("--bind", f"fd://{listening.fileno()}", "--workers", str(settings["WEB_WORKERS"])),
        ]
        environment = {**FEW_HEAPS, **self.environment}
        web = Child("web", gunicorn, environment, inherited=[listening.fileno()])
        for child in (*workers, cron, web):
            self._add(child)
        self._wait_for(lambda: probes.web_serves(self.url), "web server")
        pids = [worker.process.pid for worker in workers if worker.process]
        self._wait_for(lambda: probes.workers_listen(settings["REDIS_URL"], pids), "worker")

    def _add(self, child: Child) -> None:
        if self.is_stopping:
            raise Stopped
        self.children.append(child)
        child.start(self._tell)

    def _wait_for(self, is_there: Callable[[], bool], what: str) -> None:
        """Return once it is there; raise CannotStart, or Stopped when told to end."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_stopping:
            if is_there():
                return
            for child in self.children:
                if not child.is_alive:
                    where = f"in {child.log}" if child.log else "above"
                    raise CannotStart(
                        f"The {child.name} ended at its start. Its reason is {where}."
                    )
            if time.monotonic() > deadline:
                raise CannotStart(f"The {what} did not answer in {START_SECONDS:.0f} seconds.")
            time.sleep(POLL_SECONDS)
        raise Stopped
