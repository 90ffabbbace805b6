"""What the numbers in addresses can be."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """A whole number that a row's id can be; to ask a database for others is a failure there."""

    def __init__(self, url_map: Map, *arguments: Any, **named: Any) -> None:
        named.setdefault("max", LARGEST_ID)
        super().__init__(url_map, *arguments, **named)


def init_app(app: Flask) -> None:
    """Let `<int:...>` mean an id everywhere: a number no row can have is a page not found."""
    app.url_map.converters["int"] = IdConverter
