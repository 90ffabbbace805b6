"""What stands for an identifier that must not be kept itself: a digest only this place can make."""

import hashlib
import hmac

from flask import current_app

_PURPOSE = b"headwater pseudonyms"


def key() -> bytes:
    """Return the key of all digests, made of SECRET_KEY."""
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)


def digest(with_key: bytes, kind: str, identifier: str) -> str:
    """Return what stands for an identifier of a kind; without the key nobody can make it."""
    text = f"{kind}\0{identifier}".encode("utf-8", "surrogatepass")
    return hmac.digest(with_key, text, hashlib.sha256).hex()
