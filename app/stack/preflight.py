"""What is looked at before anything starts; each failure is one sentence."""

import base64
import fcntl
import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from redis import Redis
from redis.exceptions import RedisError


class CannotStart(Exception):
    """Something is in the way; the sentence says what, and what to do."""


def check_folder(folder: Path) -> None:
    """Make the data folder; raise CannotStart where nothing can be written."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("")
        probe.unlink()
    except OSError as failure:
        raise CannotStart(
            f"The data folder {folder} cannot be written to ({failure.strerror}). "
            "Make it writable, or set DATA_DIR to another folder."
        ) from failure


def check_port(host: str, port: int) -> None:
    """Raise CannotStart where another program listens."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as failure:
            raise CannotStart(
                f"Port {port} on {host} cannot be used ({failure.strerror}). "
                "End the program that uses it, or choose another with PORT=8090 make run."
            ) from failure


def check_queue(redis_url: str) -> None:
    """Raise CannotStart where no Redis or Valkey answers."""
    try:
        Redis.from_url(redis_url, socket_connect_timeout=3).ping()
    except (RedisError, ValueError) as failure:
        raise CannotStart(
            f"The queue at {redis_url.rsplit('@', 1)[-1]} does not answer. "
            "Start it, mend REDIS_URL, or leave REDIS_URL out to use the embedded one."
        ) from failure


def lock_folder(folder: Path) -> IO[str]:
    """Return the open lock of the data folder; raise CannotStart where another holds it."""
    file = (folder / "running.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as failure:
        file.close()
        raise CannotStart(
            f"Headwater is running on {folder} already. End it first, or set DATA_DIR to another."
        ) from failure
    return file


def ensure_secrets(folder: Path, environment: Mapping[str, str]) -> None:
    """Write the secrets of this installation, once, readable by nobody else."""
    file = folder / "headwater.env"
    if file.exists() or environment.get("SECRET_KEY"):
        return
    # 32 random bytes in URL-safe base64, as Fernet takes its keys.
    encryption_key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(f"SECRET_KEY={secrets.token_urlsafe(48)}\n")
        opened.write(f"ENCRYPTION_KEY={encryption_key}\n")
