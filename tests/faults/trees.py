"""Real process trees, started as `make run` starts them, so that they can be hurt."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from app.stack.children import ROOT

PATIENCE_SECONDS = 120.0
OURS = {"DATA_DIR", "HOST", "PORT", "SECRET_KEY", "ENCRYPTION_KEY", "ADMIN_EMAIL", "ADMIN_PASSWORD"}


def until(is_so: Callable[[], object], what: str) -> None:
    """Return once it is so; fail when it never is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"It never came true that {what}."
        time.sleep(0.05)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def plain_environment() -> dict[str, str]:
    """Return the environment without settings of ours, which would lead elsewhere."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.endswith("_URL")
    }


def command_of(process: psutil.Process) -> str:
    """Return the command of a process, nothing of one that ended this very moment."""
    try:
        return " ".join(process.cmdline())
    except (psutil.ZombieProcess, psutil.NoSuchProcess):
        return ""


@dataclass
class Tree:
    """A running `python -m app.stack` and what it has said."""

    process: subprocess.Popen[str]
    port: int
    lines: list[str] = field(default_factory=list)
    seen: list[psutil.Process] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def said(self) -> str:
        """Return all it said so far."""
        return "\n".join(self.lines)

    def wait_until_it_greets(self) -> None:
        """Return once everything serves."""
        until(lambda: "To end" in self.said or self.process.poll() is not None, "it greets")
        assert self.process.poll() is None, self.said
        self.seen = self.descendants()

    def descendants(self) -> list[psutil.Process]:
        """Return every process below it."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, words: str) -> psutil.Process:
        """Return the process whose command has these words, the eldest where there are several."""
        found = [each for each in self.descendants() if words in command_of(each)]
        return min(found, key=psutil.Process.create_time)

    def end(self, sign: signal.Signals = signal.SIGINT) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(sign)
        return self.wait()

    def wait(self) -> int:
        """Return the exit status once it has ended and all is read."""
        status = self.process.wait(PATIENCE_SECONDS)
        self._reader.join(PATIENCE_SECONDS)
        return status

    def close(self) -> None:
        """Leave nothing running, whatever the test did."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for each in self.seen:
            if each.is_running():
                each.kill()
        self._reader.join(PATIENCE_SECONDS)

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            self.lines.extend(line.rstrip() for line in output)


Start = Callable[..., Tree]


@contextmanager
def starting() -> Iterator[Start]:
    """Give what starts a tree on a folder, settings by keyword; end them all afterwards."""
    trees: list[Tree] = []

    def start(folder: Path, **settings: str) -> Tree:
        trees.append(_launched(folder, settings))
        return trees[-1]

    yield start
    for tree in trees:
        tree.close()


def _launched(folder: Path, settings: dict[str, str]) -> Tree:
    port = int(settings.get("PORT") or free_port())
    ours = {"DATA_DIR": str(folder), "PORT": str(port), "WEB_WORKERS": "1", **settings}
    process = subprocess.Popen(
        [sys.executable, "-m", "app.stack"],
        cwd=ROOT,
        env={**plain_environment(), **ours},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Tree(process, port)
