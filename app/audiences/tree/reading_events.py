"""Reading what a tree asks of events: names, filters, windows, how often, what came after."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from app.audiences.tree import reading_fields as fields
from app.audiences.tree import values
from app.audiences.tree.conditions import (
    AMOUNT,
    Counted,
    Did,
    Distinct,
    Filter,
    Frequency,
    Match,
    Since,
    Step,
    Times,
)
from app.audiences.tree.operators import PAIR_OPERATORS, PROPERTY_OPERATORS, Operator
from app.audiences.tree.reading_fields import Notes
from app.audiences.tree.reading_windows import read_window
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.windows import Always, Window

MOST_FILTERS, MOST_STEPS, MOST_TIMES = 20, 10, 1_000_000
_ANY_DAY = datetime(2000, 6, 15, tzinfo=UTC)


def read_did(given: Mapping[str, Any], notes: Notes, *, is_negated: bool) -> Did:
    """Return what was done, how often, when and what came after."""
    did = Did(
        match=read_match(given, notes),
        frequency=_frequency(given.get("times"), notes),
        window=read_when(given.get("when"), notes),
        place=_place(given.get("which"), notes),
        steps=_steps(given.get("then"), notes),
        is_negated=is_negated,
    )
    if not did.frequency.is_once and (did.steps or did.place is not None):
        what = "a sequence" if did.steps else "one event alone"
        notes.wrong(f"How often cannot be asked of {what}: leave it at least once.")
    if did.steps and did.place is not None:
        notes.wrong("A sequence begins with any event of its name, not with the first or last.")
    return did


def read_match(
    given: Mapping[str, Any], notes: Notes, missing: str = "Choose what was done."
) -> Match:
    """Return the events of a name, and what their properties are to be."""
    raw = given.get("where") or []
    if not isinstance(raw, list):
        notes.wrong("where is a list.")
        raw = []
    if len(raw) > MOST_FILTERS:
        notes.wrong(f"A condition has at most {MOST_FILTERS} filters.")
    event = fields.text(given.get("event"), notes, missing)
    return Match(event, tuple(_filter(each, notes) for each in raw[:MOST_FILTERS]))


def read_when(when: object, notes: Notes) -> Window | Since:
    """Return the window that `when` gives, which may hang on another event."""
    raw = when if isinstance(when, Mapping) else {}
    for name in ("since", "until"):
        if isinstance(raw.get(name), Mapping):
            return _since(raw, name, notes)
    return read_window(when, notes) if when else Always()


def check_value(how: Operator, value: str | tuple[str, ...], notes: Notes) -> None:
    """Note where a value cannot be what a property is compared with."""
    try:
        if how is Operator.BETWEEN:
            values.numbers(value if isinstance(value, tuple) else ())
        elif how.is_order and isinstance(value, str):
            values.number(value)
        elif how.is_date and isinstance(value, str):
            values.days(how, value, _ANY_DAY.date())
    except ValueUnfit as failure:
        notes.wrong(str(failure))


def _since(when: Mapping[str, Any], name: str, notes: Notes) -> Since:
    raw = when[name]
    if not set(when) <= {name, "within"}:
        notes.wrong(f"Beside {name} only “within” can be said.")
    which = raw.get("which", "last")
    if which not in ("first", "last"):
        notes.wrong("Since, or until, the first or the last event?")
    return Since(
        anchor=read_match(raw, notes, "Choose since which event."),
        is_first=which == "first",
        is_until=name == "until",
        within=fields.exact_span(when.get("within"), notes),
    )


def _filter(given: object, notes: Notes) -> Filter:
    raw = given if isinstance(given, Mapping) else {}
    how = fields.operator(raw, notes)
    name = fields.text(raw.get("property"), notes, "Name the property to filter by.")
    if "attribute" in raw:
        if how not in PAIR_OPERATORS:
            notes.wrong(f"“{how.label}” cannot be asked of an attribute.")
        return Filter(name, how, fields.attribute(raw["attribute"], notes))
    value = fields.value(raw, how, notes)
    if how not in PROPERTY_OPERATORS or (name == AMOUNT and not _is_of_numbers(how)):
        notes.wrong(f"“{name}” cannot be compared by “{how.label}”.")
    elif name == AMOUNT and how.needs_value:
        _check_amount(how, value, notes)
    elif value:
        check_value(how, value, notes)
    return Filter(name, how, value)


def _is_of_numbers(how: Operator) -> bool:
    listed = {Operator.IS, Operator.IS_NOT, Operator.IS_ONE_OF, Operator.IS_NONE_OF}
    return how.is_order or not how.needs_value or how in listed


def _check_amount(how: Operator, value: str | tuple[str, ...], notes: Notes) -> None:
    if how is Operator.BETWEEN:
        check_value(how, value, notes)
        return
    for each in value if isinstance(value, tuple) else (value,):
        check_value(Operator.EQUALS, each, notes)


def _frequency(given: object, notes: Notes) -> Frequency:
    raw = {} if given is None else given
    if not isinstance(raw, Mapping):
        notes.wrong("times is an object.")
        return Frequency()
    word = raw.get("op", "at_least")
    if not isinstance(word, str) or word not in set(Times):
        notes.wrong("Choose at least, exactly or at most so many times.")
        word = Times.AT_LEAST
    least = 1 if word == Times.AT_LEAST else 0
    number = fields.whole(raw.get("n", 1), notes, "How often", least, MOST_TIMES)
    return Frequency(Times(word), number, _counted(raw.get("of", "times"), notes))


def _counted(of: object, notes: Notes) -> Counted | Distinct:
    if isinstance(of, str) and of in set(Counted):
        return Counted(of)
    named = of.get("property") if isinstance(of, Mapping) else of
    return Distinct(fields.text(named, notes, "Name the property whose values are counted."))


def _place(which: object, notes: Notes) -> int | None:
    if which is None or which == "":
        return None
    if isinstance(which, str) and which in ("first", "last"):
        return 1 if which == "first" else -1
    return fields.whole(which, notes, "Which one", 1, MOST_TIMES)


def _steps(given: object, notes: Notes) -> tuple[Step, ...]:
    if not given:
        return ()
    raw: Sequence[Any] = given if isinstance(given, list) else [given]
    if len(raw) > MOST_STEPS:
        notes.wrong(f"A sequence has at most {MOST_STEPS} steps after its first.")
    steps = tuple(_step(each, notes) for each in raw[:MOST_STEPS])
    if any(step.is_negated for step in steps[:-1]):
        notes.wrong("What did not come after ends a sequence. Between two steps use “without”.")
    return steps


def _step(given: object, notes: Notes) -> Step:
    raw = given if isinstance(given, Mapping) else {}
    is_negated = "did_not" in raw
    told = raw.get("did_not" if is_negated else "did", raw)
    told = told if isinstance(told, Mapping) else {}
    without = told.get("without") or []
    between = without if isinstance(without, list) else [without]
    step = Step(
        match=read_match(told, notes, "Choose what came after."),
        within=fields.exact_span(told.get("within"), notes),
        after=fields.exact_span(told.get("after"), notes),
        without=tuple(_between(each, notes) for each in between[:MOST_STEPS]),
        is_negated=is_negated,
    )
    if step.within and step.after and step.within.length < step.after.length:
        notes.wrong(f"Nothing comes within {step.within} and not before {step.after}.")
    if is_negated and (step.after or step.without):
        notes.wrong("Of what did not come after, only “within” can be asked.")
    return step


def _between(given: object, notes: Notes) -> Match:
    raw = {"event": given} if isinstance(given, str) else given
    return read_match(
        raw if isinstance(raw, Mapping) else {}, notes, "Choose what came not between."
    )
