"""Names for copies."""

from collections.abc import Collection
from itertools import count

COPY = "Copy of "
LONGEST = 120


def copy_of(name: str, taken: Collection[str]) -> str:
    """Return the name of a copy that no other has, counted from the second on."""
    for number in count(1):
        ending = "" if number == 1 else f" ({number})"
        found = f"{COPY}{name}"[: LONGEST - len(ending)].rstrip() + ending
        if found not in taken:
            break
    return found
