"""What gunicorn is told beyond its address; read as `--config python:app.stack.serving`."""

from pathlib import Path
from typing import Any

from app.stack import guard

SILENT_SECONDS = 20.0
MEMORY_FOLDER = Path("/dev/shm")

# Imported once for all workers, and their memory shared. Nothing is opened before they are forked:
# what writes to the lake cannot be used in a child once its parent has used it.
preload_app = True
worker_class = "gthread"
# Whoever watches something live has a thread; the others are shared by all who ask or send.
threads = 16
# A thread at work on a long upload does not count: this is for a worker that hangs as a whole.
timeout = 120
graceful_timeout = 8
keepalive = 5
loglevel = "warning"
control_socket_disable = True
# A worker's sign of life must not wait for a busy disk.
worker_tmp_dir = str(MEMORY_FOLDER) if MEMORY_FOLDER.is_dir() else None


def pre_request(_worker: Any, request: Any) -> None:
    """Let nobody keep a thread who announces a body and falls silent."""
    request.unreader.sock.settimeout(SILENT_SECONDS)


def post_fork(server: Any, _worker: Any) -> None:
    """Let no worker outlive the server that forked it."""
    guard.end_with_parent(server.pid)
