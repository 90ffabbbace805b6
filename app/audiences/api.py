"""The membership API: the audiences of a visitor, for sites that decide content per request."""

from flask import Blueprint, Response, request

from app.audiences import answers, queries
from app.audiences.queries import Looked
from app.errors import Problem

bp = Blueprint("memberships_api", __name__)

KEPT_SECONDS = 300
LONGEST_VALUE = 500


@bp.get("/api/v1/memberships/<string:type_name>")
def show(type_name: str):
    answers.check_key()
    value = request.args.get("identifierValue", "").strip()
    is_value = 0 < len(value) <= LONGEST_VALUE and "\0" not in value
    found = queries.look_up(type_name, value) if is_value else None
    if found is None:
        raise _problem(type_name, value)
    return _answer(type_name, value, found)


def _problem(type_name: str, value: str) -> Problem:
    """Return what is wrong with a question that has no answer."""
    types = queries.identifier_types()
    if type_name.casefold() not in {each.casefold() for each in types}:
        return Problem(
            404,
            "identifier_type_unknown",
            "No such identifier",
            f"People are found by {', '.join(types)}. Others are declared on a schema's page.",
            {"types": types},
        )
    if not value:
        return Problem(
            400,
            "value_missing",
            "No value was sent",
            f"Say whose audiences are asked for: ?identifierValue= with a value of {type_name}.",
        )
    return _no_value(value)


def _no_value(value: str) -> Problem:
    if "\0" in value:
        sentence = "An identifierValue has no sign of number 0."
        return Problem(400, "value_invalid", "No such value", sentence)
    return Problem(
        400,
        "value_too_long",
        "The value is too long",
        f"An identifierValue has at most {LONGEST_VALUE} characters.",
        {"limit": LONGEST_VALUE},
    )


def _answer(type_name: str, value: str, found: Looked) -> Response:
    """Return the audiences, to be kept by whoever asked for as long as they hardly change."""
    said = {
        "identifier": {"type": type_name, "value": value, "shared": found.is_shared},
        "audiences": [
            {
                "id": each.public_id,
                "name": each.name,
                "since": answers.moment(each.since),
            }
            for each in found.audiences
        ],
    }
    return answers.kept(said, caching=f"max-age={KEPT_SECONDS}")
