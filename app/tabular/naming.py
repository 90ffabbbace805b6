"""Column names: cleaned for display and made unique, the originals kept beside them."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.tabular.files.source import FileUnreadable

MOST_COLUMNS = 5_000
LONGEST_NAME = 300


@dataclass(frozen=True)
class Columns:
    """The columns of a file: unique names, and beside each what the file calls it."""

    names: tuple[str, ...]
    original_names: tuple[str, ...]


def named_columns(original_names: Sequence[str]) -> Columns:
    """Return unique, displayable names; raise FileUnreadable for more than can be handled."""
    refuse_too_many(len(original_names))
    cleaned = [
        displayable(name) or f"column_{number}" for number, name in enumerate(original_names, 1)
    ]
    return Columns(tuple(_made_unique(cleaned)), tuple(original_names))


def numbered_columns(count: int) -> Columns:
    """Return the names of columns that a file without a header has."""
    refuse_too_many(count)
    names = tuple(f"column_{number}" for number in range(1, count + 1))
    return Columns(names, names)


def refuse_too_many(count: int) -> None:
    """Raise FileUnreadable when a file has more columns than can be handled."""
    if count > MOST_COLUMNS:
        raise FileUnreadable(
            "too_many_columns",
            f"The file has {count:,} columns or more; {MOST_COLUMNS:,} is the most allowed.",
            "Check what separates the columns, or send fewer of them.",
        )


@lru_cache(10_000)
def displayable(name: str) -> str:
    """Return a name without what cannot be seen; it may come out empty."""
    # Cc and Cf are control and format characters: NUL, byte order marks, text direction switches.
    spaced = " ".join(name.split())
    shown = "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    return shown.strip()[:LONGEST_NAME]


def _made_unique(names: Iterable[str]) -> list[str]:
    wanted = list(names)
    taken = set(wanted)
    seen: set[str] = set()
    counts: dict[str, int] = {}
    unique = []
    for name in wanted:
        chosen = name
        while chosen in seen or (chosen != name and chosen in taken):
            counts[name] = counts.get(name, 1) + 1
            chosen = f"{name}_{counts[name]}"
        seen.add(chosen)
        unique.append(chosen)
    return unique
