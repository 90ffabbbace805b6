"""Passwords: hashed with Argon2id, compared in constant time."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST = 12
LONGEST = 1024

_hasher = PasswordHasher()
# Checked when the e-mail is unknown, so that both answers take the same time.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def hashed(password: str) -> str:
    """Return the hash to store."""
    return _hasher.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Tell whether the password is the one hashed; as slow for a missing hash."""
    try:
        return _hasher.verify(stored or _NOBODY, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def random() -> str:
    """Return a password nobody can guess."""
    return secrets.token_urlsafe(15)
