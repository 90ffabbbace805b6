"""Properties, numbers and comparisons, one value at a time."""

import json
import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from tests.unit.audiences import naive_time

NUMBER = re.compile(r"[+-]?\d{1,29}(\.\d+)?([eE][+-]?\d\d?)?", re.ASCII)
OPPOSITES = {
    "is_not": "is",
    "is_none_of": "is_one_of",
    "does_not_contain": "contains",
    "has_no_item": "has_item",
    "is_empty": "is_not_empty",
}
NUMERIC = ("equals", "at_least", "at_most", "more_than", "less_than", "between")
DAYS = ("on", "before", "after", "in_the_last", "in_the_next", "more_than_ago")
WIDE = Context(prec=400)


class Written(str):
    """A number of JSON, as it is written."""


def read(properties):
    """Return the properties of JSON, numbers as they are written."""
    return json.loads(properties, parse_int=Written, parse_float=Written)


def text_of(value):
    """Return a value of JSON as text; None where there is none."""
    if value is None:
        return None
    return value if isinstance(value, str) else as_json(value)


def as_json(value):
    if isinstance(value, Written):
        return str(value)
    if isinstance(value, list):
        return f"[{','.join(map(as_json, value))}]"
    if isinstance(value, dict):
        pairs = (f"{as_json(name)}:{as_json(each)}" for name, each in value.items())
        return f"{{{','.join(pairs)}}}"
    return json.dumps(value, ensure_ascii=False)


def number(value):
    """Return what reads as a number, to nine places; None where it is none."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str):
        if not NUMBER.fullmatch(value):
            return None
        value = Decimal(value)
    found = Decimal(value).quantize(Decimal("1e-9"), ROUND_HALF_UP, WIDE)
    return found if found.copy_abs() < Decimal(10) ** 20 else None


def fits(value, operator, wanted, world):
    """Tell whether a property, as text or a number, fits; items are asked of `item_fits`."""
    if operator in OPPOSITES:
        return not fits(value, OPPOSITES[operator], wanted, world)
    if value is None or wanted is None:
        return False
    if operator == "is_not_empty":
        return True
    if operator in NUMERIC:
        return number_fits(number(value), operator, wanted)
    if operator in DAYS:
        return day_fits(naive_time.day_in(str(value), world), operator, wanted, world)
    if isinstance(value, Decimal):
        return amount_fits(value, operator, wanted)
    return text_fits(value, operator, wanted)


def amount_fits(value, operator, wanted):
    several = wanted if operator == "is_one_of" else [wanted]
    return any(value == number(said(each)) for each in several)


def text_fits(value, operator, wanted):
    if operator == "is":
        return value == said(wanted)
    if operator == "is_one_of":
        return value in [said(each) for each in wanted]
    if operator == "contains":
        return said(wanted) in value
    if operator == "starts_with":
        return value.startswith(said(wanted))
    assert operator == "ends_with"
    return value.endswith(said(wanted))


def said(wanted):
    """Return the text that a value of a tree is; spaces at its ends are none of it."""
    return (wanted if isinstance(wanted, str) else json.dumps(wanted)).strip()


def item_fits(value, operator, wanted):
    has = isinstance(value, list) and said(wanted) in [text_of(each) for each in value]
    return has is (operator == "has_item")


def number_fits(one, operator, wanted):
    if one is None:
        return False
    if operator == "between":
        low, high = (number(said(each)) for each in wanted)
        return low <= one <= high
    other = number(wanted if isinstance(wanted, Decimal) else said(wanted))
    if other is None:
        return False
    return {
        "is": one == other,
        "equals": one == other,
        "at_least": one >= other,
        "at_most": one <= other,
        "more_than": one > other,
        "less_than": one < other,
    }[operator]


def day_fits(day, operator, wanted, world):
    if day is None:
        return False
    if operator in ("in_the_last", "in_the_next", "more_than_ago"):
        today = naive_time.today(world)
        if operator == "in_the_next":
            return today <= day <= naive_time.day_moved(today, wanted, 1)
        first = naive_time.day_moved(today, wanted, -1)
        return day < first if operator == "more_than_ago" else first <= day <= today
    other = wanted if isinstance(wanted, date) else date.fromisoformat(wanted)
    return in_order(day, operator, other)


def in_order(one, operator, other):
    return {
        "is": one == other,
        "on": one == other,
        "before": one < other,
        "after": one > other,
        "at_least": one >= other,
        "at_most": one <= other,
    }[operator]


def column_fits(value, kind, given, world):
    """Tell whether what a person has in a column fits."""
    operator, wanted = given["op"], given.get("value")
    if operator in OPPOSITES:
        return not column_fits(value, kind, {**given, "op": OPPOSITES[operator]}, world)
    if value is None:
        return False
    if operator == "is_not_empty":
        return True
    if kind in ("INTEGER", "DECIMAL"):
        # As they are: only what is read from text is rounded.
        if operator == "is_one_of":
            return any(number_fits(Decimal(value), "is", each) for each in wanted)
        return number_fits(Decimal(value), operator, wanted)
    if kind == "BOOLEAN":
        return value is (said(wanted).lower() == "true")
    by_kind = {"DATE": day_fits, "DATETIME": moment_fits}
    if kind in by_kind:
        return by_kind[kind](value, operator, wanted, world)
    return fits(column_text(value), operator, wanted, world)


def moment_fits(moment, operator, wanted, world):
    if operator in ("in_the_last", "in_the_next", "more_than_ago"):
        now, sign = world["now"], 1 if operator == "in_the_next" else -1
        end = naive_time.moved(now, wanted, sign, world)
        if operator == "more_than_ago":
            return moment < end
        return min(now, end) <= moment <= max(now, end)
    if naive_time.has_clock(wanted):
        return in_order(moment, operator, naive_time.moment_in(wanted, world))
    return day_fits(naive_time.day_of(moment, world), operator, wanted, world)


def column_text(value):
    """Return what a person has as text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return value if isinstance(value, str) else str(value)


def attribute_value(value, operator, world):
    """Return what a person has as a property is compared with it: text, a number or a day."""
    if value is None:
        return None
    if operator in NUMERIC:
        return number(value if isinstance(value, int | Decimal | str) else None)
    if operator in ("on", "before", "after"):
        if isinstance(value, datetime):
            return naive_time.day_of(value, world)
        if isinstance(value, date):
            return value
        return naive_time.day_in(value, world) if isinstance(value, str) else None
    return column_text(value)


def later(moment, length):
    """Return the moment an exact length later."""
    count, unit = naive_time.span(length)
    return moment + timedelta(minutes=count * naive_time.EXACT[unit])
