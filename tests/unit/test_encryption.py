"""Secrets of others, and keys that are changed."""

import pytest
from cryptography.fernet import Fernet

from app import encryption

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_a_secret_comes_back_and_is_not_to_be_seen():
    token = encryption.encrypted("a secret", [OLD])

    assert "secret" not in token
    assert encryption.decrypted(token, [OLD]) == "a secret"


def test_a_new_key_may_be_put_before_the_old_one():
    token = encryption.encrypted("a secret", [OLD])

    assert encryption.decrypted(token, [NEW, OLD]) == "a secret"
    with pytest.raises(encryption.SecretUnreadable):
        encryption.decrypted(token, [NEW])
