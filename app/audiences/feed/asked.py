"""The numbers and ids that a question to the API brings, or what is wrong with them."""

from flask import request

from app.errors import Problem

MOST, USUAL = 10_000, 1_000
# The largest number that a sequence has a place for.
LARGEST = 2**63 - 1
LONGEST_ID = 32


def limit() -> int:
    """Return how many are asked for; raise a Problem."""
    return _whole("limit", USUAL, 1, MOST)


def sequence() -> int:
    """Return the sequence to go on after; raise a Problem."""
    return _whole("after", 0, 0, LARGEST)


def id_after() -> str:
    """Return the id to go on after; raise a Problem."""
    asked = request.args.get("after", "")
    if len(asked) > LONGEST_ID or "\0" in asked or not asked.isascii():
        raise Problem(
            400,
            "after_invalid",
            "Nothing to go on after",
            "Send the nextAfter of the page before as ?after=, as it came.",
        )
    return asked


def _whole(name: str, usual: int, least: int, most: int) -> int:
    text = request.args.get(name)
    if text is None:
        return usual
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    if not is_number or not least <= int(text) <= most:
        raise Problem(
            400,
            f"{name}_invalid",
            "Not a number that can be asked for",
            f"Send ?{name}= as a whole number from {least} to {most}, in the digits 0 to 9.",
            {"least": least, "most": most},
        )
    return int(text)
