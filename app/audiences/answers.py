"""What is asked of the membership API with which key, and how its answers may be kept."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from flask import Response, json, request

from app.accounts import services as accounts
from app.accounts.models import Scope
from app.errors import Problem


def check_key() -> None:
    """Raise a Problem unless a key comes along that may read memberships."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    found = accounts.find_key_in_force(key=key.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise Problem(
            401,
            "key_wrong",
            "Key missing or wrong",
            f"Send Authorization: Bearer with an API key of the scope {Scope.MEMBERSHIPS_READ}.",
        )
    if found.scope is not Scope.MEMBERSHIPS_READ:
        raise Problem(
            403,
            "scope_wrong",
            "The key is for something else",
            f"This key has the scope {found.scope}. Make one of {Scope.MEMBERSHIPS_READ}.",
        )


def kept(said: dict[str, Any], *, caching: str) -> Response:
    """Return an answer that whoever asked may keep, and that is not sent again as it was."""
    body = json.dumps(said)
    answer = Response(body, content_type="application/json")
    answer.headers["Cache-Control"] = f"private, {caching}"
    answer.headers["Vary"] = "Authorization"
    answer.set_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    answer.make_conditional(request)
    return answer


def moment(at: datetime | None) -> str | None:
    """Return a moment as the API writes it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at is not None else None
