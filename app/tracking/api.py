"""The collector: the HTTP routes of Segment and RudderStack, so that their SDKs work unchanged."""

import binascii
import json
import logging
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask import Blueprint, Response, current_app, request, send_file
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from app import clock, disk, receiving
from app.receiving import Body
from app.tracking import bodies, origins, screening
from app.tracking.bodies import MOST_MESSAGES, BodyInvalid, Refusal
from app.tracking.inbox import Arrival, ArrivalUnfit, InboxFull
from app.tracking.messages import Message, MessageType
from app.tracking.write_keys import OpenedSource

if TYPE_CHECKING:
    from app.tracking.collector import Collector

bp = Blueprint("collector", __name__)
log = logging.getLogger(__name__)

RETRY_SECONDS = 5
FULL_RETRY_SECONDS = 30
MOST_REASONS = 20
# The short routes are those that SDKs in browsers use.
_TYPES = {
    **{kind.value: kind for kind in MessageType},
    "t": MessageType.TRACK,
    "i": MessageType.IDENTIFY,
    "p": MessageType.PAGE,
    "s": MessageType.SCREEN,
    "g": MessageType.GROUP,
    "a": MessageType.ALIAS,
}
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
_TAKEN = b'{"success": true}'
_TRACKER = Path(__file__).parent.parent.parent / "static" / "tracker" / "track.js"


@dataclass
class Refused(Exception):
    """What was sent is not taken; answered as JSON with a code and a sentence."""

    status: int
    code: str
    message: str
    retry_seconds: int | None = None


@bp.post("/v1/batch")
@bp.post("/v1/b")
@bp.post("/v1/import")
@bp.post("/beacon/v1/batch")
def batch():
    """Take in many messages; those that cannot be read are kept apart with their reason."""
    return _take(None)


@bp.post("/v1/<any(track, identify, page, screen, group, alias, t, i, p, s, g, a):kind>")
def one(kind: str):
    """Take in one message."""
    return _take(_TYPES[kind])


@bp.get("/v1/projects/<path:write_key>/settings")
def settings(write_key: str):
    """Tell Segment's SDK in browsers that it has to load nothing else."""
    _known(write_key)
    return _answer({"integrations": {}, "plan": {}, "edgeFunction": {}})


@bp.get("/sourceConfig/")
def source_config():
    """Tell RudderStack's SDKs that they have to load nothing else, and that nothing is cut off."""
    source = _source(None)
    config = {"id": str(source.id), "enabled": True, "config": {}, "destinations": []}
    return _answer({"source": config, "updatedAt": "2026-01-01T00:00:00.000Z"})


@bp.get("/track.js")
def track_js():
    """Serve our own tracker to any site."""
    answer = send_file(_TRACKER, mimetype="text/javascript", max_age=3600)
    answer.headers.update({**_HEADERS, "Cache-Control": "public, max-age=3600"})
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@bp.app_errorhandler(Refused)
def _refused(failure: Refused):
    answer = _answer({"code": failure.code, "message": failure.message}, failure.status)
    if failure.retry_seconds is not None:
        answer.headers["Retry-After"] = str(failure.retry_seconds)
    return answer


@bp.app_errorhandler(HTTPException)
def _not_a_route(failure: HTTPException):
    sentence = "There is nothing at this address."
    if failure.code == 405:
        sentence = (
            "Messages are taken by POST. A proxy that redirects turns a POST into a GET: "
            "give the sender the address it leads to."
        )
    name = (failure.name or "failed").lower().replace(" ", "_")
    return _refused(Refused(failure.code or 500, name, sentence))


@bp.app_errorhandler(Exception)
def _failed(failure: Exception):
    """Ask for it again later, whatever broke: clients keep what was answered so."""
    if isinstance(failure, OperationalError) and not disk.is_full(failure):
        sentence = "The inbox cannot be written now. Send it again."
        return _refused(Refused(503, "busy", sentence, RETRY_SECONDS))
    if disk.is_full(failure):
        log.error("disk.full", extra={"path": request.path})
        sentence = "The disk is full. Send it again later."
        return _refused(Refused(503, "disk_full", sentence, FULL_RETRY_SECONDS))
    log.exception("request.failed", extra={"path": request.path})
    sentence = "This is a fault of ours, and it has been logged. Send it again later."
    return _refused(Refused(500, "failed", sentence, FULL_RETRY_SECONDS))


