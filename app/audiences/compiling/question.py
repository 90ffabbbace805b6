"""What a tree is compiled against: what is known of people, and as of when and where."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.audiences.tree.vocabulary import Vocabulary
from app.lake.dialects import Dialect
from app.people.world import World


@dataclass(frozen=True)
class Question:
    """The world, the words, the moment that counts as now, and whose days are meant."""

    world: World
    vocabulary: Vocabulary
    now: datetime
    zone: ZoneInfo

    @property
    def dialect(self) -> Dialect:
        """What the engine of the world says in its own words."""
        return self.world.dialect
