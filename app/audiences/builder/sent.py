"""A sent form as the tree it shows."""

from collections.abc import Mapping

from app.audiences.builder.entry import CONDITIONS, FIELDS, GROUPS, LISTS, MEMBERS, MOST, Part
from app.audiences.tree.operators import Operator
from app.audiences.tree.reading import DEEPEST, MOST_NODES

# A field that every part of a kind sends.
_SENT_BY = {"filter": "property", "step": "verb", "between": "event"}


def read(form: Mapping[str, str]) -> Part:
    """Return the tree of a sent form; fields that are missing are empty.

    Of a form with more than an audience can have, so much is read that it is refused.
    """
    return _Reader(form).node("n", 1)


class _Reader:
    """Reads nodes and counts them."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form = form
        self._count = 0

    def node(self, path: str, depth: int) -> Part:
        self._count += 1
        kind = self._form.get(f"{path}:kind", "all")
        if kind in CONDITIONS:
            return _part(self._form, path, kind)
        group = Part(kind if kind in GROUPS else "all", lists={MEMBERS: []})
        for place in range(MOST_NODES + 1):
            member = f"{path}.{place}"
            is_full = self._count > MOST_NODES or depth > DEEPEST
            if is_full or f"{member}:kind" not in self._form:
                break
            group.members.append(self.node(member, depth + 1))
        return group


def _part(form: Mapping[str, str], path: str, kind: str) -> Part:
    part = Part(kind, {name: form.get(f"{path}:{name}", "").strip() for name in FIELDS[kind]})
    for name, inner in LISTS.get(kind, {}).items():
        part.lists[name] = [
            _part(form, f"{path}:{name}.{place}", inner)
            for place in _places(form, f"{path}:{name}", inner)
        ]
    _carry_over(part)
    return part


def _places(form: Mapping[str, str], path: str, kind: str) -> range:
    """Return the places of a list that were sent, one more than it may have at most."""
    for place in range(MOST[kind] + 1):
        if f"{path}.{place}:{_SENT_BY[kind]}" not in form:
            return range(place)
    return range(MOST[kind] + 1)


def _carry_over(part: Part) -> None:
    """Let one value be the first of a list, and the other way round, where that is chosen now."""
    op = part.get("op")
    takes_list = op in set(Operator) and Operator(op).takes_list
    if takes_list and not part.get("values"):
        part.fields["values"] = part.get("value")
    elif part.get("values") and not takes_list and not part.get("value"):
        part.fields["value"] = part.get("values").splitlines()[0].strip()
