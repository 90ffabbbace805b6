"""Taking in what SDKs post: the routes of Segment and RudderStack, so that they work unchanged.

These routes are called without end, so they are plain WSGI: what a framework does for a request
takes as long as all that is done here.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from werkzeug.wsgi import get_content_length, get_input_stream

from app import clock, receiving
from app.receiving import Body
from app.tracking import answers, bodies, screening
from app.tracking.admission import Admission
from app.tracking.answers import HEADERS, Refused
from app.tracking.bodies import MOST_MESSAGES, BodyInvalid, Refusal
from app.tracking.inbox import Arrival, ArrivalUnfit, InboxFull
from app.tracking.messages import Message, MessageType
from app.tracking.write_keys import OpenedSource

MOST_REASONS = 20
# None: a batch, whose messages say what they are. The short names are those of SDKs in browsers.
ROUTES: dict[str, MessageType | None] = {
    **{f"/v1/{kind}": kind for kind in MessageType},
    **{f"/v1/{kind[0]}": kind for kind in MessageType},
    **dict.fromkeys(("/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch")),
}
_TAKEN = b'{"success": true}'
_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


@dataclass(frozen=True)
class Intake:
    """Keeps what requests bring; answers each once that is durable."""

    admission: Admission
    keep: Callable[[Arrival], None]
    most_bytes: int

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a POST to one of the routes."""
        status, headers = 200, HEADERS
        path = environ["PATH_INFO"]
        try:
            body = self._take(environ, ROUTES[path])
        except Exception as failure:
            refusal = answers.refusal_of(failure, path)
            status, headers, body = refusal.status, refusal.headers(), refusal.body()
        length = str(len(body))
        own = [("Content-Type", "application/json"), ("Content-Length", length)]
        start_response(_STATUS_LINES[status], [*own, *headers.items()])
        return (body,)

    def _take(self, environ: dict[str, Any], kind: MessageType | None) -> bytes:
        body, now = self._body(environ), clock.now()
        quick = screening.vouched(body, kind)
        if quick is not None:
            source = self.admission.admit(environ, quick.write_key)
            _check_count(quick.message_count)
            self._keep(Arrival(source.id, now, kind, quick.message_count, body))
            return _TAKEN
        try:
            document = bodies.read(body, kind)
            source = self.admission.admit(environ, document.get("writeKey"))
            _check_count(len(bodies.listed(document, kind)))
        except BodyInvalid as failure:
            raise Refused(400, failure.code, str(failure)) from failure
        return self._take_good(source, document, kind, body, now)

    def _take_good(
        self,
        source: OpenedSource,
        document: dict[str, Any],
        kind: MessageType | None,
        body: bytes,
        now: datetime,
    ) -> bytes:
        """Keep the messages that can be taken, and the others with why not."""
        found = list(bodies.checked(document, kind, now))
        refused = [each for each in found if isinstance(each, Refusal)]
        count = len(found) - len(refused)
        if refused:
            given = bodies.listed(document, kind)
            good = [
                raw for raw, each in zip(given, found, strict=True) if isinstance(each, Message)
            ]
            body = json.dumps({"batch": good, "sentAt": document.get("sentAt")}).encode()
        self._keep(Arrival(source.id, now, kind, count, body if count else b"", refused))
        if not count:
            raise Refused(400, "message_invalid", refused[0].reason)
        if not refused:
            return _TAKEN
        reasons = [each.reason for each in refused[:MOST_REASONS]]
        told = {"success": True, "refused": len(refused), "reasons": reasons}
        return json.dumps(told).encode()

    def _keep(self, arrival: Arrival) -> None:
        try:
            self.keep(arrival)
        except InboxFull as failure:
            sentence = "More messages wait than can be stored. Send it again later."
            raise Refused(503, "inbox_full", sentence, answers.FULL_RETRY_SECONDS) from failure
        except ArrivalUnfit as failure:
            raise answers.wrong_key() from failure

    def _body(self, environ: dict[str, Any]) -> bytes:
        """Return the body, inflated; it is read raw, whatever content type it claims."""
        limit = self.most_bytes
        sent = Body(
            stream=get_input_stream(environ), length=get_content_length(environ), most=limit
        )
        try:
            return receiving.read(sent, limit=limit)
        except receiving.BodyTooLarge as failure:
            raise Refused(
                413, "too_large", f"At most {limit} bytes are taken at once."
            ) from failure
        except receiving.BodyEmpty as failure:
            raise Refused(400, "body_empty", "The body is empty.") from failure
        except (receiving.BodyTruncated, receiving.BodyCorrupt) as failure:
            raise Refused(400, "body_broken", "The body is cut off, or no gzip.") from failure


def _check_count(count: int) -> None:
    if count > MOST_MESSAGES:
        raise Refused(413, "too_many", f"At most {MOST_MESSAGES} messages are taken in one call.")
