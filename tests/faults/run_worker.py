"""Real worker processes that carry runs out, to be killed, stopped, and left without room.

One process imports everything and opens nothing, as the worker does, and forks another for each
run: so that a second of imports is not paid for every process that is killed.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import config
from app import clock, create_app
from app.execution import services as execution
from app.lake import engine, writing
from app.lake.tables import Lake
from tests.conftest import SECRETS, RecordingQueue

ROOT = Path(__file__).parent.parent.parent
# Where a process can be told to die, or to stand still: before or after one of these calls.
PLACES: dict[str, tuple[Any, str]] = {
    "reading": (execution.working.loading, "_read_into"),
    "planning": (execution.working.loading.planning, "planned"),
    "journal": (Lake, "keep_journal"),
    "copying": (writing, "_written"),
    "committing": (writing, "_commit"),
    "undoing": (execution.working.undoing, "plan_undo"),
    "closing": (execution, "_end"),
}


@dataclass(frozen=True)
class Worker:
    """A process that carries out one run."""

    pid: int
    pool: "Pool"

    def signal(self, sign: signal.Signals) -> None:
        """Send it a signal; nothing if it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, sign)

    def wait(self) -> int:
        """Return how it ended: 0 when it did what it was asked, less than 0 for a signal."""
        return int(self.pool.ask({"wait": self.pid})["status"])

    def wait_until_it_stands(self) -> None:
        """Return once it stands still, where it was told to."""
        assert self.pool.ask({"stands": self.pid})["is_so"]


class Pool:
    """The process that forks workers, as the test has it."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        asked = json.dumps({"folder": str(folder), **settings})
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.run_worker", asked],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._workers: set[int] = set()
        self.ask({})

    def start(self, run_id: int, **how: Any) -> Worker:
        """Start a worker on a run."""
        pid = self.ask({"run": run_id, **how})["pid"]
        self._workers.add(pid)
        return Worker(pid, self)

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Return what the process answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        self._workers.discard(question.get("wait", 0))
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        """End it with every worker that was left."""
        for pid in list(self._workers):
            os.kill(pid, signal.SIGKILL)
            self.ask({"wait": pid})
        self._process.communicate(timeout=60)


def carry_out(app: Any, asked: dict[str, Any]) -> None:
    """Do what a worker does for one run, in a world as bad as asked."""
    # One that is to stand still does so between beats: a beat is a transaction that would lock.
    execution.BEAT_SECONDS = 60 if "SIGSTOP" in asked.get("at", {}) else 0.2
    if (memory := asked.get("memory")) is not None:
        engine.spilling_limit = lambda _reads: memory
    for sign, place in asked.get("at", {}).items():
        interrupt(place, signal.Signals[sign])
    with app.app_context():
        execution.execute_run(
            run_id=asked["run"],
            stalled_after=timedelta(seconds=asked.get("stalled_after", 60)),
            clock=clock.now,
        )


def interrupt(place: str, sign: signal.Signals) -> None:
    """Let the next call of a place, `before ...` or `after ...`, send this process a signal."""
    when, _, name = place.partition(" ")
    owner, attribute = PLACES[name]
    done: Callable[..., Any] = getattr(owner, attribute)

    def interrupted(*arguments: Any, **others: Any) -> Any:
        if when == "before":
            os.kill(os.getpid(), sign)
        result = done(*arguments, **others)
        if when == "after":
            os.kill(os.getpid(), sign)
        return result

    setattr(owner, attribute, interrupted)


def forked(app: Any, asked: dict[str, Any]) -> int:
    """Return the id of a process that carries a run out and ends."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        # What it says is not an answer to the test.
        os.dup2(2, 1)
        carry_out(app, asked)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def answer_to(app: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what the process says to a question."""
    if "run" in asked:
        return {"pid": forked(app, asked)}
    if "stands" in asked:
        _pid, status = os.waitpid(asked["stands"], os.WUNTRACED)
        return {"is_so": os.WIFSTOPPED(status)}
    if "wait" in asked:
        _pid, status = os.waitpid(asked["wait"], 0)
        return {"status": os.waitstatus_to_exitcode(status)}
    return {}


def main() -> None:
    """Answer questions until there are no more."""
    settings = json.loads(sys.argv[1])
    environment = {**SECRETS, "DATA_DIR": settings.pop("folder"), **settings}
    app = create_app({**config.load(environment), "TESTING": True})
    app.extensions["bell"] = RecordingQueue()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer_to(app, json.loads(line))) + "\n")
        sys.stdout.flush()
    # DuckDB, imported and never used, would complain at an orderly end.
    os._exit(0)


if __name__ == "__main__":
    main()
