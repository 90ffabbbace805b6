"""All kinds of transformation, by name and by group."""

from app.tabular.transformations import joining, patterns, replacements, templates, texts
from app.tabular.transformations.kinds import Group, Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for family in (texts, patterns, replacements, joining, templates)
    for kind in family.KINDS
}


def kinds_by_group() -> dict[Group, list[Kind]]:
    """Return the kinds under the headings of their list."""
    return {group: [kind for kind in KINDS.values() if kind.group is group] for group in Group}
