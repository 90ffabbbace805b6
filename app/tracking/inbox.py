"""Keeping what requests bring: many at once in one transaction, none answered before it is durable.

A transaction costs a wait for the disk, whether it has one row or hundreds. The thread that is
first writes for all whose requests came meanwhile.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType

from app.tracking.bodies import Refusal
from app.tracking.messages import MessageType

# For so long the room found last counts.
ROOM_SECONDS = 1.0


class InboxFull(Exception):
    """So much waits that more would never be worked off; it can be sent again later."""


class ArrivalUnfit(Exception):
    """One of the arrivals cannot be kept, whatever the others are: its source is gone."""


class WritingEnded(Exception):
    """The process was told to end while it wrote; what was not confirmed is sent again."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one request brought: a body with as many messages as can be taken, and the refused."""

    source_id: int
    received_at: datetime
    kind: MessageType | None
    message_count: int
    body: bytes
    refused: Sequence[Refusal] = ()


@dataclass(slots=True)
class _Waiting:
    """An arrival whose thread sleeps until it is called: as it is done, or to write for all."""

    arrival: Arrival
    call: threading.Lock = field(default_factory=threading.Lock)
    is_taken: bool = False
    # Until it is known to be written, it is not.
    failure: Exception | None = field(default_factory=WritingEnded)
    trace: TracebackType | None = None

    def __post_init__(self) -> None:
        self.call.acquire()


@dataclass
class Inbox:
    """Hands arrivals on to `write`, which keeps them durably, all or none; from many threads.

    A failure that is one of `shared`, such as a full disk, is everybody's; with any other, each is
    written alone, so that none fails for what another brought.
    """

    write: Callable[[Sequence[Arrival]], None]
    shared: tuple[type[Exception], ...] = (InboxFull,)
    _waiting: list[_Waiting] = field(default_factory=list)
    _is_writing: bool = False
    _joining: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, arrival: Arrival) -> None:
        """Return when the arrival is durable; raise what `write` raised."""
        own = _Waiting(arrival)
        if not self._leads(own):
            own.call.acquire()
        if not own.is_taken:
            self._write_all()
        if own.failure is not None:
            # Raised by many threads, it would else grow by what each of them adds to its trace.
            raise own.failure.with_traceback(own.trace)

    def _leads(self, own: _Waiting) -> bool:
        with self._joining:
            self._waiting.append(own)
            leads, self._is_writing = not self._is_writing, True
        return leads

    def _write_all(self) -> None:
        """Write for all who wait, and leave the next writing to one of those who came meanwhile."""
        with self._joining:
            taken, self._waiting = self._waiting, []
            for each in taken:
                each.is_taken = True
        try:
            self._write(taken)
        finally:
            self._hand_on()
            for each in taken:
                each.call.release()

    def _write(self, taken: Sequence[_Waiting]) -> None:
        failure: Exception | None = None
        try:
            self.write([each.arrival for each in taken])
        except Exception as raised:
            if len(taken) > 1 and not isinstance(raised, self.shared):
                for each in taken:
                    self._write([each])
                return
            failure = raised
        for each in taken:
            each.failure, each.trace = failure, failure.__traceback__ if failure else None

    def _hand_on(self) -> None:
        with self._joining:
            self._is_writing = bool(self._waiting)
            if self._waiting:
                self._waiting[0].call.release()


@dataclass
class Room:
    """Remembers for a moment whether the inbox is full, as `measure` found."""

    measure: Callable[[], bool]
    _is_full: bool = False
    _until: float = 0.0

    def check(self) -> None:
        """Raise InboxFull where there is no room."""
        now = time.monotonic()
        if now >= self._until:
            self._is_full, self._until = self.measure(), now + ROOM_SECONDS
        if self._is_full:
            raise InboxFull


@dataclass
class Seldom:
    """Does something at most once in so many seconds, however often it is asked for."""

    do: Callable[[], None]
    seconds: float
    _until: float = 0.0

    def __call__(self) -> None:
        """Do it, unless it was done just now."""
        now = time.monotonic()
        if now >= self._until:
            self._until = now + self.seconds
            self.do()
