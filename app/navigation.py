"""The menu, written once."""

from dataclasses import dataclass

from flask import request, url_for


@dataclass(frozen=True)
class Link:
    """One entry of the menu."""

    label: str
    href: str
    icon: str
    is_current: bool
    children: tuple["Link", ...] = ()


# (label, endpoint, icon, blueprints or endpoints that make it current)
_ENTRIES = (
    ("Home", "home.index", "home", ("home",)),
    (
        "Dataflows",
        "dataflows.index",
        "workflow",
        (
            *("dataflows", "runs", "quarantine", "replays", "wizard"),
            *("file_mapping", "transform_map", "custom_columns"),
        ),
    ),
    ("Datasets", "datasets.index", "database", ("datasets",)),
    ("Schemas", "schemas.index", "table", ("schemas",)),
    ("Streams", "streams.index", "upload", ("streams",)),
    ("Events", "tracking.index", "activity", ("tracking",)),
    ("People", "people.index", "users", ("people", "erasures", "suppressions")),
    (
        "Audiences",
        "audiences.index",
        "target",
        ("audiences", "history", "overlaps", "versions", "lists", "dividing"),
    ),
    ("Activations", "activations.index", "send", ("activations",)),
    ("Segments", "segments.index", "webhook", ("segments",)),
    ("Exports", "exports.index", "calendar", ("exports",)),
)


def links() -> list[Link]:
    """Return the menu for the page under way."""
    current = _current_entry(request.endpoint or "")
    return [
        Link(label=label, href=url_for(endpoint), icon=icon, is_current=endpoint == current)
        for label, endpoint, icon, _owns in _ENTRIES
    ]


def _current_entry(endpoint: str) -> str | None:
    """Return the entry that owns the endpoint by the longest prefix."""
    owners = [
        (len(prefix), entry)
        for _label, entry, _icon, prefixes in _ENTRIES
        for prefix in prefixes
        if endpoint.startswith(prefix)
    ]
    return max(owners)[1] if owners else None
