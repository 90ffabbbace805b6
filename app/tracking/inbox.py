"""Keeping what requests bring: many at once in one transaction, none answered before it is durable.

A transaction costs a wait for the disk, whether it has one row or hundreds. The thread that is
first writes for all whose requests came meanwhile.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.tracking.bodies import Refusal
from app.tracking.messages import MessageType

# For so long the room found last counts.
ROOM_SECONDS = 1.0


class InboxFull(Exception):
    """So much waits that more would never be worked off; it can be sent again later."""


class ArrivalUnfit(Exception):
    """One of the arrivals cannot be kept, whatever the others are: its source is gone."""


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
    is_done: bool = False
    failure: BaseException | None = None

    def __post_init__(self) -> None:
        self.call.acquire()


@dataclass
class Inbox:
    """Hands arrivals on to `write`, which keeps them durably, all or none; from many threads.

    `write` raises ArrivalUnfit where one of them keeps the others from being kept.
    """

    write: Callable[[Sequence[Arrival]], None]
    _waiting: list[_Waiting] = field(default_factory=list)
    _is_writing: bool = False
    _joining: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, arrival: Arrival) -> None:
        """Return when the arrival is durable; raise what `write` raised."""
        own = _Waiting(arrival)
        if not self._leads(own):
            own.call.acquire()
        if not own.is_done:
            self._write_all()
        if own.failure is not None:
            raise own.failure

    def _leads(self, own: _Waiting) -> bool:
        with self._joining:
            self._waiting.append(own)
            leads, self._is_writing = not self._is_writing, True
        return leads

    def _write_all(self) -> None:
        """Write for all who wait, and leave the next writing to one of those who came meanwhile."""
        with self._joining:
            taken, self._waiting = self._waiting, []
        try:
            self.write([each.arrival for each in taken])
        except ArrivalUnfit:
            self._write_apart(taken)
        except BaseException as failure:
            # Also when the process is told to end: nobody may take it for written.
            for each in taken:
                each.failure = failure
        self._hand_on()
        for each in taken:
            each.is_done = True
            each.call.release()

    def _hand_on(self) -> None:
        with self._joining:
            self._is_writing = bool(self._waiting)
            if self._waiting:
                self._waiting[0].call.release()

    def _write_apart(self, taken: Sequence[_Waiting]) -> None:
        for each in taken:
            try:
                self.write([each.arrival])
            except Exception as failure:
                each.failure = failure


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
