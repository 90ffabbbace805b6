"""Moving conditions: up, down, into the group above or below, out of their group.

Each returns the path of the moved one afterwards, and nothing where it cannot go there.
"""

from app.audiences.builder.entry import Part, Place, height, place_of
from app.audiences.tree.reading import DEEPEST


def up(tree: Part, path: str) -> str:
    """Put it before the one above."""
    return _swapped(tree, path, -1)


def down(tree: Part, path: str) -> str:
    """Put it behind the one below."""
    return _swapped(tree, path, 1)


def above(tree: Part, path: str) -> str:
    """Put it at the end of the group above."""
    place = _node(tree, path)
    if place is None or place.number == 0:
        return ""
    group = place.siblings[place.number - 1]
    if not _may_hold(group, place):
        return ""
    group.members.append(place.siblings.pop(place.number))
    return f"{place.path(place.number - 1)}.{len(group.members) - 1}"


def below(tree: Part, path: str) -> str:
    """Put it at the beginning of the group below."""
    place = _node(tree, path)
    if place is None or place.number + 1 >= len(place.siblings):
        return ""
    group = place.siblings[place.number + 1]
    if not _may_hold(group, place):
        return ""
    group.members.insert(0, place.siblings.pop(place.number))
    return f"{place.path(place.number)}.0"


def out(tree: Part, path: str) -> str:
    """Put it behind the group it is in; a group that is empty then goes."""
    place = _node(tree, path)
    outer = _node(tree, place.above) if place is not None else None
    if place is None or outer is None:
        return ""
    moved = place.siblings.pop(place.number)
    number = outer.number + 1
    if not place.siblings:
        number = outer.number
        del outer.siblings[number]
    outer.siblings.insert(number, moved)
    return outer.path(number)


def _node(tree: Part, path: str) -> Place | None:
    place = place_of(tree, path)
    return place if place is not None and place.separator == "." else None


def _swapped(tree: Part, path: str, step: int) -> str:
    place = place_of(tree, path)
    if place is None or not 0 <= place.number + step < len(place.siblings):
        return ""
    number, other = place.number, place.number + step
    siblings = place.siblings
    siblings[number], siblings[other] = siblings[other], siblings[number]
    return place.path(other)


def _may_hold(group: Part, place: Place) -> bool:
    deep = place.above.count(".") + 2 + height(place.part)
    return group.is_group and deep <= DEEPEST
