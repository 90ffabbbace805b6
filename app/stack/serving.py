"""What gunicorn is told beyond its address; read as `--config python:app.stack.serving`."""

from typing import Any

from app.stack import guard

worker_class = "gthread"
threads = 8
# A thread at work on a long upload does not count: this is for a worker that hangs as a whole.
timeout = 120
graceful_timeout = 8
keepalive = 5
loglevel = "warning"
control_socket_disable = True


def post_fork(server: Any, _worker: Any) -> None:
    """Let no worker outlive the server that forked it."""
    guard.end_with_parent(server.pid)
