"""Parts of conditions in words: windows, numbers of times, comparisons."""

from datetime import date, datetime

from app.audiences.tree import spans
from app.audiences.tree.conditions import (
    ANYTHING,
    Aggregate,
    Attribute,
    Counted,
    Did,
    Filter,
    Frequency,
    Function,
    Have,
    Leaf,
    Match,
    Since,
    Step,
    Times,
    Value,
)
from app.audiences.tree.operators import ORDERS, Operator
from app.audiences.tree.spans import Span, SpanUnreadable
from app.audiences.tree.windows import Calendar, Fixed, Rolling, Window

FUNCTIONS = {
    Function.SUM: "a sum",
    Function.COUNT: "a number",
    Function.AVERAGE: "an average",
    Function.LEAST: "a least value",
    Function.MOST: "a greatest value",
    Function.TOP: "a top",
    Function.FIRST: "a first",
    Function.LAST: "a last",
}
_PLACES = {1: "first", 2: "second", 3: "third", -1: "last"}
_TIMES = {Times.AT_LEAST: "at least", Times.EXACTLY: "exactly", Times.AT_MOST: "at most"}
_MOST_VALUES = 5


def event(name: str) -> str:
    """Return the name of an event."""
    return "anything" if name == ANYTHING else f"“{name}”"


def attribute(named: Attribute) -> str:
    """Return an attribute with where it is."""
    return f"{named.column} ({named.schema})" if named.schema else named.column


def label(leaf: Leaf) -> str:
    """Return what a condition looks at, in a word or two: country, “buy”, sum of amount."""
    match leaf:
        case Did():
            return event(leaf.match.event)
        case Have(subject=Attribute() as subject):
            return subject.column
        case Have(subject=Aggregate() as subject):
            made = FUNCTIONS[subject.function].split(" ", 1)[1]
            what = "" if subject.function is Function.COUNT else f" {subject.property} of"
            return f"{made}{what if what else ' of'} {event(subject.match.event)}"
        case _:
            return ""


def place(number: int) -> str:
    """Return which one of all is meant: the first, the 4th, the last."""
    return _PLACES.get(number, f"{number}th")


def per_cent(number: float) -> str:
    """Return a per cent without zeros that say nothing."""
    return f"{number:g} %"


def span(length: Span) -> str:
    """Return a length of time: 30 days, 1 week."""
    unit = length.unit.label
    return f"{length.number} {unit.removesuffix('s') if length.number == 1 else unit}"


def often(frequency: Frequency) -> str:
    """Return how often, and nothing for at least once."""
    if frequency.is_once:
        return ""
    of, number = frequency.of, frequency.number
    if of is Counted.TIMES:
        what = "time" if number == 1 else "times"
    elif isinstance(of, Counted):
        what = "different day" if number == 1 else "different days"
        return f" on {_TIMES[frequency.times]} {number} {what}{_or_never(frequency)}"
    else:
        return f" with {_TIMES[frequency.times]} {number} different {of.property}"
    return f" {_TIMES[frequency.times]} {number} {what}{_or_never(frequency)}"


def when(window: Window | Since) -> str:
    """Return when, and nothing for at any time."""
    match window:
        case Rolling():
            return _rolling(window)
        case Fixed():
            return _fixed(window)
        case Calendar():
            return f" {window.period.value}"
        case Since():
            return _since(window)
        case _:
            return ""


def where(match: Match) -> str:
    """Return what the properties are to be, and nothing where all are meant."""
    said = " and ".join(_filter(each) for each in match.filters)
    return f" where {said}" if said else ""


def compared(operator: Operator, value: Value) -> str:
    """Return how something is compared, and with what."""
    label = f"is {operator.label}" if operator in ORDERS else operator.label
    if not operator.needs_value:
        return label
    if isinstance(value, Attribute):
        return f"{label} their {attribute(value)}"
    if operator is Operator.BETWEEN and isinstance(value, tuple):
        return f"{label} {' and '.join(value)}"
    if isinstance(value, tuple):
        shown = ", ".join(f"“{each}”" for each in value[:_MOST_VALUES])
        more = len(value) - _MOST_VALUES
        return f"{operator.label} {shown}{f' and {more} more' if more > 0 else ''}"
    return f"{label} {_length(value) if operator.takes_span else f'“{value}”'}"


def step(given: Step) -> str:
    """Return what is to have come after, or not."""
    within = f" within {span(given.within)}" if given.within else ""
    after = f" after at least {span(given.after)}" if given.after else ""
    between = " or ".join(_held(each) for each in given.without)
    without = f" without {between} in between" if between else ""
    done = verb(given.match, is_negated=given.is_negated)
    later = f"{within}{after}{without}"
    if not later:
        return f"then {done} {event(given.match.event)}{where(given.match)}"
    return f"then {done} {_held(given.match)}{later}"


def verb(match: Match, *, is_negated: bool) -> str:
    """Return how it is said that something was done: did, did not, did not do anything."""
    if not is_negated:
        return "did"
    return "did not do" if match.event == ANYTHING else "did not"


def _held(match: Match) -> str:
    """Return events with what their properties are to be in brackets, as more is said after it."""
    told = where(match).strip()
    return f"{event(match.event)} ({told})" if told else event(match.event)


def _length(text: str) -> str:
    try:
        return span(spans.parsed(text))
    except SpanUnreadable:
        return f"“{text}”"


def _or_never(frequency: Frequency) -> str:
    is_never = frequency.times is Times.AT_MOST and frequency.number > 0
    return " or never" if is_never else ""


def _filter(each: Filter) -> str:
    return f"{each.property} {compared(each.operator, each.value)}"


def _rolling(window: Rolling) -> str:
    if window.last is None:
        return f" more than {span(window.before)} ago" if window.before else ""
    last = span(window.last)
    if window.before is not None:
        return f" between {last} and {span(window.before)} ago"
    return f" in the last {last.removeprefix('1 ')}"


def _fixed(window: Fixed) -> str:
    if window.start is None:
        return f" until {_day(window.end)}"
    if window.end is None:
        return f" from {_day(window.start)} on"
    return f" from {_day(window.start)} to {_day(window.end)}"


def _day(at: date | datetime | None) -> str:
    if isinstance(at, datetime):
        return at.isoformat(sep=" ", timespec="minutes").replace("+00:00", " UTC")
    return at.isoformat() if at else ""


def _since(window: Since) -> str:
    anchor = "event" if window.anchor.event == ANYTHING else event(window.anchor.event)
    anchor = _held(window.anchor).replace(event(window.anchor.event), anchor, 1)
    which = "first" if window.is_first else "last"
    within = f" within {span(window.within)}" if window.within else ""
    return f"{within} {'before' if window.is_until else 'after'} their {which} {anchor}"
