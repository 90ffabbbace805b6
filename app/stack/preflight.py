"""What is looked at before anything starts; each failure is one sentence."""

import errno
import fcntl
import os
import shutil
import socket
from pathlib import Path
from typing import IO

from redis import Redis
from redis.exceptions import RedisError

LEAST_FREE_MEGABYTES = 100
LISTEN_BACKLOG = 2048
QUEUE_SECONDS = 3


class CannotStart(Exception):
    """Something is in the way; the sentence says what, and what to do."""


def check_folder(folder: Path, least_free_megabytes: int = LEAST_FREE_MEGABYTES) -> None:
    """Make the data folder; raise CannotStart where nothing can be written or kept."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe.write_text("")
        probe.unlink()
        free_megabytes = shutil.disk_usage(folder).free // 1024**2
    except OSError as failure:
        raise CannotStart(
            f"The data folder {folder} cannot be written to ({failure.strerror}). "
            "Make it writable, or set DATA_DIR to another folder."
        ) from failure
    if free_megabytes < least_free_megabytes:
        raise CannotStart(
            f"The disk of the data folder {folder} is full: {free_megabytes} MB are free, and "
            f"{least_free_megabytes} MB are needed. Free some, or set DATA_DIR to another disk."
        )


def listen(host: str, port: int) -> socket.socket:
    """Return the socket the web server will answer on; raise CannotStart where it is taken.

    It is ours from now on: nobody can take the port between this check and the server's start,
    and while the web server is started again, browsers wait instead of being refused.
    """
    try:
        return socket.create_server((host, port), backlog=LISTEN_BACKLOG)
    except OSError as failure:
        raise CannotStart(_port_sentence(host, port, failure)) from failure


def check_queue(redis_url: str) -> None:
    """Raise CannotStart where no Redis or Valkey answers."""
    try:
        with Redis.from_url(redis_url, socket_connect_timeout=QUEUE_SECONDS) as connection:
            connection.ping()
    except (RedisError, ValueError, OSError) as failure:
        raise CannotStart(
            f"The queue at {redis_url.rsplit('@', 1)[-1]} does not answer. "
            "Start it, mend REDIS_URL, or leave REDIS_URL out to use the embedded one."
        ) from failure


def lock_folder(folder: Path) -> IO[str]:
    """Return the open lock of the data folder; raise CannotStart where another holds it."""
    file = (folder / "running.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as failure:
        file.seek(0)
        holder = file.read().strip()
        file.close()
        raise CannotStart(
            f"Headwater runs on {folder} already (process {holder}). "
            "End it first, or set DATA_DIR to another folder."
        ) from failure
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def _port_sentence(host: str, port: int, failure: OSError) -> str:
    if failure.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use by another program. "
            f"End that program, or choose another port: PORT={port + 1} make run."
        )
    reason = failure.strerror or str(failure)
    return f"Cannot listen on {host}, port {port} ({reason}). Set HOST and PORT to what you have."
