"""Which fields of a part are asked now: the others wait, with what was written in them."""

from app.audiences.builder.entry import FIELDS, Part
from app.audiences.tree.operators import Operator

_WINDOWS = {
    "last": {"last", "last_unit"},
    "before": {"before", "before_unit"},
    "between": {"last", "last_unit", "before", "before_unit"},
    "dates": {"from", "to"},
    "calendar": {"calendar"},
    "since": {"anchor", "anchor_which", "within", "within_unit"},
    "until": {"anchor", "anchor_which", "within", "within_unit"},
}
_ONCE = {"often": "at_least", "times": "1", "of": "times"}


def operator(part: Part) -> Operator:
    """Return how a part compares; one that there is not is read as `is`."""
    written = part.get("op")
    return Operator(written) if written in set(Operator) else Operator.IS


def seen(part: Part) -> set[str]:
    """Return the fields that are asked, by what is chosen in others."""
    if part.kind in {"did", "did_not"}:
        return {"event", "when"} | _often(part) | _which(part) | _window(part)
    if part.kind == "figure":
        number = set() if part.get("function") == "count" else {"property"}
        return {"function", "event", "when"} | number | _window(part) | _value(part)
    if part.kind == "attribute":
        return {"attribute"} | _value(part)
    if part.kind == "filter":
        is_pair = part.get("with") == "attribute"
        return {"property"} | ({"op", "attribute"} if is_pair else _value(part))
    if part.kind == "step":
        after = {"after", "after_unit"} if has_after(part) else set()
        return {"verb", "event", "within", "within_unit"} | after
    return set(FIELDS.get(part.kind, ()))


def waiting(part: Part) -> list[tuple[str, str]]:
    """Return the fields that are not asked now and hold something."""
    shown = seen(part)
    return [(name, text) for name, text in part.fields.items() if text and name not in shown]


def has_after(part: Part) -> bool:
    """Tell whether a step says how long after at least."""
    return bool(part.get("after") or part.get("after_unit"))


def _often(part: Part) -> set[str]:
    """Return how often, which cannot be asked of one event alone nor of a sequence."""
    is_once = all(part.get(name) in {"", text} for name, text in _ONCE.items())
    if is_once and (part.get("which") or part.listed("then")):
        return set()
    of = {"of_property"} if part.get("of") == "property" else set()
    return {"often", "times", "of"} | of


def _which(part: Part) -> set[str]:
    if not part.get("which"):
        return set()
    return {"which", "place"} if part.get("which") == "nth" else {"which"}


def _window(part: Part) -> set[str]:
    return _WINDOWS.get(part.get("when"), set())


def _value(part: Part) -> set[str]:
    how = operator(part)
    if not how.needs_value:
        return {"op"}
    if how.takes_list:
        return {"op", "values"}
    if how is Operator.BETWEEN:
        return {"op", "value", "value_to"}
    return {"op", "value", "value_unit"} if how.takes_span else {"op", "value"}
