"""Secrets of others that must be used again: kept encrypted, by keys that can be changed."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SecretUnreadable(Exception):
    """No key of the settings decrypts it: ENCRYPTION_KEY was changed, the old one not kept."""


def encrypted(text: str, keys: Sequence[str]) -> str:
    """Return the text as only the keys' holder can read it; the first key encrypts."""
    return _cipher(keys).encrypt(text.encode()).decode()


def decrypted(token: str, keys: Sequence[str]) -> str:
    """Return what was encrypted by any of the keys; raise SecretUnreadable."""
    try:
        return _cipher(keys).decrypt(token.encode()).decode()
    except InvalidToken as failure:
        raise SecretUnreadable from failure


def _cipher(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
