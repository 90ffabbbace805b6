"""Which page of a list the address asks for."""

from flask import request

LAST_PAGE = 1_000_000


def asked_for() -> int:
    """Return the page's number, counted from 1; what is no number is the first page."""
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
