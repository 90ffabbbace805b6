"""Pages of members and of changes, in the order of the log, for readers that go on where they were.

The last sequence is read before the rows: what is recorded meanwhile is left to the next page,
so that no page says more of the log than it has.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.audiences import changes
from app.lake import engine
from app.lake.tables import Lake

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class SequenceAhead(Exception):
    """A reader has seen a sequence that the log did not come to; it came to `last`."""

    last: int


@dataclass(frozen=True)
class MembersPage:
    """Members by when they entered, as of a sequence; `next_after` where there are more."""

    rows: Rows
    as_of: int
    next_after: int | None


@dataclass(frozen=True)
class ChangesPage:
    """Changes in order, and the sequence to go on after: the last where there are no more.

    There may be fewer than were asked for, and none, though there are more.
    """

    rows: Rows
    last_sequence: int
    next_after: int


def members(lake: Lake, spill: Path, audience_id: str, *, after: int, limit: int) -> MembersPage:
    """Return members who entered after a sequence, the earliest first.

    Who stays a member keeps the sequence they entered by, so that no page repeats or loses them.
    """
    as_of = changes.last_sequence(lake)
    log = f"{changes.of(lake, [audience_id])} AND sequence > {int(after)} AND sequence <= {as_of}"
    with engine.connection(spill) as session:
        found = session.sql(
            "SELECT entry.person_id, entry.sequence, entry.changed_at "
            f"FROM ({log} AND membership) entry ANTI JOIN ({log} AND NOT membership) departure "
            "ON departure.person_id = entry.person_id AND departure.sequence > entry.sequence "
            f"ORDER BY entry.sequence LIMIT {int(limit) + 1}"
        )
        rows: Rows = found.to_arrow_table().to_pylist()
    is_last = len(rows) <= limit
    rows = rows[:limit]
    return MembersPage(rows, as_of, None if is_last else rows[-1]["sequence"])


def changed(
    lake: Lake, spill: Path, audience_id: str | None, *, after: int, limit: int
) -> ChangesPage:
    """Return changes after a sequence, of one audience or all; raise SequenceAhead."""
    last = changes.last_sequence(lake)
    if after > last:
        raise SequenceAhead(last)
    log = changes.whole(lake) if audience_id is None else changes.of(lake, [audience_id])
    log = f"SELECT * FROM ({log}) WHERE sequence > {int(after)} AND sequence <= {last}"
    with engine.connection(spill) as session:
        # Of all audiences no number is left out but those of people who were erased.
        end = min(after + limit, last) if audience_id is None else _end(session, log, limit, last)
        found = session.sql(f"{log} AND sequence <= {end} ORDER BY sequence")
        rows: Rows = found.to_arrow_table().to_pylist()
    return ChangesPage(rows, last, end)


def _end(session: engine.Session, log: str, limit: int, last: int) -> int:
    """Return the sequence of the last of so many changes, or the last of all.

    Numbers alone are sorted for that: whole rows of a long log would not fit in memory.
    """
    ((end, count),) = session.execute(
        f"SELECT max(sequence), count(*) FROM (SELECT sequence FROM ({log}) "
        f"ORDER BY sequence LIMIT {int(limit)})"
    ).fetchall()
    return int(end) if count == limit else last


def is_known(lake: Lake, audience_id: str) -> bool:
    """Tell whether the log has anything of an audience, which may be deleted since."""
    with engine.connection() as session:
        return bool(session.execute(f"{changes.of(lake, [audience_id])} LIMIT 1").fetchall())
