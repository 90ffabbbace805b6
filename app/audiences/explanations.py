"""Explaining people: why one is in an audience as of now, and what its last evaluation found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import storage
from app.audiences import changes, kept_lists, queries
from app.audiences.explaining import explained
from app.audiences.explaining.explanation import Explanation
from app.audiences.models import Audience
from app.people import alone


@dataclass(frozen=True)
class Explained:
    """An explanation beside what is stored: who was in by the last evaluation, since when."""

    explanation: Explanation
    audience: Audience
    since: datetime | None

    @property
    def was_in(self) -> bool:
        """Tell whether the person is in by the last evaluation."""
        return self.since is not None

    @property
    def is_different(self) -> bool:
        """Tell whether the last evaluation found otherwise; nobody can tell before there is one."""
        found = self.explanation.is_met
        return self.audience.evaluated_at is not None and found is not None and found != self.was_in

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        at = self.audience.evaluated_at
        stored = {
            "is_member": self.was_in,
            "since": self.since.isoformat() if self.since else None,
            "evaluated_at": at.isoformat() if at else None,
        }
        named = {"audience_id": self.audience.public_id, "audience": self.audience.name}
        return {**named, **self.explanation.to_dict(), "last_evaluation": stored}


def explain(audience: Audience, person_id: str, now: datetime) -> Explained:
    """Return why a person is in an audience, or is not, as of now."""
    tree = queries.tree_of(audience)
    with alone.one_persons_world(person_id) as (session, world):
        asked = queries.question(world, audience.zone, now)
        question = kept_lists.filled_for(asked, tree, session, person_id)
        explanation = explained.explained(tree, question, session, person_id)
    since = changes.looked_up(storage.lake(), person_id).get(audience.public_id)
    return Explained(explanation, audience, since)
