"""What is asked of a person before somebody is erased."""

from collections.abc import Mapping

from app.confirming import Question
from app.erasures.places import Place
from app.formatting import plural

_NAMED = {
    Place.DATASETS: ("row of a dataset", "rows of datasets"),
    Place.EVENTS: ("event", "events"),
    Place.IDENTITIES: ("anonymous id", "anonymous ids"),
    Place.EXITS: ("membership of an audience", "memberships of audiences"),
}


def before_erasing(person_id: str, found: Mapping[Place, int]) -> Question:
    """Name what goes with a person, by number."""
    counted = [plural(found[place], *words) for place, words in _NAMED.items() if found[place]]
    *others, last = counted or ["No row and no event"]
    listed = f"{', '.join(others)} and {last}" if others else last
    verb = "goes" if not counted or sum(found.values()) == 1 else "go"
    return Question(
        title=f"Erase {person_id}?",
        sentence=f"{listed} {verb}, with all that files, rejected rows, messages and logs have of "
        "this person. Sites are told that they left. Nothing of them is taken in any more. This "
        "cannot be undone.",
        button="Erase this person",
    )
