"""Whether a person agreed to be tracked, by what was sent last about it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

EVENT = "consent"


@dataclass(frozen=True)
class Consent:
    """What a person said, and since when it holds; nobody asked where there is no `since`.

    `categories` has each purpose with yes or no, where the sender tells them apart.
    """

    given: bool | None = None
    since: datetime | None = None
    categories: Mapping[str, bool] = field(default_factory=dict)

    @property
    def word(self) -> str:
        """The state in a word or two."""
        if self.given is not None:
            return "given" if self.given else "withdrawn"
        if not self.categories:
            return "not asked"
        if all(self.categories.values()):
            return "given"
        return "given in part" if any(self.categories.values()) else "withdrawn"

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        tones = {"given": "good", "withdrawn": "bad", "given in part": "warn"}
        return tones.get(self.word, "neutral")

    @property
    def figure_tone(self) -> str | None:
        """The tone of a figure; none where nobody was asked."""
        return self.tone if self.since is not None else None


def of(rows: Iterable[Mapping[str, Any]]) -> Consent:
    """Return the newest state that events tell, the newest first; it holds since it was first said.

    An event `consent` says it for all purposes by its property `given`; any other may come with
    what an SDK says of each purpose.
    """
    found = Consent()
    for row in rows:
        said = _said(row["event"], json.loads(row["properties"]))
        if said is None:
            continue
        if found.since is not None and said != (found.given, dict(found.categories)):
            break
        found = Consent(said[0], row["occurred_at"], said[1])
    return found


def _said(event: str, properties: Mapping[str, Any]) -> tuple[bool | None, dict[str, bool]] | None:
    """Return what one event tells, or None."""
    if event == EVENT and isinstance(given := properties.get("given"), bool):
        return given, {}
    told = properties.get("consent")
    if not isinstance(told, dict):
        return None
    categories = {name: value for name, value in told.items() if isinstance(value, bool)}
    return (None, categories) if categories else None
