"""The whole of Headwater as a context: `with Stack(...) as stack: stack.url`."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Worker

from app.stack import preflight, valkey
from app.stack.children import ROOT, Child, Tell
from app.stack.preflight import CannotStart

START_SECONDS = 90.0
POLL_SECONDS = 0.1


class Stack:
    """Valkey, the web, workers and the scheduler; `admin_password` is set the first time only."""

    def __init__(
        self,
        *,
        data_dir: Path,
        host: str = "127.0.0.1",
        port: int = 8080,
        environment: Mapping[str, str] | None = None,
        tell: Tell = lambda _line: None,
    ) -> None:
        self.data_dir = data_dir.absolute()
        self.host, self.port = host, port
        self.url = f"http://{host}:{port}"
        self.admin_email = self.admin_password = ""
        self.children: list[Child] = []
        self.environment: dict[str, str] = {
            **(os.environ if environment is None else environment),
            "DATA_DIR": str(self.data_dir),
            "HOST": host,
            "PORT": str(port),
            "TZ": "UTC",
            "PYTHONUNBUFFERED": "1",
        }
        self._tell = tell
        self._lock: IO[str] | None = None

    def __enter__(self) -> "Stack":
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
        """Start everything and return when it serves; raise CannotStart."""
        preflight.check_folder(self.data_dir)
        self._lock = preflight.lock_folder(self.data_dir)
        preflight.check_port(self.host, self.port)
        preflight.ensure_secrets(self.data_dir, self.environment)
        self._start_queue()
        self._first_start()
        for child in self._servers():
            self._add(child)
        self._wait_for(self._serves, "The web server")
        self._wait_for(self._works, "The worker")

    def watch(self) -> None:
        """Start again what died; called every now and then."""
        for child in self.children:
            if child.process is not None and not child.is_alive:
                child.note_death(self._tell)
            if child.process is None and time.monotonic() >= child.start_after:
                child.start(self._tell)

    def end(self, *, by_force: bool = False) -> None:
        """End everything, what was started last first."""
        while self.children:
            self.children.pop().end(by_force=by_force)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _start_queue(self) -> None:
        given = self.environment.get("REDIS_URL")
        if given:
            preflight.check_queue(given)
            return
        self.environment["REDIS_URL"] = valkey.redis_url(self.data_dir)
        self._add(Child("queue", valkey.command(self.data_dir), self.environment))
        self._wait_for(self._queue_answers, "The queue")

    def _first_start(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "app.stack.first_start"],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise CannotStart(f"The database could not be made ready: {reason}")
        sign_in: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        self.admin_email = sign_in.get("email", "")
        self.admin_password = sign_in.get("password", "")

    def _servers(self) -> list[Child]:
        python = [sys.executable, "-m"]
        workers = max(1, int(self.environment.get("WORKERS", "1")))
        return [
            *(
                Child(f"worker{number}", [*python, "jobs.worker"], self.environment)
                for number in range(1, workers + 1)
            ),
            Child("cron", [*python, "jobs.schedule"], self.environment),
            Child("web", [*python, "gunicorn", *self._gunicorn()], self.environment),
        ]

    def _gunicorn(self) -> list[str]:
        return [
            "wsgi:app",
            "--config=python:app.stack.serving",
            f"--bind={self.host}:{self.port}",
            f"--workers={self.environment.get('WEB_WORKERS', '2')}",
        ]

    def _add(self, child: Child) -> None:
        self.children.append(child)
        child.start(self._tell)

    def _wait_for(self, is_there: Any, what: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not is_there():
            dead = next((child for child in self.children if not child.is_alive), None)
            if dead is not None:
                raise CannotStart(f"{what} did not start: {dead.name} ended. Its reason is above.")
            if time.monotonic() > deadline:
                raise CannotStart(f"{what} did not answer within {START_SECONDS:.0f} seconds.")
            time.sleep(POLL_SECONDS)

    def _queue_answers(self) -> bool:
        try:
            return bool(Redis.from_url(self.environment["REDIS_URL"]).ping())
        except RedisError:
            return False

    def _serves(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _works(self) -> bool:
        return Worker.count(connection=Redis.from_url(self.environment["REDIS_URL"])) > 0
