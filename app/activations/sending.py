"""One try to deliver a message: authenticated, signed, and what its answer means."""

import base64
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import outgoing, signing
from app.activations.models import AuthMethod

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
# The message itself is at fault: to send it again unchanged is of no use.
REFUSED_FOR_GOOD = frozenset({400, 409, 413, 415, 422})
_LONGEST_ANSWER = 2000


@dataclass(frozen=True)
class Target:
    """Where messages go and what opens it."""

    url: str
    client_id: str
    secret: str
    auth_method: AuthMethod
    is_private_allowed: bool


@dataclass(frozen=True)
class Outcome:
    """What came of a try: a status where there was an answer, a sentence where it failed."""

    status_code: int | None
    failure: str | None
    answer: str
    milliseconds: int
    retry_after: timedelta | None = None

    @property
    def is_delivered(self) -> bool:
        """Tell whether the other end has the message."""
        return self.failure is None

    @property
    def is_hopeless(self) -> bool:
        """Tell whether another try would be answered the same."""
        return self.status_code in REFUSED_FOR_GOOD


def send(target: Target, webhook_id: str, body: bytes, now: datetime) -> Outcome:
    """Try once; whatever happens is in the outcome."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Headwater",
        **_credentials(target),
        **signing.headers(target.secret, webhook_id, body, now),
    }
    began = time.monotonic()
    try:
        answer = outgoing.post(
            target.url, body, headers, is_private_allowed=target.is_private_allowed
        )
    except outgoing.AddressRefused:
        sentence = "The address leads into a network that is closed to activations."
        return Outcome(None, sentence, "", _since(began))
    except outgoing.Unreachable as failure:
        return Outcome(None, str(failure), "", _since(began))
    text = answer.text.replace("\0", "")[:_LONGEST_ANSWER]
    trouble = _sentence(answer.status, answer.headers.get("Content-Type", ""))
    pause = _asked_pause(answer.headers.get("Retry-After", ""))
    return Outcome(answer.status, trouble, text, _since(began), pause)


def pause_after(attempt_count: int, outcome: Outcome) -> timedelta:
    """Return how long to wait: three times longer each time, or longer if the other end asks."""
    pause = min(FIRST_PAUSE * float(3 ** min(attempt_count - 1, 10)), LONGEST_PAUSE)
    return max(pause, outcome.retry_after or pause)


def _credentials(target: Target) -> dict[str, str]:
    if target.auth_method is AuthMethod.HEADERS:
        return {"x-client-id": target.client_id, "x-client-secret": target.secret}
    pair = f"{target.client_id}:{target.secret}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _sentence(status: int, content_type: str) -> str | None:
    """Return what is wrong with an answer, if something is."""
    if status in {200, 201, 202, 204}:
        is_page = content_type.lower().startswith("text/html")
        return "A web page answers there, not a webhook. Check the base URL." if is_page else None
    if status == 401:
        return "The other end refuses the credentials (status 401). Check id and secret."
    if status == 403:
        return (
            "The other end takes nothing for this segment group with these credentials "
            "(status 403). Check the segment group identifier."
        )
    if 300 <= status < 400:
        return f"The address leads elsewhere (status {status}); redirects are not followed."
    if status in {404, 405}:
        return f"Nobody takes messages at this address (status {status}). Check the base URL."
    if status in REFUSED_FOR_GOOD:
        return f"The other end refuses the message (status {status})."
    return f"The other end cannot take it now (status {status})."


def _asked_pause(header: str) -> timedelta | None:
    if not header.isascii() or not header.isdecimal():
        return None
    return min(timedelta(seconds=int(header[:9])), LONGEST_PAUSE)


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
