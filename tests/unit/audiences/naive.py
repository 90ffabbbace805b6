"""Who is in an audience, by plain loops over plain rows: an oracle without any code of ours."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal, InvalidOperation


def members(raw, people, events, now):
    """Return the ids in a tree of JSON; people are {id: {column: value}}, events dictionaries."""
    return {person for person in people if is_in(raw, person, people, events, now)}


def is_in(raw, person, people, events, now):
    (kind, given), *_rest = raw.items()
    if kind in {"all", "any", "none"}:
        found = [is_in(member, person, people, events, now) for member in given]
        return {"all": all(found), "any": any(found), "none": not any(found)}[kind]
    own = [event for event in events if event["person_id"] == person]
    if kind == "have":
        return compare(figure(given, person, people, own, now), given["op"], given["value"])
    matching = [
        event
        for event in recent(own, given, now)
        if all(
            compare(value_of(event, each["property"]), each["op"], each["value"])
            for each in given["where"]
        )
    ]
    has_done = len(matching) >= given["times"]["n"]
    return has_done if kind == "did" else not has_done


def recent(own, given, now):
    days = int(given["when"]["last"][:-1]) if "when" in given else None
    return [
        event
        for event in own
        if event["event"] == given["event"]
        and (days is None or event["occurred_at"] >= now - timedelta(days=days))
    ]


def figure(given, person, people, own, now):
    if "attribute" in given:
        return people[person].get(given["attribute"]["column"])
    about = given["aggregate"]
    chosen = recent(own, about, now)
    if about["function"] == "count":
        return Decimal(len(chosen))
    values = [(event, value_of(event, about["property"])) for event in chosen]
    if about["function"] == "sum":
        return sum((number(value) or Decimal(0) for _event, value in values), Decimal(0))
    counts = Counter(value for _event, value in values if value is not None)
    if not counts:
        return None
    last = {
        value: max(event["occurred_at"] for event, other in values if other == value)
        for value in counts
    }
    return min(counts, key=lambda value: (-counts[value], -last[value].timestamp(), value))


def value_of(event, name):
    if name == "amount":
        return event["amount"]
    value = event["properties"].get(name)
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def compare(value, operator, wanted):
    if operator == "is_empty":
        return value is None
    if operator == "is_not_empty":
        return value is not None
    if value is None:
        return operator == "is_not"
    if operator == "contains":
        return wanted in str(value)
    if operator in {"is", "is_not"}:
        same = value == Decimal(wanted) if isinstance(value, Decimal | int) else value == wanted
        return same is (operator == "is")
    one, other = number(value), Decimal(wanted)
    if one is None:
        return False
    return {
        "at_least": one >= other,
        "at_most": one <= other,
        "more_than": one > other,
        "less_than": one < other,
    }[operator]


def number(value):
    if isinstance(value, Decimal | int):
        return Decimal(value)
    try:
        return Decimal(value)
    except (InvalidOperation, TypeError):
        return None
