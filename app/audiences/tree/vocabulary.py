"""What conditions may speak of: the attributes of people, and the other audiences."""

from collections.abc import Iterator, Mapping
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

    def column(self, attribute: Attribute) -> Column:
        """Return where an attribute is; raise AttributeUnknown."""
        if attribute.schema:
            found = [self.attributes[attribute]] if attribute in self.attributes else []
            where = f" ({attribute.schema})"
        else:
            same = (each for each in self.attributes if each.column == attribute.column)
            found, where = [self.attributes[each] for each in same], ""
        if len(found) == 1:
            return found[0]
        if found:
            raise AttributeUnknown(f"Several datasets have {attribute.column}: say which.")
        raise AttributeUnknown(f"No dataset has {attribute.column}{where}.")

    def audience(self, reference: str) -> Known:
        """Return the audience of a public id or a name; raise AudienceUnknown."""
        known = self.audiences.get(reference)
        if known is None:
            by_name = (each for each in self.audiences.values() if each.name == reference)
            known = next(by_name, None)
        if known is None:
            raise AudienceUnknown(f"There is no audience “{reference}”.")
        return known

    def way_round(self, tree: Group, own: Known | None) -> list[str]:
        """Return the names by which a tree asks for itself, in order; none where it does not.

        Raises AudienceUnknown.
        """
        if own is None:
            return []
        seen: set[str] = set()
        waiting = [(each, [own.name]) for each in self._asked(tree)]
        while waiting:
            known, way = waiting.pop()
            if known.public_id == own.public_id:
                return [*way, known.name]
            if known.public_id not in seen and known.tree is not None:
                seen.add(known.public_id)
                waiting += [(each, [*way, known.name]) for each in self._asked(known.tree)]
        return []

    def _asked(self, tree: Group) -> Iterator[Known]:
        for leaf in leaves(tree):
            if isinstance(leaf, In):
                yield self.audience(leaf.audience)
