"""One line an event: a constant message, ids as fields, the request's and the job's id on each."""

import logging
import uuid
from contextvars import ContextVar

from flask import Flask, g, has_request_context, request

job_id: ContextVar[str] = ContextVar("job_id", default="-")

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "request_id",
    "job_id",
}


class FieldFormatter(logging.Formatter):
    """`2026-11-23T18:33:00Z INFO app.dataflows run.finished run_id=41 request=… job=…`."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        fields = {k: v for k, v in vars(record).items() if k not in _STANDARD}
        words = [f"{name}={value}" for name, value in fields.items()]
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
    """Log to standard error in one shape and give each request an id."""
    handler = logging.StreamHandler()
    handler.addFilter(ContextFilter())
    handler.setFormatter(
        FieldFormatter(
            "%(asctime)s %(levelname)s %(name)s %(message)s request=%(request_id)s job=%(job_id)s"
        )
    )
    for name in ("app", "cdp"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(app.config["LOG_LEVEL"])
    app.before_request(_name_request)
    app.after_request(_tell_request_id)


def _name_request() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if given.isalnum() and len(given) <= 64 else uuid.uuid4().hex[:16]


def _tell_request_id(response):  # type: ignore[no-untyped-def]
    response.headers["X-Request-ID"] = current_request_id()
    return response
