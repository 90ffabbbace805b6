"""What conditions may speak of: the attributes of people, and the other audiences."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from app.audiences.tree.conditions import Attribute, Group, In, leaves
from app.tabular.types import ColumnType


class AttributeUnknown(Exception):
    """No dataset of people has such a column, or several have it."""


class AudienceUnknown(Exception):
    """There is no audience of this id or name."""


class AudienceInItself(Exception):
    """An audience asks for itself, at once or by others; the sentence names the way round."""


@dataclass(frozen=True)
class Column:
    """Where an attribute is: the schema's id, its name in the lake, its type."""

    schema_id: int
    field_name: str
    type: ColumnType


@dataclass(frozen=True)
class Known:
    """An audience that others may ask for; one that is kept as a list has no tree."""

    public_id: str
    name: str
    tree: Group | None
    zone: str = "UTC"


@dataclass(frozen=True)
class Vocabulary:
    """Attributes with where they are, and audiences by their public id."""

    attributes: Mapping[Attribute, Column] = field(default_factory=dict)
    audiences: Mapping[str, Known] = field(default_factory=dict)

    def columns(self, attribute: Attribute) -> list[Column]:
        """Return where an attribute may be: without a schema it may be in several places."""
        return [
            column
            for known, column in self.attributes.items()
            if known.column == attribute.column and attribute.schema in ("", known.schema)
        ]

    def column(self, attribute: Attribute) -> Column:
        """Return where an attribute is; raise AttributeUnknown."""
        found = self.columns(attribute)
        if len(found) > 1:
            raise AttributeUnknown(f"Several datasets have {attribute.column}: say which.")
        if not found:
            where = f" ({attribute.schema})" if attribute.schema else ""
            raise AttributeUnknown(f"No dataset has {attribute.column}{where}.")
        return found[0]

    def find_audience(self, reference: str) -> Known | None:
        """Return the audience of a public id or a name."""
        by_name = (each for each in self.audiences.values() if each.name == reference)
        return self.audiences.get(reference) or next(by_name, None)

    def audience(self, reference: str) -> Known:
        """Return the audience of a public id or a name; raise AudienceUnknown."""
        known = self.find_audience(reference)
        if known is None:
            raise AudienceUnknown(f"There is no audience “{reference}”.")
        return known

    def way_to(self, start: Known, target: Known) -> list[str]:
        """Return the names by which one audience asks for another, both included.

        None where it does not. An audience that is asked for and gone leads nowhere.
        """
        seen, waiting = {start.public_id}, [(start, [start.name])]
        while waiting:
            known, way = waiting.pop()
            if known.public_id == target.public_id:
                return way
            for each in self._asked(known):
                if each.public_id not in seen:
                    seen.add(each.public_id)
                    waiting.append((each, [*way, each.name]))
        return []

    def _asked(self, known: Known) -> Iterator[Known]:
        for leaf in leaves(known.tree) if known.tree is not None else ():
            if isinstance(leaf, In):
                with suppress(AudienceUnknown):
                    yield self.audience(leaf.audience)
