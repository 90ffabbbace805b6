"""Whose a request to the collector is, and whether it may be sent: write key, origin, quota."""

import binascii
from base64 import b64decode
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from app.tracking import origins
from app.tracking.answers import Refused, wrong_key
from app.tracking.quotas import Quotas
from app.tracking.write_keys import OpenedSource, WriteKeys

LONGEST_KEY = 64


@dataclass(frozen=True)
class Admission:
    """Finds the source of a request by the key it brings."""

    keys: WriteKeys
    quotas: Quotas

    def admit(self, environ: dict[str, Any], named: object = None) -> OpenedSource:
        """Return the source whose write key comes as user of Basic auth, in body or address.

        `named` is the body's. Raises Refused for wrong keys, for pages of sites that may not send
        with it, and for more requests than it may send.
        """
        key = _basic_user(environ) or named or _in_address(environ)
        source = self.known(key if isinstance(key, str) else "")
        origin = environ.get("HTTP_ORIGIN")
        allowed = source.allowed_origins
        if origin and allowed and not origins.is_allowed(origin, allowed):
            sentence = f"Pages of {origin[:100]} may not send with this write key."
            raise Refused(403, "origin_not_allowed", sentence)
        if source.requests_a_minute is not None:
            self._count(source.id, source.requests_a_minute)
        return source

    def known(self, write_key: str) -> OpenedSource:
        """Return the source with a write key; raise Refused."""
        # Of anything else the database may not even be asked.
        is_possible = bool(write_key) and write_key.isascii() and write_key.isprintable()
        source = self.keys.opened_by(write_key[:LONGEST_KEY]) if is_possible else None
        if source is None:
            raise wrong_key()
        return source

    def _count(self, source_id: int, most_a_minute: int) -> None:
        wait = self.quotas.wait_seconds(source_id, most_a_minute)
        if wait:
            sentence = f"At most {most_a_minute} requests a minute are taken."
            raise Refused(429, "too_many_requests", sentence, wait)


def _basic_user(environ: dict[str, Any]) -> str:
    given = environ.get("HTTP_AUTHORIZATION", "").split()
    if len(given) != 2 or given[0].lower() != "basic":
        return ""
    try:
        return b64decode(given[1], validate=True).decode().partition(":")[0]
    except (binascii.Error, ValueError):
        return ""


def _in_address(environ: dict[str, Any]) -> str:
    query: str = environ.get("QUERY_STRING", "")
    return parse_qs(query).get("writeKey", [""])[0]
