"""The truth of a condition as time goes by with nothing happening, and of groups of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.audiences.tree.conditions import GroupKind

Truth = bool | None


@dataclass(frozen=True)
class Course:
    """How it stands now, and each change from then on; what is at `until` or later is not known."""

    now: Truth
    changes: tuple[tuple[datetime, Truth], ...] = ()
    until: datetime | None = None

    @property
    def changes_at(self) -> datetime | None:
        """When it changes first."""
        return self.changes[0][0] if self.changes else None

    @property
    def known_until(self) -> datetime | None:
        """Until when nothing changes, where no change is known and not all was looked at."""
        return None if self.changes else self.until

    def at(self, moment: datetime) -> Truth:
        """Return how it stands at a moment."""
        told = self.now
        for since, truth in self.changes:
            if since > moment:
                break
            told = truth
        return told

    def turned(self) -> "Course":
        """Return the course of the opposite."""
        changes = tuple((at, not_(truth)) for at, truth in self.changes)
        return Course(not_(self.now), changes, self.until)


def of_truths(
    now: Truth, moments: Sequence[datetime], truths: Iterable[Truth], until: datetime | None
) -> Course:
    """Return the course of what is true at moments in order, between which nothing changes."""
    changes, last = [], now
    for moment, truth in zip(moments, truths, strict=True):
        if truth is not last:
            changes.append((moment, truth))
            last = truth
    return Course(now, tuple(changes), until)


def of_group(kind: GroupKind, members: Sequence[Course]) -> Course:
    """Return the course of a group."""
    until = min((each.until for each in members if each.until is not None), default=None)
    moments = sorted({at for each in members for at, _truth in each.changes})
    known = [at for at in moments if until is None or at < until]
    truths = [together(kind, [each.at(at) for each in members]) for at in known]
    return of_truths(together(kind, [each.now for each in members]), known, truths, until)


def together(kind: GroupKind, truths: Sequence[Truth]) -> Truth:
    """Return whether a group is met, which one member may decide whatever is not known."""
    if kind is GroupKind.ALL:
        return _all(truths)
    either = not_(_all([not_(each) for each in truths]))
    return not_(either) if kind is GroupKind.NONE else either


def deciding(kind: GroupKind, truths: Sequence[Truth]) -> list[bool]:
    """Return which members make the group what it is."""
    whole = together(kind, truths)
    if whole is None:
        return [each is None for each in truths]
    is_by_each = whole is (kind is not GroupKind.ANY)
    wanted = kind is not GroupKind.ALL
    return [is_by_each or each is wanted for each in truths]


def _all(truths: Sequence[Truth]) -> Truth:
    if any(each is False for each in truths):
        return False
    return None if any(each is None for each in truths) else True


def not_(truth: Truth) -> Truth:
    """Return the opposite, which is as unknown."""
    return None if truth is None else not truth
