"""What a person did: which events match, in which window, how often and in which order."""

from datetime import UTC, datetime

from tests.unit.audiences import naive, naive_time, naive_values

EVER = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


def has_done(given, person, world):
    """Tell whether a person meets a `did`."""
    own = [each for each in world["events"] if each["person_id"] == person]
    windowed = in_window(own, given.get("when"), person, world)
    found = [each for each in windowed if matches(each, given, person, world)]
    if given.get("which"):
        chosen = one_event(own, given)
        return chosen is not None and chosen in found
    if given.get("then"):
        steps = given["then"] if isinstance(given["then"], list) else [given["then"]]
        return any(is_followed(each, steps, own, person, world) for each in found)
    return is_often(found, given.get("times") or {}, world)


def place_of(event):
    """Return what tells which event came first."""
    return tuple(event[name] for name in ("occurred_at", "message_id", "part", "source_id"))


def named(events, name):
    return [each for each in events if name in ("*", each["name"])]


def one_event(own, given):
    ordered = sorted(named(own, given["event"]), key=place_of)
    place = {"first": 1, "last": len(ordered)}.get(given["which"], given["which"])
    return ordered[int(place) - 1] if 1 <= int(place) <= len(ordered) else None


def matches(event, given, person, world):
    """Tell whether an event has the name and fits the filters."""
    if given["event"] not in ("*", event["name"]):
        return False
    return all(_fits(event, each, person, world) for each in given.get("where") or [])


def _fits(event, given, person, world):
    operator = given["op"]
    if operator in ("has_item", "has_no_item"):
        value = naive_values.read(event["properties"]).get(given["property"])
        return naive_values.item_fits(value, operator, given["value"])
    wanted = given.get("value")
    if "attribute" in given:
        held = world["rows"][naive.attribute_key(given["attribute"], world)].get(person)
        wanted = naive_values.attribute_value(held, operator, world)
    elif operator in ("is_empty", "is_not_empty"):
        wanted = ""
    value = value_of(event, given["property"])
    if "attribute" in given and value is not None:
        # Text with text, whatever it is; the amount as its shortest.
        value = naive_values.column_text(value)
    return naive_values.fits(value, operator, wanted, world)


def value_of(event, name):
    """Return a property as text, the amount as a number."""
    if name == "amount":
        return event["amount"]
    return naive_values.text_of(naive_values.read(event["properties"]).get(name))


def in_window(own, when, person, world):
    """Return the events in a window."""
    if not when:
        return own
    for kind in ("since", "until"):
        if kind in when:
            return _around(own, kind, when, person, world)
    start, end, is_closed = naive_time.bounds(when, world)
    start, end = start or EVER[0], end or EVER[1]
    return [
        each
        for each in own
        if start <= each["occurred_at"]
        and (each["occurred_at"] < end or (is_closed and each["occurred_at"] == end))
    ]


def _around(own, kind, when, person, world):
    such = [each["occurred_at"] for each in own if matches(each, when[kind], person, world)]
    if not such:
        return []
    anchor = min(such) if when[kind].get("which") == "first" else max(such)
    if kind == "since":
        last = naive_values.later(anchor, when["within"]) if when.get("within") else EVER[1]
        return [each for each in own if anchor < each["occurred_at"] <= last]
    return [
        each
        for each in own
        if each["occurred_at"] < anchor
        and (
            not when.get("within")
            or anchor <= naive_values.later(each["occurred_at"], when["within"])
        )
    ]


def is_often(found, times, world):
    """Tell whether events are as many as asked."""
    of, number = times.get("of", "times"), int(times.get("n", 1))
    if of == "times":
        many = len(found)
    elif of == "days":
        many = len({naive_time.day_of(each["occurred_at"], world) for each in found})
    else:
        name = of["property"] if isinstance(of, dict) else of
        many = len({value_of(each, name) for each in found} - {None})
    return {"at_least": many >= number, "exactly": many == number, "at_most": many <= number}[
        times.get("op", "at_least")
    ]


def is_followed(event, steps, own, person, world):
    """Tell whether the steps came after an event, by one chain of them."""
    if not steps:
        return True
    ((kind, step),) = steps[0].items()
    after = [
        each
        for each in own
        if each["occurred_at"] > event["occurred_at"]
        and matches(each, step, person, world)
        and _is_timely(event, each, step)
    ]
    if kind == "did_not":
        return not after and _is_over(event, step, world)
    return any(
        is_followed(each, steps[1:], own, person, world)
        for each in after
        if not _is_broken(event, each, step, own, person, world)
    )


def _is_timely(event, other, step):
    at = other["occurred_at"]
    if step.get("within") and at > naive_values.later(event["occurred_at"], step["within"]):
        return False
    return not step.get("after") or at >= naive_values.later(event["occurred_at"], step["after"])


def _is_over(event, step, world):
    if not step.get("within"):
        return True
    return naive_values.later(event["occurred_at"], step["within"]) <= world["now"]


def _is_broken(event, other, step, own, person, world):
    without = step.get("without") or []
    without = without if isinstance(without, list) else [without]
    return any(
        event["occurred_at"] < each["occurred_at"] < other["occurred_at"]
        and matches(each, {"event": kind} if isinstance(kind, str) else kind, person, world)
        for each in own
        for kind in without
    )
