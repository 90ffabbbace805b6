"""The membership API for copies: the audiences, who is in, and what changed in which order."""

from typing import Any

from flask import Blueprint, request

from app.audiences import answers
from app.audiences.feed import asked, queries
from app.audiences.feed.pages import SequenceAhead
from app.audiences.models import Audience
from app.errors import Problem

bp = Blueprint("feed_api", __name__)

# Kept, but asked for again each time: it changes with each evaluation.
CACHING = "no-cache"


@bp.before_request
def check_key() -> None:
    """Let nobody in without a key that may read memberships."""
    answers.check_key()


@bp.get("/api/v1/audiences")
def index():
    found, next_after = queries.list_audiences(after=asked.id_after(), limit=asked.limit())
    said = {"audiences": [_audience(each) for each in found], "nextAfter": next_after}
    return answers.kept(said, caching=CACHING)


@bp.get("/api/v1/audiences/<string:public_id>")
def show(public_id: str):
    return answers.kept(_audience(_found(public_id)), caching=CACHING)


@bp.get("/api/v1/audiences/<string:public_id>/members")
def members(public_id: str):
    audience = _found(public_id)
    page = queries.page_of_members(audience, after=asked.sequence(), limit=asked.limit())
    said = {
        "audience": audience.public_id,
        "asOf": page.as_of,
        "members": [
            {
                "personId": row["person_id"],
                "since": answers.moment(row["changed_at"]),
                "sequence": row["sequence"],
            }
            for row in page.rows
        ],
        "nextAfter": page.next_after,
    }
    return answers.kept(said, caching=CACHING)


@bp.get("/api/v1/membership-changes")
def changes():
    public_id, after, limit = request.args.get("audience"), asked.sequence(), asked.limit()
    is_deleted = public_id is not None and _is_deleted(public_id)
    try:
        page = queries.page_of_changes(public_id, after=after, limit=limit)
    except SequenceAhead as failure:
        raise _ahead(failure.last) from failure
    named = {row["audience_id"] for row in page.rows}
    said = {
        "changes": [_change(row) for row in page.rows],
        "deletedAudiences": [public_id] if is_deleted else queries.deleted_of(named),
        "lastSequence": page.last_sequence,
        "nextAfter": page.next_after,
    }
    return answers.kept(said, caching=CACHING)


def _found(public_id: str) -> Audience:
    audience = queries.find_audience(public_id) if "\0" not in public_id else None
    if audience is None:
        raise _gone() if queries.is_deleted(public_id) else _unknown()
    return audience


def _is_deleted(public_id: str) -> bool:
    """Tell whether an audience is deleted; raise a Problem where there never was one."""
    if "\0" not in public_id and queries.find_audience(public_id) is not None:
        return False
    if not queries.is_deleted(public_id):
        raise _unknown()
    return True


def _unknown() -> Problem:
    return Problem(
        404,
        "audience_unknown",
        "No such audience",
        "No audience has this id. GET /api/v1/audiences lists them.",
    )


def _gone() -> Problem:
    return Problem(
        410,
        "audience_deleted",
        "The audience is deleted",
        "It was deleted, so nobody is in it any more. Forget what you keep of it.",
    )


def _ahead(last: int) -> Problem:
    return Problem(
        409,
        "sequence_ahead",
        "The log is not that far",
        f"The last sequence is {last}. The log was set back, as by restoring a backup: "
        "read the members anew, and go on after their asOf.",
        {"lastSequence": last},
    )


def _audience(audience: Audience) -> dict[str, Any]:
    return {
        "id": audience.public_id,
        "name": audience.name,
        "description": audience.description,
        "tags": audience.tags,
        "memberCount": audience.member_count,
        "evaluatedAt": answers.moment(audience.evaluated_at),
        "sequence": audience.sequence,
    }


def _change(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "sequence": row["sequence"],
        "audienceId": row["audience_id"],
        "personId": row["person_id"],
        "membership": row["membership"],
        "at": answers.moment(row["changed_at"]),
    }
