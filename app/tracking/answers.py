"""What the collector answers: that something was taken, or why not, with a code and a sentence."""

import json
import logging
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from app import disk

log = logging.getLogger(__name__)

RETRY_SECONDS = 5
FULL_RETRY_SECONDS = 30
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


@dataclass
class Refused(Exception):
    """What was sent is not taken; answered as JSON with a code and a sentence."""

    status: int
    code: str
    message: str
    retry_seconds: int | None = None
    methods: str = ""

    def headers(self) -> dict[str, str]:
        """Return the headers of the answer."""
        wait = {} if self.retry_seconds is None else {"Retry-After": str(self.retry_seconds)}
        allow = {"Allow": self.methods} if self.methods else {}
        return {**HEADERS, **wait, **allow}

    def body(self) -> bytes:
        """Return the body of the answer."""
        return json.dumps({"code": self.code, "message": self.message}).encode()


def wrong_key() -> Refused:
    """Return the refusal of a write key that opens nothing."""
    return Refused(
        401,
        "write_key_wrong",
        "The write key is missing or wrong. Copy it from the page of the source.",
    )


def refusal_of(failure: Exception, path: str) -> Refused:
    """Return what a failure is answered with; whatever broke, clients keep it and send it again."""
    if isinstance(failure, Refused):
        return failure
    if isinstance(failure, HTTPException):
        return _no_route(failure)
    if isinstance(failure, OperationalError) and not disk.is_full(failure):
        sentence = "The inbox cannot be written now. Send it again."
        return Refused(503, "busy", sentence, RETRY_SECONDS)
    if disk.is_full(failure):
        log.error("disk.full", extra={"path": path})
        sentence = "The disk is full. Send it again later."
        return Refused(503, "disk_full", sentence, FULL_RETRY_SECONDS)
    log.error("request.failed", extra={"path": path}, exc_info=failure)
    sentence = "This is a fault of ours, and it has been logged. Send it again later."
    return Refused(500, "failed", sentence, FULL_RETRY_SECONDS)


def _no_route(failure: HTTPException) -> Refused:
    sentence = "There is nothing at this address."
    allowed = sorted(failure.valid_methods or ()) if isinstance(failure, MethodNotAllowed) else ()
    if "POST" in allowed:
        sentence = (
            "Messages are taken by POST. A proxy that redirects turns a POST into a GET: "
            "give the sender the address it leads to."
        )
    elif allowed:
        sentence = "This address is read with GET, and takes no messages."
    name = (failure.name or "failed").lower().replace(" ", "_")
    return Refused(failure.code or 500, name, sentence, methods=", ".join(allowed))
