"""The collector: the HTTP routes of Segment and RudderStack, so that their SDKs work unchanged."""

import binascii
import io
import json
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from sqlalchemy.exc import OperationalError

from app import clock, receiving
from app.receiving import Body
from app.tracking import messages, queries, services
from app.tracking.messages import Message, MessageInvalid, MessageType
from app.tracking.models import Source
from app.tracking.services import Refusal

bp = Blueprint("collector", __name__)

MOST_MESSAGES = 10_000
PREFLIGHT_SECONDS = 86_400
RETRY_SECONDS = 5
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


@dataclass
class Refused(Exception):
    """What was sent is not taken; answered as JSON with a code and a sentence."""

    status: int
    code: str
    message: str


@bp.errorhandler(Refused)
def _refused(failure: Refused):
    answer = jsonify(code=failure.code, message=failure.message)
    answer.status_code = failure.status
    return answer


@bp.errorhandler(OperationalError)
def _busy(_failure: OperationalError):
    answer = jsonify(code="busy", message="The inbox cannot be written now. Send it again.")
    answer.status_code = 503
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


@bp.after_request
def _allow_other_sites(answer: Response) -> Response:
    """Let pages of any site send, and read when to try again."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "Retry-After"
    if request.method == "OPTIONS":
        answer.headers["Access-Control-Allow-Methods"] = "POST, GET, OPTIONS"
        answer.headers["Access-Control-Allow-Headers"] = (
            "Authorization, Content-Type, Content-Encoding"
        )
        answer.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return answer


@bp.post("/v1/batch")
@bp.post("/v1/b")
@bp.post("/v1/import")
@bp.post("/beacon/v1/batch")
def batch():
    """Take in many messages; those that cannot be read are kept apart with their reason."""
    now, body = clock.now(), _body()
    source = _source(body)
    given = body.get("batch")
    if not isinstance(given, list) or not given:
        raise Refused(400, "batch_missing", "Send the messages as a list named batch.")
    if len(given) > MOST_MESSAGES:
        raise Refused(413, "too_many", f"At most {MOST_MESSAGES} messages are taken in one call.")
    return _keep(source, given, None, body.get("sentAt"), now)


@bp.post("/v1/<any(track, identify, page, screen, group, alias, t, i, p, s, g, a):kind>")
def one(kind: str):
    """Take in one message."""
    now, body = clock.now(), _body()
    return _keep(_source(body), [body], _TYPES[kind], None, now)


@bp.get("/v1/projects/<path:write_key>/settings")
def settings(write_key: str):
    """Tell a browser SDK that it has to load nothing else."""
    _known(write_key)
    return {"integrations": {}, "plan": {}, "edgeFunction": {}, "analyticsNextEnabled": True}


@bp.get("/track.js")
def track_js():
    """Serve our own tracker to any site."""
    answer = current_app.send_static_file("tracker/track.js")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _keep(
    source: Source, given: list[Any], kind: MessageType | None, sent_at: object, now: datetime
):
    taken: list[Message] = []
    refused: list[Refusal] = []
    for raw in given:
        try:
            taken.append(messages.parsed(raw, kind=kind, received_at=now, sent_at=sent_at))
        except MessageInvalid as failure:
            refused.append(Refusal(str(failure), raw))
    services.receive(source_id=source.id, messages=taken, refused=refused, now=now)
    if not taken:
        raise Refused(400, "message_invalid", refused[0].reason)
    if not refused:
        return {"success": True}
    reasons = [each.reason for each in refused]
    return {"success": True, "refused": len(reasons), "reasons": reasons[:20]}


def _body() -> dict[str, Any]:
    """Return the body as an object; it is read raw, whatever content type it claims."""
    buffer = io.BytesIO()
    limit = current_app.config["MAX_EVENTS_BYTES"]
    body = Body(stream=request.stream, length=request.content_length)
    try:
        receiving.receive(body, into=buffer, limit=limit)
        found = json.loads(buffer.getvalue(), parse_constant=_no_number)
    except receiving.BodyTooLarge as failure:
        raise Refused(413, "too_large", f"At most {limit} bytes are taken at once.") from failure
    except receiving.BodyEmpty as failure:
        raise Refused(400, "body_empty", "The body is empty.") from failure
    except (receiving.BodyTruncated, receiving.BodyCorrupt) as failure:
        raise Refused(400, "body_broken", "The body is cut off, or no gzip.") from failure
    except (ValueError, RecursionError) as failure:
        raise Refused(400, "not_json", "The body is not readable as JSON.") from failure
    if not isinstance(found, dict):
        raise Refused(400, "not_an_object", "Send a JSON object.")
    return found


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _source(body: dict[str, Any]) -> Source:
    """Return the source whose write key comes as user of Basic auth, in the body or the address."""
    key = _basic_user() or body.get("writeKey") or request.args.get("writeKey", "")
    return _known(key if isinstance(key, str) else "")


def _known(write_key: str) -> Source:
    source = queries.find_source_by_key(write_key[:64]) if write_key else None
    if source is None:
        raise Refused(
            401,
            "write_key_wrong",
            "The write key is missing or wrong. Copy it from the page of the source.",
        )
    return source


def _basic_user() -> str:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return b64decode(given, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""
