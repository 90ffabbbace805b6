"""Audiences to be made of others: parts by chance, those of no earlier one, what two share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

LONGEST_NAME = 120
MOST_PARTS, MOST_IN_ORDER = 20, 20
_ALL = Decimal(100)


class PlanUnfit(Exception):
    """What was asked for cannot be; the sentence says what to do."""


@dataclass(frozen=True)
class Source:
    """An audience that others are made of."""

    public_id: str
    name: str
    zone: str = "UTC"


@dataclass(frozen=True)
class Planned:
    """An audience that is to be: its tree is as JSON has it."""

    name: str
    description: str
    tree: dict[str, Any]
    zone: str


def parts(
    source: Source, division: str, asked: Sequence[tuple[str, str]]
) -> tuple[list[Planned], Decimal]:
    """Return an audience for each name and per cent, and what per cent is left over.

    Rows without both are left out; raises PlanUnfit.
    """
    rows = [(name.strip(), share.strip()) for name, share in asked]
    rows = [row for row in rows if any(row)]
    _refuse_names(source, [name for name, _share in rows])
    if not division.strip():
        raise PlanUnfit("Name the division.")
    found, low = [], Decimal(0)
    for name, share in rows:
        high = low + _per_cent(name, share)
        if high > _ALL:
            raise PlanUnfit("The parts come to more than 100 %. Make some smaller.")
        ends = {"from": float(low), "to": float(high)}
        cut = {"split": {"name": division.strip(), **ends}}
        said = f"{share} % of {source.name}, by chance."
        tree = {"all": [{"in": source.public_id}, cut]}
        found.append(Planned(f"{source.name}: {name}", said, tree, source.zone))
        low = high
    return found, _ALL - low


def in_order(sources: Sequence[Source]) -> list[Planned]:
    """Return for each audience one of those who are in no earlier one; raise PlanUnfit."""
    if not 2 <= len(sources) <= MOST_IN_ORDER:
        raise PlanUnfit(f"Choose two to {MOST_IN_ORDER} audiences.")
    found = []
    for place, source in enumerate(sources):
        earlier = sources[:place]
        own: list[dict[str, Any]] = [{"in": source.public_id}]
        own += [{"none": [{"in": each.public_id} for each in earlier]}] if earlier else []
        name = _shortened(source.name, f" (priority {place + 1})")
        said = f"Those of {source.name} who are in no audience before it."
        found.append(Planned(name, said, {"all": own}, source.zone))
    return found


def ordered(chosen: Sequence[Source], positions: Mapping[str, str]) -> list[Source]:
    """Return the audiences by their positions; raise PlanUnfit where one has none or another's."""
    by_number: dict[int, Source] = {}
    for each in chosen:
        text = positions.get(each.public_id, "").strip()
        if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 1000):
            raise PlanUnfit(f"Give “{each.name}” a position: 1 for the first.")
        if int(text) in by_number:
            raise PlanUnfit(f"“{by_number[int(text)].name}” and “{each.name}” share a position.")
        by_number[int(text)] = each
    return [by_number[number] for number in sorted(by_number)]


def both(one: Source, other: Source) -> Planned:
    """Return the audience of those who are in both."""
    tree = {"all": [{"in": one.public_id}, {"in": other.public_id}]}
    said = f"Those in both {one.name} and {other.name}."
    return Planned(_joined(one, " and ", other), said, tree, one.zone)


def without(one: Source, other: Source) -> Planned:
    """Return the audience of those who are in one and not in the other."""
    tree = {"all": [{"in": one.public_id}, {"none": [{"in": other.public_id}]}]}
    said = f"Those of {one.name} who are not in {other.name}."
    return Planned(_joined(one, " without ", other), said, tree, one.zone)


def names_from(name: str) -> Iterator[str]:
    """Yield the name, and then the name with a number, for as long as it is asked for."""
    yield name
    number = 2
    while True:
        yield _shortened(name, f" {number}")
        number += 1


def _refuse_names(source: Source, names: Sequence[str]) -> None:
    if not names:
        raise PlanUnfit("Name at least one part and say how many per cent it has.")
    for place, name in enumerate(names):
        if not name:
            raise PlanUnfit("Name each part that has a per cent.")
        if name.casefold() in {each.casefold() for each in names[:place]}:
            raise PlanUnfit(f"Two parts are called “{name}”.")
        if len(f"{source.name}: {name}") > LONGEST_NAME:
            raise PlanUnfit(f"“{source.name}: {name}” is longer than {LONGEST_NAME} signs.")


def _per_cent(name: str, text: str) -> Decimal:
    try:
        found = Decimal(text.removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        found = Decimal(0)
    if not found.is_finite() or not 0 < found <= _ALL or found != round(found, 2):
        raise PlanUnfit(f"“{name}” needs a per cent above 0, with at most two places.")
    return found


def _joined(one: Source, word: str, other: Source) -> str:
    """Return a name of two, each cut where both are too long."""
    room = (LONGEST_NAME - len(word)) // 2
    return f"{_shortened(one.name, '', room)}{word}{_shortened(other.name, '', room)}"


def _shortened(name: str, ending: str, most: int = LONGEST_NAME) -> str:
    room = most - len(ending)
    return (name if len(name) <= room else f"{name[: room - 1].rstrip()}…") + ending
