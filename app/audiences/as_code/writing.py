"""Audiences as YAML or JSON, the same bytes for the same audiences."""

import json
from collections.abc import Iterable
from typing import Any

from app.audiences.as_code.describing import Described
from app.audiences.tree.writing import to_json
from app.dataflows.as_code.writing import dumped

FORMAT = 1
HEADING = "# Audiences of Headwater: `flask audiences apply FILE` saves them.\n"
_ONCE = {"op": "at_least", "n": 1, "of": "times"}


def as_yaml(described: Iterable[Described]) -> str:
    """Return the text of a YAML file."""
    return HEADING + dumped(_whole(described))


def as_json(described: Iterable[Described]) -> str:
    """Return the text of a JSON file."""
    return json.dumps(_whole(described), ensure_ascii=False, indent=2) + "\n"


def _whole(described: Iterable[Described]) -> dict[str, Any]:
    ordered = sorted(described, key=lambda each: each.name)
    return {"format": FORMAT, "audiences": [_plain(each) for each in ordered]}


def _plain(described: Described) -> dict[str, Any]:
    return {
        "name": described.name,
        "description": described.description or "",
        "tags": list(described.tags or ()),
        "zone": described.zone or "UTC",
        "conditions": _short(to_json(described.tree)),
    }


def _short(raw: Any) -> Any:
    """Leave out what means the same unsaid: no filters, and at least once."""
    if isinstance(raw, list):
        return [_short(each) for each in raw]
    if not isinstance(raw, dict):
        return raw
    return {
        key: _short(value)
        for key, value in raw.items()
        if not (key == "where" and value == []) and not (key == "times" and value == _ONCE)
    }
