"""How far a run is: its phases, its counts, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from app.tabular.batches import BadRow

if TYPE_CHECKING:
    from app.lake.planning import Plan


class RunPhase(StrEnum):
    """What a run is doing."""

    READING = "reading"
    PLANNING = "planning"
    WRITING = "writing"

    @property
    def sentence(self) -> str:
        """Say it to the one who waits."""
        return {
            RunPhase.READING: "Reading, transforming and checking rows",
            RunPhase.PLANNING: "Comparing with the dataset",
            RunPhase.WRITING: "Writing the dataset",
        }[self]


@dataclass(frozen=True)
class Counts:
    """How far the reading is: rows, and bytes of the uncompressed file."""

    received: int = 0
    rejected: int = 0
    bytes_read: int = 0


class Listener(Protocol):
    """Is told as a run goes on, keeps what must outlive it, and stops it where it must not go on.

    Each may raise RunStopped.
    """

    def batch_read(self, counts: Counts, rejects: list[BadRow]) -> None:
        """Some rows more were read; these were rejected."""

    def phase_begun(self, phase: RunPhase) -> None:
        """The run does something else from now on."""

    def planned(self, plan: Plan, samples: dict[str, Any]) -> None:
        """This is what writing will do, or would; what is not stopped here is written."""


class RunStopped(Exception):
    """The run is not to go on: somebody cancelled it, or another worker has taken it over."""
