"""What a write key opens, remembered for a moment: every request asks."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

# For so long a source that was deleted or changed is still what it was.
REMEMBERED_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """What a request must keep to, and whose it is."""

    id: int
    allowed_origins: tuple[str, ...]
    requests_a_minute: int | None


@dataclass
class WriteKeys:
    """Finds sources by their keys; those found are remembered, wrong keys are not."""

    find: Callable[[str], OpenedSource | None]
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[OpenedSource, float]] = field(default_factory=dict)

    def opened_by(self, key: str) -> OpenedSource | None:
        """Return the source that the key opens."""
        now = self.clock()
        known = self._known.get(key)
        if known is not None and now < known[1]:
            return known[0]
        found = self.find(key)
        if found is None:
            self._known.pop(key, None)
        else:
            self._known[key] = (found, now + REMEMBERED_SECONDS)
        return found
