"""Standard Webhooks signatures: made by who sends, checked by who receives, over the exact bytes.

The key is the client secret's bytes, so `whsec_` and its base64 is what other libraries want.
"""

import binascii
from collections.abc import Mapping
from datetime import UTC, datetime

from standardwebhooks import Webhook, WebhookVerificationError

HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


class SignatureMismatch(Exception):
    """The bytes were not signed with the secret."""


class TimestampStale(Exception):
    """The signature was made more than five minutes ago, or will be."""


def headers(secret: str, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """Return the three headers that sign the body."""
    moment = now.astimezone(UTC).replace(microsecond=0)
    signature = Webhook(secret.encode()).sign(message_id, moment, body.decode())
    values = (message_id, str(int(moment.timestamp())), signature)
    return dict(zip(HEADERS, values, strict=True))


def check(secret: str, body: bytes, given: Mapping[str, str]) -> None:
    """Return where the headers sign the body; raise SignatureMismatch or TimestampStale."""
    try:
        Webhook(secret.encode()).verify(body, dict(given), json_parse=False)
    except WebhookVerificationError as failure:
        if "timestamp too" in str(failure):
            raise TimestampStale from failure
        raise SignatureMismatch from failure
    except (ValueError, TypeError, binascii.Error) as failure:
        # The library lets through what a header or a body that is no text does to it.
        raise SignatureMismatch from failure
