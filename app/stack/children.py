"""The processes of the tree: started, watched, started again, ended."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent.parent
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
CALM_SECONDS = 60.0
READER_SECONDS = 1.0
Tell = Callable[[str], None]


@dataclass
class Child:
    """One process, with the command that starts it again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    grace_seconds: float = 10.0
    # Open files it is to have, as a server its listening socket.
    inherited: Sequence[int] = ()
    # Where it writes what it says, if not to us.
    log: Path | None = None
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    failure_count: int = 0
    start_after: float = 0.0
    _reader: threading.Thread | None = field(default=None, repr=False)

    def start(self, tell: Tell) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches only us."""
        self.process = subprocess.Popen(
            guarded(self.command),
            cwd=ROOT,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            pass_fds=self.inherited,
        )
        self.started_at = time.monotonic()
        self._reader = threading.Thread(
            target=_pass_on, args=(self.process.stdout, self.name, tell), daemon=True
        )
        self._reader.start()

    @property
    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def end(self) -> None:
        """Ask the process to end, and kill it with all it started when its grace is over."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.grace_seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()
        self._finish_reading()

    def kill(self) -> None:
        """Kill the process and those in its group, without waiting."""
        if self.is_alive and self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def note_death(self, tell: Tell) -> None:
        """Say that the process died, and when it will be started again."""
        if self.process is None:
            return
        if time.monotonic() - self.started_at > CALM_SECONDS:
            self.failure_count = 0
        pause = min(FIRST_PAUSE_SECONDS * 2**self.failure_count, LONGEST_PAUSE_SECONDS)
        self.failure_count += 1
        self.start_after = time.monotonic() + pause
        self._finish_reading()
        tell(
            f"The {self.name} ended unexpectedly ({manner_of_death(self.process.returncode)}); "
            f"it is started again in {pause:g} s."
        )
        self.process = None

    def _finish_reading(self) -> None:
        """Let its last lines be told before what comes after."""
        if self._reader is not None:
            self._reader.join(READER_SECONDS)


def guarded(command: Sequence[str]) -> list[str]:
    """Return the command bound to the life of this process."""
    return [sys.executable, "-m", "app.stack.guard", str(os.getpid()), *command]


def manner_of_death(status: int) -> str:
    """Return how a process ended, from its status as subprocess gives it."""
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def _pass_on(output: IO[str] | None, name: str, tell: Tell) -> None:
    if output is None:
        return
    with output:
        for line in output:
            tell(f"{name:>8} | {line.rstrip()}")
