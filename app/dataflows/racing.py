"""Refuses to save over a draft that changed while it was being saved: by an editor, or by a run."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.orm.exc import StaleDataError

from app.extensions import db

P = ParamSpec("P")
R = TypeVar("R")


class EditedElsewhere(Exception):
    """The definition changed since the page that sent this was opened."""


def refusing_races(save: Callable[P, R]) -> Callable[P, R]:
    """Return a service that raises EditedElsewhere where another write came between."""

    @wraps(save)
    def saved(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return save(*args, **kwargs)
        except StaleDataError as failure:
            db.session.rollback()
            raise EditedElsewhere(kwargs.get("dataflow_id")) from failure

    return saved
