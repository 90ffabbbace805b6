"""Whom an erasure is about: the person, and the anonymous ids that are theirs, or were for a time.

Kept encrypted while it is needed: the rows it was made of go first.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app import encryption

# A shorter text may stand anywhere and mean anything: it is looked for only in its place.
SHORTEST_TOLD = 6
# Each of them is looked for in every text there is.
MOST_TOLD = 100


@dataclass(frozen=True)
class Span:
    """From when (included) until when (excluded) an anonymous id was the person, as ISO 8601."""

    anonymous_id: str
    begins_at: str
    ends_at: str

    def has(self, moment: datetime) -> bool:
        """Tell whether a moment is within."""
        return (
            datetime.fromisoformat(self.begins_at) <= moment < datetime.fromisoformat(self.ends_at)
        )


@dataclass(frozen=True)
class Subject:
    """A person: `owned` anonymous ids were nobody else's, `shared` ones had others, too."""

    person_id: str
    owned: tuple[str, ...] = ()
    shared: tuple[Span, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is long enough to be told from other text wherever it stands, as far as it goes."""
        return self._told[:MOST_TOLD]

    @property
    def untold_count(self) -> int:
        """How many more there are, which are found by the rules of each place alone."""
        return max(0, len(self._told) - MOST_TOLD)

    @property
    def _told(self) -> tuple[str, ...]:
        return tuple(each for each in (self.person_id, *self.owned) if len(each) >= SHORTEST_TOLD)

    def is_of(
        self, person_id: str | None, anonymous_id: str | None, occurred_at: datetime | None
    ) -> bool:
        """Tell whether a message with these ids is theirs."""
        if person_id is not None:
            return person_id == self.person_id
        if anonymous_id in self.owned:
            return True
        return occurred_at is not None and any(
            span.anonymous_id == anonymous_id and span.has(occurred_at) for span in self.shared
        )

    def sealed(self, keys: Sequence[str]) -> str:
        """Return it encrypted."""
        return encryption.encrypted(json.dumps(asdict(self)), keys)

    @classmethod
    def opened(cls, sealed: str, keys: Sequence[str]) -> "Subject":
        """Return what `sealed` wrote; raise SecretUnreadable."""
        values: dict[str, Any] = json.loads(encryption.decrypted(sealed, keys))
        shared = tuple(Span(**span) for span in values["shared"])
        return cls(values["person_id"], tuple(values["owned"]), shared)
