"""Which persons the site knows, asked of its own database or of a Python callable."""

from collections.abc import Callable, Collection, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.site.exports.exporting import NameUnknown, named

IDS_AT_ONCE = 1000
Known = Callable[[Collection[str]], set[str]]


class PeopleUnreachable(Exception):
    """The site's people cannot be asked for now."""


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
            found.update(str(each) for each in ask(some, url))
        return found

    return known


def _by_sql(sql: str) -> Callable[[list[str], str], list[Any]]:
    statement = text(sql).bindparams(bindparam("ids", expanding=True))

    def ask(ids: list[str], url: str) -> list[Any]:
        try:
            engine = create_engine(url)
            with engine.connect() as connection:
                return list(connection.scalars(statement, {"ids": ids}))
        except (SQLAlchemyError, ImportError) as failure:
            reason = getattr(failure, "orig", None) or failure
            raise PeopleUnreachable(
                f"The database of people does not answer: {reason}"
            ) from failure

    return ask


def _by_callable(name: str) -> Callable[[list[str], str], Any]:
    def ask(ids: list[str], url: str) -> Any:
        try:
            return list(named(name)(ids, url))
        except (NameUnknown, SQLAlchemyError, OSError) as failure:
            raise PeopleUnreachable(f"{name} does not answer: {failure}") from failure

    return ask
