"""Sign-in, users, API keys."""

import hashlib
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts import passwords
from app.accounts.models import ApiKey, AuditEntry, Role, Scope, User
from app.extensions import db

log = logging.getLogger(__name__)

LONGEST_EMAIL = 254
LONGEST_KEY_NAME = 120


class WrongCredentials(Exception):
    """No enabled user has this e-mail and password."""


class EmailInvalid(Exception):
    """The text is no e-mail address."""


class EmailTaken(Exception):
    """Another user has this e-mail."""


class PasswordLengthWrong(Exception):
    """The password has fewer or more signs than a password may have; the sentence says so."""


class KeyNameInvalid(Exception):
    """The name of a key is blank, too long, or has signs that cannot be seen."""


class KeyNameTaken(Exception):
    """Another API key has this name."""


class KeyUnknown(Exception):
    """No API key has this name."""


@dataclass(frozen=True)
class NewAdministrator:
    """The first user and the password to show once."""

    email: str
    password: str


def authenticate(*, email: str, password: str, now: datetime) -> User:
    """Return the user who signs in; raise WrongCredentials."""
    found = select(User).where(User.email == email.strip().lower())
    user: User | None = db.session.scalar(found)
    if not passwords.is_right(password, user.password_hash if user else None) or user is None:
        log.warning("sign_in.refused")
        raise WrongCredentials(email)
    if not user.is_enabled:
        raise WrongCredentials(email)
    user.signed_in_at = now
    record(user_id=user.id, action="user.signed_in", subject=user.email, now=now)
    db.session.commit()
    log.info("user.signed_in", extra={"user_id": user.id})
    return user


def create_user(*, email: str, password: str, role: Role, now: datetime) -> User:
    """Add a user; raise EmailInvalid, EmailTaken or PasswordLengthWrong."""
    email = email.strip().lower()
    if not _is_shown(email, LONGEST_EMAIL) or not re.fullmatch(r"[^\s@]+@[^\s@]+", email):
        raise EmailInvalid(email)
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        raise PasswordLengthWrong(
            f"A password has {passwords.SHORTEST} to {passwords.LONGEST} characters."
        )
    if db.session.scalar(select(User.id).where(User.email == email)) is not None:
        raise EmailTaken(email)
    user = User(
        email=email,
        password_hash=passwords.hashed(password),
        role=role,
        is_enabled=True,
        created_at=now,
    )
    db.session.add(user)
    _commit_unless_taken(EmailTaken(email))
    log.info("user.created", extra={"user_id": user.id, "role": role.value})
    return user


def ensure_administrator(*, email: str, password: str, now: datetime) -> NewAdministrator | None:
    """Create the first administrator, with a random password where none is given."""
    if db.session.scalar(select(User.id).limit(1)) is not None:
        return None
    chosen = password or passwords.random()
    user = create_user(email=email, password=chosen, role=Role.ADMIN, now=now)
    return NewAdministrator(email=user.email, password=chosen)


def create_api_key(*, name: str, scope: Scope, now: datetime) -> str:
    """Return a new key, to be shown once; raise KeyNameInvalid or KeyNameTaken."""
    name = name.strip()
    if not _is_shown(name, LONGEST_KEY_NAME):
        raise KeyNameInvalid(name)
    if db.session.scalar(select(ApiKey.id).where(ApiKey.name == name)) is not None:
        raise KeyNameTaken(name)
    key = f"hw_{secrets.token_urlsafe(32)}"
    db.session.add(
        ApiKey(name=name, prefix=key[:8], digest=_digest(key), scope=scope, created_at=now)
    )
    record(user_id=None, action="key.created", subject=name, now=now)
    _commit_unless_taken(KeyNameTaken(name))
    log.info("key.created", extra={"scope": scope.value})
    return key


def revoke_api_key(*, name: str, now: datetime) -> None:
    """Let a key open nothing from now on; raise KeyUnknown."""
    key = db.session.scalar(select(ApiKey).where(ApiKey.name == name.strip()))
    if key is None:
        raise KeyUnknown(name)
    if key.revoked_at is not None:
        return
    key.revoked_at = now
    record(user_id=None, action="key.revoked", subject=key.name, now=now)
    db.session.commit()
    log.info("key.revoked", extra={"scope": key.scope.value})


def find_key_in_force(*, key: str) -> ApiKey | None:
    """Return the key in force, whatever its scope, if it is one of ours."""
    return db.session.scalar(
        select(ApiKey).where(ApiKey.digest == _digest(key), ApiKey.revoked_at.is_(None))
    )


def find_api_key(*, key: str, scope: Scope) -> ApiKey | None:
    """Return the key in force with this scope, if it is one of ours."""
    return db.session.scalar(
        select(ApiKey).where(
            ApiKey.digest == _digest(key), ApiKey.scope == scope, ApiKey.revoked_at.is_(None)
        )
    )


def record(*, user_id: int | None, action: str, subject: str, now: datetime) -> None:
    """Add to the audit log, in the transaction of the service that calls."""
    db.session.add(AuditEntry(user_id=user_id, action=action, subject=subject, happened_at=now))


def _is_shown(text: str, longest: int) -> bool:
    """Tell whether people can read the text as it is stored, and a database take it."""
    return 0 < len(text) <= longest and text.isprintable()


def _commit_unless_taken(failure: Exception) -> None:
    """Commit; of two with one name that pass the check together, the second raises this."""
    try:
        db.session.commit()
    except IntegrityError as cause:
        db.session.rollback()
        raise failure from cause


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
