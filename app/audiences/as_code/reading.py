"""A file of audiences, read and checked: all that is wrong is said, by audience and place."""

from itertools import islice
from typing import Any

from app.audiences.as_code import keys
from app.audiences.as_code.describing import Described, FileInvalid
from app.audiences.as_code.documents import document_of
from app.audiences.as_code.writing import FORMAT
from app.audiences.tags import LONGEST_TAG, MOST_TAGS
from app.audiences.tree import reading, values
from app.audiences.tree.conditions import Group, GroupKind
from app.audiences.tree.reading import MOST_NODES, TreeInvalid
from app.audiences.tree.values import ValueUnfit
from app.dataflows.as_code.documents import CodeInvalid, Document
from app.dataflows.as_code.parts import Part

LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_ZONE, MOST_AUDIENCES = 120, 500, 64, 5_000
_KEYS = ("name", "description", "tags", "zone", "conditions")


def described_in(
    raw: bytes, *, is_json: bool = False, name: str = "", usual: str = ""
) -> list[Described]:
    """Return the audiences of a file; raise FileInvalid.

    Conditions alone are called by the name, or else the usual one.
    """
    try:
        document = document_of(raw, is_json=is_json)
        if _is_tree(document.values):
            return [_bare(document.values, name or usual)]
        if name:
            raise CodeInvalid("", "A name is for conditions alone. This file says its own names.")
        parts = _parts(document)
    except CodeInvalid as failure:
        raise FileInvalid([str(failure)]) from None
    found: list[Described] = []
    problems: list[str] = []
    for part in parts:
        try:
            found.append(_audience(part, {each.name for each in found}))
        except CodeInvalid as failure:
            problems.append(str(failure))
        except FileInvalid as failure:
            problems += failure.problems
    if problems:
        raise FileInvalid(problems)
    return found


def _is_tree(values: Any) -> bool:
    return isinstance(values, dict) and len(values) == 1 and next(iter(values)) in set(GroupKind)


def _bare(raw: Any, name: str) -> Described:
    if not name.strip():
        raise CodeInvalid("", "The file has conditions alone. Say what they are called by --name.")
    part = Part(Document(raw, {}), "", {"name": name, "conditions": raw}, _KEYS)
    return _audience(part, set())


def _parts(document: Document) -> list[Part]:
    values = document.values
    if isinstance(values, list):
        values = {"audiences": values}
    if isinstance(values, dict) and "audiences" not in values:
        whole = Part(document, "", values, ("format", *_KEYS))
        parts = [whole]
    else:
        whole = Part(document, "", values, ("format", "audiences"))
        parts = [
            Part(document, f"audiences[{place}]", each, _KEYS)
            for place, each in enumerate(_listed(whole, values["audiences"]), 1)
        ]
    # To Python, `true` is 1, too.
    if whole.has("format") and (type(values["format"]) is not int or values["format"] != FORMAT):
        whole.refuse("format", f"Only format {FORMAT} is known here.")
    return parts


def _listed(whole: Part, values: Any) -> list[Any]:
    if not isinstance(values, list) or not values:
        whole.refuse("audiences", "Write a list of audiences here, at least one.")
    if len(values) > MOST_AUDIENCES:
        whole.refuse("audiences", f"A file has at most {MOST_AUDIENCES:,} audiences. Split it.")
    return values


def _audience(part: Part, before: set[str]) -> Described:
    """Return one audience; raise CodeInvalid or FileInvalid."""
    name = _text(part, "name", LONGEST_NAME).strip()
    if name in before:
        part.refuse("name", f"Two audiences are called “{name}”. Keep one.")
    has_description = part.has("description")
    return Described(
        name=name,
        description=_description(part) if has_description else None,
        tags=_tags(part) if part.has("tags") else None,
        zone=_zone(part) if part.has("zone") else None,
        tree=_tree(name, part.value("conditions")),
    )


def _text(part: Part, key: str, longest: int, default: str | None = None) -> str:
    found = part.text(key, longest=longest, default=default)
    # What no encoding has cannot be stored either.
    if not found.isascii() and any("\ud800" <= sign <= "\udfff" for sign in found):
        part.refuse(key, "Half a sign stands here. Write the text anew.")
    return found


def _description(part: Part) -> str:
    return _text(part, "description", LONGEST_DESCRIPTION, default="").strip()


def _tags(part: Part) -> tuple[str, ...]:
    tags = [each.strip() for each in part.texts("tags")]
    for place, tag in enumerate(tags, 1):
        if not tag or len(tag) > LONGEST_TAG or "," in tag or not tag.isprintable():
            said = f"A tag has 1 to {LONGEST_TAG} signs and no comma."
            part.refuse(f"tags[{place}]", said)
    if len(tags) > MOST_TAGS:
        part.refuse("tags", f"An audience has at most {MOST_TAGS} tags.")
    return tuple(dict.fromkeys(tags))


def _zone(part: Part) -> str:
    name = _text(part, "zone", LONGEST_ZONE)
    try:
        values.zone(name)
    except ValueUnfit as failure:
        part.refuse("zone", str(failure))
    return name


def _tree(name: str, raw: Any) -> Group:
    problems: dict[str, str] = {}
    try:
        problems = dict(islice(keys.unknown(raw), MOST_NODES))
        tree = reading.parsed(raw)
    except TreeInvalid as failure:
        problems = {**failure.problems, **problems}
    except RecursionError:
        problems = {"n": "These conditions are nested too deep."}
    if problems:
        raise FileInvalid([f"“{name}”, {path}: {said}" for path, said in sorted(problems.items())])
    return tree
