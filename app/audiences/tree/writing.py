"""The tree as JSON, as it is stored, exported and read again."""

from datetime import date, datetime
from typing import Any

from app.audiences.tree.conditions import (
    Aggregate,
    Attribute,
    Counted,
    Did,
    Filter,
    Group,
    Have,
    In,
    Match,
    Node,
    Since,
    Split,
    Step,
    Value,
)
from app.audiences.tree.windows import Calendar, Fixed, Rolling, Window


def to_json(node: Node) -> dict[str, Any]:
    """Return the tree as JSON keeps it; `reading.parsed` gives the same tree back."""
    match node:
        case Group():
            return {node.kind.value: [to_json(member) for member in node.members]}
        case Did():
            return {"did_not" if node.is_negated else "did": _did(node)}
        case In():
            return {"not_in" if node.is_negated else "in": node.audience}
        case Split():
            return {"split": {"name": node.name, "from": node.low, "to": node.high}}
        case Have():
            compared = _compared(node.operator.value, node.value)
            return {"have": {**_subject(node.subject), **compared}}


def _did(node: Did) -> dict[str, Any]:
    of = node.frequency.of
    times = {
        "op": node.frequency.times.value,
        "n": node.frequency.number,
        "of": of.value if isinstance(of, Counted) else {"property": of.property},
    }
    return {
        **_match(node.match),
        "times": times,
        **_when(node.window),
        **({} if node.place is None else {"which": _WHICH.get(node.place, node.place)}),
        **({"then": [_step(step) for step in node.steps]} if node.steps else {}),
    }


def _step(step: Step) -> dict[str, Any]:
    told = {
        **_match(step.match),
        **({"within": str(step.within)} if step.within else {}),
        **({"after": str(step.after)} if step.after else {}),
        **({"without": [_match(each) for each in step.without]} if step.without else {}),
    }
    return {"did_not" if step.is_negated else "did": told}


def _match(match: Match) -> dict[str, Any]:
    return {"event": match.event, "where": [_filter(each) for each in match.filters]}


def _filter(each: Filter) -> dict[str, Any]:
    return {"property": each.property, **_compared(each.operator.value, each.value)}


def _compared(operator: str, value: Value) -> dict[str, Any]:
    if isinstance(value, Attribute):
        return {"op": operator, "attribute": _attribute(value)}
    return {"op": operator, "value": list(value) if isinstance(value, tuple) else value}


def _subject(subject: Attribute | Aggregate) -> dict[str, Any]:
    if isinstance(subject, Attribute):
        return {"attribute": _attribute(subject)}
    aggregate = {
        "function": subject.function.value,
        **_match(subject.match),
        "property": subject.property,
        **_when(subject.window),
    }
    return {"aggregate": aggregate}


def _attribute(attribute: Attribute) -> dict[str, str]:
    return {"schema": attribute.schema, "column": attribute.column}


def _when(window: Window | Since) -> dict[str, Any]:
    told = _told(window)
    return {"when": told} if told else {}


def _told(window: Window | Since) -> dict[str, Any]:
    match window:
        case Rolling():
            both = {"last": window.last, "before": window.before}
            return {name: str(span) for name, span in both.items() if span is not None}
        case Fixed():
            ends = {"from": window.start, "to": window.end}
            return {name: _written(at) for name, at in ends.items() if at is not None}
        case Calendar():
            return {"calendar": window.period.value}
        case Since():
            which = "first" if window.is_first else "last"
            told = {"event": window.anchor.event, "which": which}
            told["where"] = [_filter(each) for each in window.anchor.filters]  # type: ignore[assignment]
            within = {"within": str(window.within)} if window.within else {}
            return {"until" if window.is_until else "since": told, **within}
        case _:
            return {}


def _written(at: date | datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


_WHICH = {1: "first", -1: "last"}
