"""What was found, and what would have to change, in plain sentences."""

from datetime import datetime, timedelta
from decimal import Decimal

from app.audiences.tree import wording
from app.audiences.tree.conditions import (
    ANYTHING,
    Attribute,
    Counted,
    Did,
    Filter,
    Frequency,
    Since,
    Step,
    Times,
)
from app.audiences.tree.windows import Bounds, Calendar, Rolling, Window

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
# Of so many of a unit, smaller units are not said.
_MANY = 4
_TIMES = {Times.AT_LEAST: "at least", Times.EXACTLY: "exactly", Times.AT_MOST: "at most"}


def event(name: str) -> str:
    """Return an event's name as one of several."""
    return "event" if name == ANYTHING else f"“{name}”"


def length(of: timedelta) -> str:
    """Return a length of time, rounded down: 54 days; 1 day and 19 hours."""
    seconds, said = int(of.total_seconds()), []
    for size, name in _UNITS:
        if seconds >= size:
            said.append(plural(seconds // size, name))
            if len(said) == 2 or seconds // size >= _MANY:
                break
        elif said:
            break
        seconds %= size
    return " and ".join(said) or "less than a second"


def plural(number: int, noun: str) -> str:
    """Return 1 day, 2 days."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago something was, or how long from now it is."""
    return f"{length(now - at)} ago" if at <= now else f"{length(at - now)} from now"


def outside(at: datetime, window: Window | Since, now: datetime, anchor: datetime | None) -> str:
    """Say how an event is out of the window."""
    asked = wording.when(window).strip()
    if isinstance(window, Since):
        if anchor is None:
            return f"there is no {event(window.anchor.event)} that it could be before or after"
        side = "after" if at > anchor else "before" if at < anchor else "at the moment of"
        gap = "" if at == anchor else f"{length(abs(at - anchor))} "
        return f"it was {gap}{side} that {event(window.anchor.event)}; asked is {asked}"
    if isinstance(window, Rolling | Calendar):
        return f"it was {ago(at, now)}; asked is {asked}"
    return f"it was not {asked}"


def unfit(each: Filter, found: str | None, other: str | None) -> str:
    """Say how a property does not fit."""
    asked = wording.compared(each.operator, each.value)
    if isinstance(each.value, Attribute):
        asked += f", {quoted(other)}"
    return f"{each.property} was {quoted(found)}; asked is {each.property} {asked}"


def quoted(text: str | None) -> str:
    """Return a value in quotes, and a word for none."""
    return "missing" if text is None else f"“{text}”"


def counted(frequency: Frequency, number: int) -> str:
    """Say how often something was done, and how often it was asked for."""
    of = frequency.of
    if of is Counted.TIMES:
        found = plural(number, "time") if number else "Never"
    elif isinstance(of, Counted):
        found = f"On {plural(number, 'different day')}"
    else:
        found = f"With {plural(number, 'different value')} of {of.property}"
    verb = "was" if frequency.number == 1 else "were"
    return f"{found}; {_TIMES[frequency.times]} {frequency.number} {verb} asked for."


def change_of_number(did: Did, number: int, hindrance: str) -> str:
    """Say what would change whether it was done often enough, and what is in the way of it."""
    frequency, wanted = did.frequency, did.frequency.number
    if frequency.times is Times.AT_LEAST and number >= wanted:
        return _stays(did.window)
    if frequency.times is not Times.AT_LEAST and number > wanted:
        return f"It is {number - wanted} too many. {_stays(did.window)}"
    missing = wanted - number + (frequency.times is Times.AT_MOST or number == wanted)
    rest = f"{wording.when(did.window)}{wording.where(did.match)}"
    return f"{_more(missing, did, number)}{rest} would change it.{hindrance}"


def hindrance(
    window: Window | Since, bounds: Bounds, now: datetime, anchor: datetime | None
) -> str:
    """Say why an event of now would not be in the window, and nothing where it would be."""
    if isinstance(window, Since):
        return _hindrance_of_anchor(window, now, anchor)
    if isinstance(window, Rolling) and window.before is not None:
        return (
            f" What comes now counts only once it is more than {wording.span(window.before)} ago."
        )
    if bounds.end is not None and bounds.end <= now:
        return " That time is over, so only what arrives late can."
    if bounds.start is not None and bounds.start > now:
        return " That time is still to come."
    return ""


def _hindrance_of_anchor(window: Since, now: datetime, anchor: datetime | None) -> str:
    kind = event(window.anchor.event)
    if anchor is None:
        return f" There is no {kind} so far."
    again = "" if window.is_first else f"; a newer {kind} would begin it anew"
    if window.is_until and anchor <= now:
        return f" That {kind} was already, so what comes now is too late{again}."
    if not window.is_until and window.within and anchor + window.within.length < now:
        return f" The time after that {kind} is over{again}."
    return ""


def _stays(window: Window | Since) -> str:
    if isinstance(window, Since) and not window.is_first:
        return f"A newer {event(window.anchor.event)} would move the time that is asked about."
    return "Nothing that they do from now on changes it."


def _more(missing: int, did: Did, number: int) -> str:
    told, of = event(did.match.event), did.frequency.of
    more = " more" if number else ""
    many = "one" if missing == 1 else str(missing)
    if of is Counted.TIMES:
        return f"{many.capitalize()}{more} {told}"
    if isinstance(of, Counted):
        return f"{told} on {many}{more} {'day' if missing == 1 else 'days'}"
    return f"{told} with {many}{more} different {of.property}"


def change_of_place(did: Did, at: datetime | None, note: str) -> str:
    """Say whether another event could change which one is asked about."""
    told, which = event(did.match.event), wording.place(did.place or 1)
    if did.place == -1:
        wanted = "that does not fit" if at is not None and not note else "that fits"
        return f"A newer {told} {wanted} would change it, as it would be the last."
    if at is None:
        return f"The {which} {told} would have to come, and to fit."
    return f"The {which} {told} stays the {which}, whatever they do from now on."


def number(value: Decimal) -> str:
    """Return a number without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def change_of_chain(did: Did) -> str:
    """Say what would change a sequence that came, or an absence that did not hold."""
    if did.steps[-1].is_negated:
        return f"It has to begin anew with a {event(did.match.event)}, and the last not to follow."
    return _stays(did.window)


def change_of_absence(step: Step) -> str:
    """Say what would end that a step did not come."""
    if step.within is not None:
        return "The time for it is over: nothing that they do from now on changes it."
    return f"A {event(step.match.event)}{wording.where(step.match)} would change it."
