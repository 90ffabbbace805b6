"""What an event tells, in a sentence and in names with values, for people to read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_DETAILS = 60
LONGEST_VALUE = 300
_ICONS = {
    "visit": "eye",
    "contentvisit": "file-text",
    "itemclick": "target",
    "basket": "shopping-cart",
    "buy": "package",
    "identify": "user",
    "alias": "link",
    "consent": "shield",
    "group": "users",
}
_VERBS = {
    "visit": "Visited",
    "contentvisit": "Read",
    "itemclick": "Clicked on",
    "basket": "Put into the basket",
    "buy": "Bought",
}
# Without a thing: what to say then.
_ALONE = {
    "visit": "Visited a page",
    "contentvisit": "Read something",
    "itemclick": "Clicked on an item",
    "basket": "Put something into the basket",
    "buy": "Bought something",
    "identify": "Was identified",
    "alias": "Was given another id",
    "group": "Joined a group",
}
# Which property names the thing, the most readable first.
_THINGS = (
    *("product", "product_name", "name", "title", "item", "path", "url"),
    *("product_id", "sku", "productId", "id"),
)


@dataclass(frozen=True)
class Told:
    """One event as it is read: an icon, a verb, maybe the thing it was done to, the rest."""

    icon: str
    verb: str
    thing: str
    details: list[tuple[str, str]]


def told(row: Mapping[str, Any]) -> Told:
    """Return how an event reads."""
    event, properties = row["event"], json.loads(row["properties"] or "{}")
    details = [(name, value[:LONGEST_VALUE]) for name, value in _flat(properties, "") if value][
        :MOST_DETAILS
    ]
    if event == "consent" and isinstance(properties.get("given"), bool):
        verb = "Gave consent" if properties["given"] else "Withdrew consent"
        return Told(_ICONS["consent"], verb, "", details)
    thing = _thing(properties) if event in _VERBS else ""
    verb = _VERBS[event] if thing else _ALONE.get(event, event)
    return Told(_ICONS.get(event, "activity"), verb, thing, details)


def _thing(properties: Mapping[str, Any]) -> str:
    for name in _THINGS:
        value = properties.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()[:LONGEST_VALUE]
    return ""


def _flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield each value within a value, under the names that lead to it."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _flat(each, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for place, each in enumerate(value, 1):
            yield from _flat(each, f"{name} {place}")
    elif value is not None:
        yield name or "value", str(value).lower() if isinstance(value, bool) else str(value)
