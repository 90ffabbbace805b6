"""What the steps of an erasure share: whom it is about, what it may use, what it has found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app import storage
from app.erasures.models import Erasure
from app.erasures.places import Place
from app.erasures.subject import Subject
from app.lake import erasing
from app.lake.tables import Lake

# A step yields where what it did so far may be committed.
Steps = Iterator[None]


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

    def tell(self, place: Place, number: int) -> None:
        """Note how much it is that was removed somewhere, however often that is gone through."""
        if number:
            self.erasure.counts = {**self.erasure.counts, place.value: number}

    def begin(self, what: str, place: Place, number: int) -> None:
        """Note how much is about to be removed where the database does not know when it is.

        The step then yields, removes, and ends it: one that is killed between is told once.
        """
        if number and what not in self.erasure.begun:
            self.erasure.begun = [*self.erasure.begun, what]
            self.count(place, number)

    def end(self, what: str) -> None:
        """Note that it is removed."""
        self.erasure.begun = [each for each in self.erasure.begun if each != what]

    def leave(self, place: Place, what: str, why: str) -> None:
        """Note what stays, and why; the same is noted once."""
        entry = {"place": place.value, "what": what, "why": why}
        if entry not in self.erasure.left:
            self.erasure.left = [*self.erasure.left, entry]

    def remove_rows(self, table: str, place: Place, condition: str) -> Steps:
        """Take rows out of a table of the lake; the caller holds its writer lock."""
        found = erasing.files_with(self.lake, table, condition)
        self.begin(table, place, sum(found.values()))
        if found:
            # The old files are still there; who is killed after the commit can no longer say so.
            self.erasure.replaced_at = self.clock()
            yield
            erasing.remove_rows(self.lake, table, condition, found, spill=self.spill)
            self.erasure.replaced_at = self.clock()
        self.end(table)
        yield
