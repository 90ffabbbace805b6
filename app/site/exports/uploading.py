"""Sending records to the platform in parts, each tried again until it is there."""

import base64
import gzip
import hashlib
import json
import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

log = logging.getLogger("cdp.requests")

MOST_TRIES = 6
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
TIMEOUT_SECONDS = (10, 300)
MOST_PART_BYTES = 8 * 1024 * 1024
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})


class UploadRefused(Exception):
    """The platform refuses the file; the sentence is the platform's."""


class PlatformUnreachable(Exception):
    """No try got through."""


class NotConfirmed(Exception):
    """The platform did not confirm the whole file."""


class NothingToSend(Exception):
    """The source has no record."""


@dataclass(frozen=True)
class Destination:
    """Where the records go."""

    platform_url: str
    account: str
    stream_id: str
    is_draft: bool
    file_id: str
    key: str = ""

    @property
    def url(self) -> str:
        """The address of the Streaming API."""
        return f"{self.platform_url}/stream/{self.account}"

    @property
    def shown_url(self) -> str:
        """The address as it may be shown: without a password that stands in it."""
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


@dataclass(frozen=True)
class Sent:
    """What the platform confirmed."""

    rows: int
    parts: int
    size: int


def send(
    records: Iterable[dict[str, Any]],
    destination: Destination,
    *,
    part_rows: int,
    progress: Callable[[int], None] = lambda _rows: None,
    pause: Callable[[float], None] = time.sleep,
) -> Sent:
    """Send all records as one file; return only when the platform confirmed every one.

    Raises NothingToSend, UploadRefused, PlatformUnreachable or NotConfirmed.
    """
    rows = number = 0
    answer: dict[str, Any] = {}
    with requests.Session() as session:
        for part, is_last in _with_last(_parts(records, part_rows)):
            number += 1
            headers = _headers(destination, number, is_last)
            answer = _send_part(session, destination, _body(part), headers, pause)
            rows += len(part)
            progress(rows)
    if number == 0:
        raise NothingToSend
    if answer.get("rows") != rows:
        raise NotConfirmed(
            f"{rows} rows were sent, but the platform confirmed {answer.get('rows')}. Send again."
        )
    return Sent(rows=rows, parts=number, size=int(answer.get("size") or 0))


def _send_part(
    session: requests.Session,
    destination: Destination,
    body: bytes,
    headers: dict[str, str],
    pause: Callable[[float], None],
) -> dict[str, Any]:
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    headers = {**headers, "Content-Digest": f"sha-256=:{digest}:"}
    trouble = ""
    for attempt in range(MOST_TRIES):
        if attempt:
            pause(_pause(attempt, trouble))
        try:
            response = _posted(session, destination, body, headers)
        except requests.RequestException as failure:
            trouble = type(failure).__name__
            continue
        if response.status_code in TRY_AGAIN:
            trouble = response.headers.get("Retry-After", f"status {response.status_code}")
            continue
        return _accepted(response)
    raise PlatformUnreachable(
        f"{destination.shown_url} did not take the rows in {MOST_TRIES} tries ({trouble}). "
        "Is it running?"
    )


def _posted(
    session: requests.Session, destination: Destination, body: bytes, headers: dict[str, str]
) -> requests.Response:
    """Make one call and log it, without its headers: the stream id and the key are among them."""
    began, status = time.monotonic(), ""
    try:
        response = session.post(
            destination.url,
            data=body,
            headers=headers,
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
        )
        status = str(response.status_code)
    except requests.RequestException as failure:
        status = type(failure).__name__
        raise
    finally:
        seconds = round(time.monotonic() - began, 3)
        fields = {"method": "POST", "url": destination.shown_url, "status": status}
        log.debug("request.sent", extra={**fields, "seconds": seconds})
    return response


def _accepted(response: requests.Response) -> dict[str, Any]:
    if response.status_code in {200, 201, 202}:
        try:
            answer: dict[str, Any] = response.json()
        except ValueError as failure:
            raise NotConfirmed("The platform answered with something that is no JSON.") from failure
        return answer
    try:
        detail = str(response.json().get("detail", ""))
    except (ValueError, AttributeError):
        detail = ""
    raise UploadRefused(detail or f"The platform answered with status {response.status_code}.")


def _pause(attempt: int, trouble: str) -> float:
    """Return how long to wait: what the platform asks for, or twice as long each time."""
    if trouble.isdecimal():
        return min(float(trouble), LONGEST_PAUSE_SECONDS)
    longest: float = min(FIRST_PAUSE_SECONDS * 2 ** (attempt - 1), LONGEST_PAUSE_SECONDS)
    return longest * (0.5 + random.random() / 2)


def _headers(destination: Destination, number: int, is_last: bool) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "Content-Encoding": "gzip",
        "x-streamid": destination.stream_id,
        "x-stream-file": destination.file_id,
        "x-part": str(number),
    }
    if destination.is_draft:
        headers["x-isdraft"] = "true"
    if destination.key:
        headers["Authorization"] = f"Bearer {destination.key}"
    if is_last:
        headers["x-complete"] = str(number)
    return headers


def _parts(records: Iterable[dict[str, Any]], part_rows: int) -> Iterator[list[str]]:
    """Yield records as JSON, so many at once, and never more bytes than a part may have."""
    part: list[str] = []
    size = 0
    for record in records:
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        if part and (len(part) >= part_rows or size + len(text) > MOST_PART_BYTES):
            yield part
            part, size = [], 0
        part.append(text)
        size += len(text)
    if part:
        yield part


def _with_last(parts: Iterator[list[str]]) -> Iterator[tuple[list[str], bool]]:
    """Yield each part with whether it is the last."""
    held = next(parts, None)
    while held is not None:
        following = next(parts, None)
        yield held, following is None
        held = following


def _body(part: list[str]) -> bytes:
    return gzip.compress(f"[{','.join(part)}]".encode(), compresslevel=5, mtime=0)
