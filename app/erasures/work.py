"""What the steps of an erasure share: whom it is about, what it may use, what it has found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app import storage
from app.erasures.models import Erasure
from app.erasures.places import Place
from app.erasures.subject import Subject
from app.lake.tables import Lake


class NotYet(Exception):
    """Something else has to end first; the sentence says what."""


@dataclass(frozen=True)
class Means:
    """What erasing needs of the settings: keys of what is encrypted, where logs are, and how long
    a reader may have old files of tables open."""

    keys: Sequence[str]
    logs: Path
    grace: timedelta


@dataclass(frozen=True)
class Work:
    """One erasure under way. What steps change of its row is committed by the service."""

    erasure: Erasure
    subject: Subject
    means: Means
    clock: Callable[[], datetime]

    @property
    def lake(self) -> Lake:
        """Where tables are."""
        return storage.lake()

    @property
    def spill(self) -> Path:
        """Where what does not fit in memory goes meanwhile."""
        return storage.spill()

    @property
    def suppressed_at(self) -> datetime:
        """Since when nothing of the person is taken in."""
        return self.erasure.suppressed_at or self.erasure.asked_at

    def count(self, place: Place, number: int) -> None:
        """Note how much was removed somewhere."""
        if number:
            counts = dict(self.erasure.counts)
            counts[place.value] = counts.get(place.value, 0) + number
            self.erasure.counts = counts

    def leave(self, place: Place, what: str, why: str) -> None:
        """Note what stays, and why; the same is noted once."""
        entry = {"place": place.value, "what": what, "why": why}
        if entry not in self.erasure.left:
            self.erasure.left = [*self.erasure.left, entry]

    def replaced(self) -> None:
        """Note that files of a table have just been replaced: the old ones are still there."""
        self.erasure.replaced_at = self.clock()


# A step yields where what it did so far may be committed.
Steps = Iterator[None]
