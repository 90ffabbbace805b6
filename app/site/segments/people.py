"""Which persons the site knows, asked of its own database or of a Python callable."""

import logging
from collections.abc import Callable, Collection, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import NullPool, bindparam, create_engine, text

from app.site.exports.exporting import named

log = logging.getLogger(__name__)

IDS_AT_ONCE = 1000
Known = Callable[[Collection[str]], set[str]]


class PeopleUnreachable(Exception):
    """The site's people cannot be asked for now; why is in the log, and not for senders to know."""


def everybody(ids: Collection[str], _url: str) -> Collection[str]:
    """Know whoever is named: for a site that has no list of its people at hand."""
    return ids


def lookup(settings: Mapping[str, Any], default_url: str) -> Known:
    """Return what tells which of some identifiers are known; it raises PeopleUnreachable.

    `settings` is {"sql": query with IN :ids, "url": database} or {"callable": name}, of a callable
    that is given identifiers and a database and yields those it knows.
    """
    url = settings.get("url", default_url)
    ask = _by_sql(settings["sql"]) if "sql" in settings else _by_callable(settings["callable"])

    def known(ids: Collection[str]) -> set[str]:
        found: set[str] = set()
        remaining = iter(ids)
        while some := list(islice(remaining, IDS_AT_ONCE)):
            found.update(_answered(ask, some, url))
        return found

    return known


def _answered(ask: Callable[[list[str], str], Any], ids: list[str], url: str) -> set[str]:
    try:
        return {str(each) for each in ask(ids, url)}
    except Exception as failure:
        # A database or a function of the site's own: whatever it raises, the people are not known.
        log.exception("people.unreachable")
        raise PeopleUnreachable from failure


def _by_sql(sql: str) -> Callable[[list[str], str], list[Any]]:
    statement = text(sql).bindparams(bindparam("ids", expanding=True))

    def ask(ids: list[str], url: str) -> list[Any]:
        with create_engine(url, poolclass=NullPool).connect() as connection:
            return list(connection.scalars(statement, {"ids": ids}))

    return ask


def _by_callable(name: str) -> Callable[[list[str], str], Any]:
    def ask(ids: list[str], url: str) -> Any:
        return list(named(name)(ids, url))

    return ask
