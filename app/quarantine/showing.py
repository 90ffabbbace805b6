"""A rejected row as its list shows it: the wrong value marked in its text, and where it stands."""

from dataclasses import dataclass

from app.dataflows.identifying import ERASED
from app.runs.models import Reject

LONGEST_SHOWN = 300
_AROUND = 100


@dataclass(frozen=True)
class Shown:
    """A rejected row; `pieces` is its text, before, in and after the wrong value."""

    reject: Reject
    pieces: tuple[str, str, str]
    taken_up_by: int | None

    @property
    def is_erased(self) -> bool:
        """Tell whether it is of a person who was erased, so that nothing can be done with it."""
        return self.reject.rule == ERASED

    @property
    def is_corrected(self) -> bool:
        """Tell whether a person gave cells for it and it still waits."""
        return self.taken_up_by is None and bool(self.reject.given)


def shown(reject: Reject, is_waiting: bool) -> Shown:
    """Return a row as it is shown."""
    return Shown(
        reject=reject,
        pieces=pieces(reject.raw, reject.value),
        taken_up_by=None if is_waiting or reject.rule == ERASED else reject.retried_by_run_id,
    )


def pieces(raw: str, value: str | None) -> tuple[str, str, str]:
    """Return a text in three, the second of them the value; a long one is shown around it."""
    at = raw.find(value) if value else -1
    if not value or at < 0:
        return _cut(raw, LONGEST_SHOWN), "", ""
    before, after = raw[:at], raw[at + len(value) :]
    if len(raw) > LONGEST_SHOWN:
        before = f"…{before[-_AROUND:]}" if len(before) > _AROUND else before
        value, after = _cut(value, _AROUND), _cut(after, _AROUND)
    return before, value, after


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}…"