def _answer(content: object, status: int = 200) -> Response:
    return Response(json.dumps(content), status, _HEADERS, content_type="application/json")


def _take(kind: MessageType | None) -> Response:
    """Keep what the request brings and answer once that is durable."""
    now, body = clock.now(), _body()
    quick = screening.vouched(body, kind)
    if quick is not None:
        source = _source(quick.write_key)
        _check_count(quick.message_count)
        _keep(Arrival(source.id, now, kind, quick.message_count, body))
        return Response(_TAKEN, 200, _HEADERS, content_type="application/json")
    try:
        document = bodies.read(body, kind)
        source = _source(document.get("writeKey"))
        _check_count(len(bodies.listed(document, kind)))
    except BodyInvalid as failure:
        raise Refused(400, failure.code, str(failure)) from failure
    return _take_good(source, document, kind, body, now)


def _take_good(
    source: OpenedSource,
    document: dict[str, Any],
    kind: MessageType | None,
    body: bytes,
    now: datetime,
) -> Response:
    """Keep the messages that can be taken, and the others with why not."""
    found = list(bodies.checked(document, kind, now))
    refused = [each for each in found if isinstance(each, Refusal)]
    count = len(found) - len(refused)
    if refused:
        given = bodies.listed(document, kind)
        good = [raw for raw, each in zip(given, found, strict=True) if isinstance(each, Message)]
        body = json.dumps({"batch": good, "sentAt": document.get("sentAt")}).encode()
    _keep(Arrival(source.id, now, kind, count, body if count else b"", refused))
    if not count:
        raise Refused(400, "message_invalid", refused[0].reason)
    if not refused:
        return Response(_TAKEN, 200, _HEADERS, content_type="application/json")
    reasons = [each.reason for each in refused]
    answer = {"success": True, "refused": len(reasons), "reasons": reasons[:MOST_REASONS]}
    return _answer(answer)


def _keep(arrival: Arrival) -> None:
    try:
        _collector().keep(arrival)
    except InboxFull as failure:
        sentence = "More messages wait than can be stored. Send it again later."
        raise Refused(503, "inbox_full", sentence, FULL_RETRY_SECONDS) from failure
    except ArrivalUnfit as failure:
        raise _wrong_key() from failure


def _check_count(count: int) -> None:
    if count > MOST_MESSAGES:
        raise Refused(413, "too_many", f"At most {MOST_MESSAGES} messages are taken in one call.")


def _body() -> bytes:
    """Return the body, inflated; it is read raw, whatever content type it claims."""
    limit = current_app.config["MAX_EVENTS_BYTES"]
    try:
        return receiving.read(
            Body(stream=request.stream, length=request.content_length), limit=limit
        )
    except receiving.BodyTooLarge as failure:
        raise Refused(413, "too_large", f"At most {limit} bytes are taken at once.") from failure
    except receiving.BodyEmpty as failure:
        raise Refused(400, "body_empty", "The body is empty.") from failure
    except (receiving.BodyTruncated, receiving.BodyCorrupt) as failure:
        raise Refused(400, "body_broken", "The body is cut off, or no gzip.") from failure


def _source(named: object) -> OpenedSource:
    """Return the source whose write key comes as user of Basic auth, in the body or the address.

    Refuses pages of sites that may not send with it, and more requests than it may send.
    """
    key = _basic_user() or named or request.args.get("writeKey", "")
    source = _known(key if isinstance(key, str) else "")
    origin = request.headers.get("Origin")
    if origin and source.allowed_origins and not origins.is_allowed(origin, source.allowed_origins):
        sentence = f"Pages of {origin[:100]} may not send with this write key."
        raise Refused(403, "origin_not_allowed", sentence)
    if source.requests_a_minute is not None:
        wait = _collector().quotas.wait_seconds(source.id, source.requests_a_minute)
        if wait:
            sentence = f"At most {source.requests_a_minute} requests a minute are taken."
            raise Refused(429, "too_many_requests", sentence, wait)
    return source


def _known(write_key: str) -> OpenedSource:
    source = _collector().keys.opened_by(write_key[:64]) if write_key else None
    if source is None:
        raise _wrong_key()
    return source


def _wrong_key() -> Refused:
    return Refused(
        401,
        "write_key_wrong",
        "The write key is missing or wrong. Copy it from the page of the source.",
    )


def _basic_user() -> str:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return b64decode(given, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _collector() -> "Collector":
    return cast("Collector", current_app)
