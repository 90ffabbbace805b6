"""One line an event: a constant message, ids as fields, the request's and the job's id on each."""

import logging
import pkgutil
import uuid
from collections.abc import Mapping
from contextvars import ContextVar
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any

from flask import Flask, g, has_request_context, request

job_id: ContextVar[str] = ContextVar("job_id", default="-")

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s request=%(request_id)s job=%(job_id)s"
# What other headers hold may open something: a line of the log says only that they were there.
PLAIN_HEADERS = frozenset(
    {
        *("accept", "accept-encoding", "connection", "content-encoding", "content-length"),
        *("content-type", "host", "transfer-encoding", "user-agent", "webhook-id"),
        *("webhook-timestamp", "x-client-id"),
    }
)

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "request_id",
    "job_id",
}


class ChannelInvalid(Exception):
    """A handler that the settings want for a channel cannot be made."""


class FieldFormatter(logging.Formatter):
    """`2026-11-23T18:33:00Z INFO app.dataflows run.finished run_id=41 request=… job=…`."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        fields = {k: v for k, v in vars(record).items() if k not in _STANDARD}
        # An address can hold a line's end; a line of the log is one event all the same.
        words = [f"{name}={' '.join(str(value).splitlines())}" for name, value in fields.items()]
        head, *trace = line.split("\n")
        return "\n".join([" ".join([head, *words]), *trace])


class ContextFilter(logging.Filter):
    """Add the ids of the request and the job under way."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        record.job_id = job_id.get()
        return True


def current_request_id() -> str:
    """Return the id of the request under way, or `-`."""
    return str(g.get("request_id", "-")) if has_request_context() else "-"


def init_app(app: Flask) -> None:
    """Log to standard error in one shape, channels to where they belong; name each request."""
    _attach("app", [logging.StreamHandler()], app.config["LOG_LEVEL"])
    for name, channel in app.config["LOG_CHANNELS"].items():
        handlers = [_handler(name, each) for each in channel.get("handlers", [])]
        default = _own_file(name, app.config["LOGS_DIR"], app.config["ENVIRONMENT"])
        _attach(name, handlers or [default], channel.get("level", "DEBUG"))
    app.before_request(_name_request)
    app.after_request(_tell_request_id)


def masked(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers as a log may have them."""
    return {
        name: value if name.lower() in PLAIN_HEADERS else "***" for name, value in headers.items()
    }


def _attach(name: str, handlers: list[logging.Handler], level: str) -> None:
    """Give a logger its handlers, in our shape, and let nothing of it reach another."""
    logger = logging.getLogger(name)
    for old in logger.handlers:
        old.close()
    for handler in handlers:
        handler.addFilter(ContextFilter())
        handler.setFormatter(FieldFormatter(FORMAT))
    logger.handlers = handlers
    logger.propagate = False
    logger.setLevel(level)


def _own_file(name: str, folder: Path, environment: str) -> logging.Handler:
    """Return the file of a channel: opened with its first line, and anew when it is rotated."""
    folder.mkdir(parents=True, exist_ok=True)
    return WatchedFileHandler(folder / f"{name}.{environment}.log", delay=True, encoding="utf-8")


def _handler(channel: str, given: Mapping[str, Any]) -> logging.Handler:
    """Return the handler a channel asks for; raise ChannelInvalid.

    `class` is its dotted name, `level` its own level, all else goes to it; `ext://sys.stdout` is
    what that name stands for.
    """
    try:
        values = {name: _resolved(value) for name, value in given.items() if name != "level"}
        handler: logging.Handler = pkgutil.resolve_name(values.pop("class"))(**values)
        handler.setLevel(given.get("level", "NOTSET"))
    except (ImportError, AttributeError, TypeError, ValueError, OSError) as failure:
        raise ChannelInvalid(f"log_channels.{channel}: {failure}") from failure
    return handler


def _resolved(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("ext://"):
        return pkgutil.resolve_name(value.removeprefix("ext://"))
    return tuple(value) if isinstance(value, list) else value


def _name_request() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if given.isalnum() and len(given) <= 64 else uuid.uuid4().hex[:16]


def _tell_request_id(response):  # type: ignore[no-untyped-def]
    response.headers["X-Request-ID"] = current_request_id()
    return response
