"""All kinds of transformation, by name and by group."""

from app.tabular.transformations import (
    arithmetic,
    countries,
    currencies,
    durations,
    joining,
    patterns,
    phones,
    replacements,
    templates,
    texts,
    words,
    writing,
    zones,
)
from app.tabular.transformations.kinds import Group, Kind

_FAMILIES = (
    *(words, writing, zones, phones, countries, currencies),
    *(texts, patterns, replacements),
    *(joining, templates, arithmetic, durations),
)
KINDS: dict[str, Kind] = {kind.name: kind for family in _FAMILIES for kind in family.KINDS}


def kinds_by_group() -> dict[Group, list[Kind]]:
    """Return the kinds under the headings of their list."""
    return {group: [kind for kind in KINDS.values() if kind.group is group] for group in Group}
