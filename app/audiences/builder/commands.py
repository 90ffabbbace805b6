"""What the builder's buttons do to the tree."""

from collections.abc import Callable
from dataclasses import dataclass

from app.audiences.builder import moving
from app.audiences.builder.entry import (
    CONDITIONS,
    GROUPS,
    LISTS,
    MOST,
    Part,
    at,
    copied,
    fresh,
    has_room,
    place_of,
)

# What is shown once it is asked for, with the fields that then say so, and those it takes along.
_SHOWN = {
    "which": ({"which": "last"}, ("which", "place")),
    "after": ({"after_unit": "d"}, ("after", "after_unit")),
    "with": ({"with": "attribute"}, ("with",)),
}
_FOCUSED = {"which": "which", "after": "after", "with": "attribute"}


@dataclass(frozen=True)
class Changed:
    """The tree after a button, and the path of what it was about, which is looked at next."""

    tree: Part
    path: str = ""
    verb: str = ""
    # The field that a button had shown.
    field: str = ""

    @property
    def part(self) -> Part | None:
        """What it was about, as it is now."""
        return at(self.tree, self.path) if self.path else None

    @property
    def is_new(self) -> bool:
        """Tell whether what it was about is to be filled in now."""
        return self.verb in {"add", "more", "copy", "show"}


def changed(tree: Part, command: str) -> Changed:
    """Return the tree after a button was pressed.

    Commands are `add KIND PATH`, `remove PATH`, `copy PATH`, `up PATH`, `down PATH`, `above PATH`,
    `below PATH`, `out PATH`, `more LIST PATH`, `show FIELD PATH` and `hide FIELD PATH`. One that
    means nothing here, as of a page that is outdated, changes nothing.
    """
    verb, *rest = command.split(" ")
    path = ""
    if len(rest) == 1 and verb in _OF_PATH:
        path = _OF_PATH[verb](tree, rest[0])
    elif len(rest) == 2 and verb in _OF_WORD:
        path = _OF_WORD[verb](tree, rest[0], rest[1])
    if not path:
        return Changed(tree)
    return Changed(tree, path, verb, _FOCUSED[rest[0]] if verb == "show" else "")


def _add(tree: Part, kind: str, path: str) -> str:
    group = at(tree, path)
    if group is None or not group.is_group or kind not in {*CONDITIONS, *GROUPS}:
        return ""
    added = fresh(kind)
    if not has_room(tree, path, added):
        return ""
    group.members.append(added)
    return f"{path}.{len(group.members) - 1}"


def _remove(tree: Part, path: str) -> str:
    place = place_of(tree, path)
    if place is None:
        return ""
    del place.siblings[place.number]
    if not place.siblings:
        return place.above
    return place.path(min(place.number, len(place.siblings) - 1))


def _copy(tree: Part, path: str) -> str:
    place = place_of(tree, path)
    if place is None or place.separator != "." or not has_room(tree, place.above, place.part):
        return ""
    place.siblings.insert(place.number + 1, copied(place.part))
    return place.path(place.number + 1)


def _more(tree: Part, name: str, path: str) -> str:
    part = at(tree, path)
    kind = LISTS.get(part.kind, {}).get(name) if part is not None else None
    if part is None or kind is None or len(part.listed(name)) >= MOST[kind]:
        return ""
    part.lists.setdefault(name, []).append(fresh(kind))
    return f"{path}:{name}.{len(part.lists[name]) - 1}"


def _show(tree: Part, name: str, path: str) -> str:
    part = at(tree, path)
    if part is None or name not in _SHOWN or not set(_SHOWN[name][0]) <= set(part.fields):
        return ""
    part.fields.update(_SHOWN[name][0])
    return path


def _hide(tree: Part, name: str, path: str) -> str:
    part = at(tree, path)
    if part is None or name not in _SHOWN or not set(_SHOWN[name][0]) <= set(part.fields):
        return ""
    part.fields.update(dict.fromkeys(_SHOWN[name][1], ""))
    return path


_OF_PATH: dict[str, Callable[[Part, str], str]] = {
    "remove": _remove,
    "copy": _copy,
    "up": moving.up,
    "down": moving.down,
    "above": moving.above,
    "below": moving.below,
    "out": moving.out,
}
_OF_WORD: dict[str, Callable[[Part, str, str], str]] = {
    "add": _add,
    "more": _more,
    "show": _show,
    "hide": _hide,
}
