"""What a tree is compiled against: what is known of people, and as of when and where."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.audiences.tree import values
from app.audiences.tree.vocabulary import AudienceInItself, Known, Vocabulary
from app.lake.dialects import Dialect
from app.people.world import World


@dataclass(frozen=True)
class Question:
    """The world, the words, the moment that counts as now, and whose days are meant.

    `way` has the public ids of the audiences by which it came to be asked.
    """

    world: World
    vocabulary: Vocabulary
    now: datetime
    zone: ZoneInfo
    way: tuple[str, ...] = ()

    def within(self, known: Known) -> "Question":
        """Return what the tree of another audience is asked of; raise AudienceInItself.

        What two saves at the same moment may have made is found here, too.
        """
        way = (*self.way, known.public_id)
        if known.public_id in self.way:
            said = " > ".join(f"“{self.vocabulary.audiences[each].name}”" for each in way)
            raise AudienceInItself(f"An audience cannot ask for itself: {said}.")
        return replace(self, zone=values.zone(known.zone), way=way)

    @property
    def dialect(self) -> Dialect:
        """What the engine of the world says in its own words."""
        return self.world.dialect
