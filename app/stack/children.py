"""The processes of the tree: started, watched, started again, ended in order."""

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
Tell = Callable[[str], None]


@dataclass
class Child:
    """One process, with the command that starts it again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    grace_seconds: float = 10.0
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    failure_count: int = 0
    start_after: float = 0.0
    _reader: threading.Thread | None = field(default=None, repr=False)

    def start(self, tell: Tell) -> None:
        """Start the process in a group of its own, bound to the life of this one."""
        guarded = [sys.executable, "-m", "app.stack.guard", str(os.getpid()), *self.command]
        self.process = subprocess.Popen(
            guarded,
            cwd=ROOT,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.started_at = time.monotonic()
        self._reader = threading.Thread(
            target=_read, args=(self.process.stdout, self.name, tell), daemon=True
        )
        self._reader.start()

    @property
    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def end(self, *, by_force: bool = False) -> None:
        """End the process and all it started; politely first, unless by force."""
        if self.process is None:
            return
        self._signal(signal.SIGKILL if by_force else signal.SIGTERM)
        try:
            self.process.wait(0.1 if by_force else self.grace_seconds)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self.process.wait()
        if self._reader is not None:
            self._reader.join(timeout=1)

    def note_death(self, tell: Tell) -> None:
        """Say that the process died, and when it will be started again."""
        if time.monotonic() - self.started_at > CALM_SECONDS:
            self.failure_count = 0
        pause = min(FIRST_PAUSE_SECONDS * 2**self.failure_count, LONGEST_PAUSE_SECONDS)
        self.failure_count += 1
        self.start_after = time.monotonic() + pause
        code = self.process.returncode if self.process else None
        tell(f"{self.name} ended (status {code}); it is started again in {pause:.1f} s.")
        self.process = None

    def _signal(self, sign: signal.Signals) -> None:
        """Signal the group: gunicorn's and RQ's own children are in it."""
        if self.process is None:
            return
        try:
            if sign is signal.SIGKILL:
                os.killpg(self.process.pid, sign)
            else:
                self.process.send_signal(sign)
        except ProcessLookupError:
            return


def _read(output: IO[str] | None, name: str, tell: Tell) -> None:
    if output is None:
        return
    with output:
        for line in output:
            tell(f"{name:>7} | {line.rstrip()}")
