"""Which page of a list the address asks for."""

from flask import request

LAST_PAGE = 1_000_000


def asked_for(name: str = "page") -> int:
    """Return the page's number, counted from 1; what is no number is the first page."""
    return min(max(request.args.get(name, 1, type=int), 1), LAST_PAGE)


def within(count: int, a_page: int, name: str = "page") -> tuple[int, int]:
    """Return the page asked for, or the last where there are fewer, and the last."""
    last = max(1, -(-count // a_page))
    return min(asked_for(name), last), last
