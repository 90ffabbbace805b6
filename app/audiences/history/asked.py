"""The sequences that an address asks for."""

from flask import request

# The largest number that a sequence has a place for.
LARGEST = 2**63 - 1


def sequence(name: str) -> int | None:
    """Return the sequence asked for; what can be none counts as not asked for."""
    asked = request.args.get(name, "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= len(str(LARGEST))
    return min(int(asked), LARGEST) if is_number else None
