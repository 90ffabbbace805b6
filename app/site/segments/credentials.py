"""Who may send to the webhook: client id and secret with each request, and no session."""

import hashlib
import hmac
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self


class CredentialsWrong(Exception):
    """Client id and secret are missing, or are none that the settings name."""


@dataclass(frozen=True)
class Client:
    """A sender the settings name, and the segment group that is its own."""

    client_id: str
    secret: str
    group_identifier: str
    is_signed: bool

    @classmethod
    def from_settings(cls, entry: Mapping[str, str]) -> Self:
        """Return the client of one entry of `activations`."""
        return cls(
            client_id=entry["client_id"],
            secret=entry["client_secret"],
            group_identifier=entry["segment_group_identifier"],
            is_signed=entry["signature"] == "required",
        )


def given(headers: Mapping[str, str]) -> tuple[str, str]:
    """Return client id and secret, by Basic or two headers; names of headers are lower case."""
    scheme, _, encoded = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return headers.get("x-client-id", ""), headers.get("x-client-secret", "")
    try:
        client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        # No base64, or no text behind it.
        return "", ""
    return client_id, secret


def checked(headers: Mapping[str, str], entries: Sequence[Mapping[str, str]]) -> Client:
    """Return whose request it is; raise CredentialsWrong. Takes as long whatever is wrong."""
    client_id, secret = given(headers)
    found = None
    for client in map(Client.from_settings, entries):
        is_id = _is_same(client_id, client.client_id)
        if _is_same(secret, client.secret) and is_id:
            found = client
    if found is None:
        raise CredentialsWrong
    return found


def _is_same(one: str, other: str) -> bool:
    digests = (hashlib.sha256(each.encode()).digest() for each in (one, other))
    return hmac.compare_digest(*digests)
