"""Reading users and API keys."""

from sqlalchemy import select

from app.accounts.models import ApiKey, User
from app.extensions import db


def find_user(user_id: int) -> User | None:
    """Return the user with this id."""
    return db.session.get(User, user_id)


def list_users() -> list[User]:
    """Return all users, by e-mail."""
    return list(db.session.scalars(select(User).order_by(User.email)))


def list_api_keys() -> list[ApiKey]:
    """Return all API keys, the newest first."""
    return list(db.session.scalars(select(ApiKey).order_by(ApiKey.created_at.desc())))
