"""Where the pages of very many people begin, in the order of their identifiers.

To find it out everything is read, so it is remembered, and found anew beside those who ask. A page
reads who there is now from its beginning to the next one: nobody new is missed, nobody gone shown.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock, Thread

import duckdb
import pyarrow as pa
from deltalake.exceptions import DeltaError

from app.lake import engine, kept
from app.lake.tables import Lake
from app.people.finding import Place
from app.people.world import PERSON

PEOPLE_A_PAGE = 50
# Tables of fewer rows are read at once, and their people counted whenever somebody asks.
MANY = 500_000
# What changed is counted this long after the last time at the earliest.
FRESH = timedelta(minutes=1)
# Until pages are cut anew, one that many new people came to shows so many of them.
MOST_SHOWN = 4 * PEOPLE_A_PAGE
# So many rows are looked at in each place for the first page, while people are counted.
LOOKED_AT = 5_000

State = tuple[tuple[str, str, tuple[str, ...]], ...]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Source:
    """The places with person identifiers, the files they are at present, and how many rows."""

    lake: Lake
    places: Sequence[Place]
    state: State
    row_count: int
    spill: Path

    @property
    def is_large(self) -> bool:
        """Tell whether it takes long to read."""
        return self.row_count > MANY


@dataclass(frozen=True)
class Cuts:
    """The first person of each page, how many people there were, and when and in which files."""

    firsts: pa.StringArray
    people_count: int
    counted_at: datetime
    state: State

    def bounds(self, number: int) -> tuple[str, str | None]:
        """Return with whom a page begins and with whom the next one; the ends have no bound."""
        first = self.firsts[number - 1].as_py() if number > 1 else ""
        return first, self.firsts[number].as_py() if number < len(self.firsts) else None


_kept: dict[str, Cuts] = {}
_counting = Lock()


def source(lake: Lake, places: Sequence[Place], spill: Path) -> Source:
    """Return the places as they are now."""
    extents = [kept.extent(lake, place.table) for place in places]
    state = tuple(
        (place.table, place.column, files)
        for place, (files, _rows) in zip(places, extents, strict=True)
    )
    return Source(lake, places, state, sum(rows for _files, rows in extents), spill)


def remembered(asked: Source) -> Cuts | None:
    """Return what was found last, of these or earlier files; none before the first time."""
    return _kept.get(asked.lake.address(asked.places[0].table))


def found(asked: Source, now: datetime) -> Cuts:
    """Return what is remembered, at once, or find it out."""
    held = remembered(asked)
    if held is not None:
        return held
    with _counting:
        return remembered(asked) or _remember(asked, now)


def find_beside(asked: Source, now: datetime) -> None:
    """Find out anew on a thread, unless one is at it, or it was done a moment ago."""
    held = remembered(asked)
    if held is not None and (held.state == asked.state or now - held.counted_at < FRESH):
        return
    if _counting.acquire(blocking=False):
        _beside(asked, now)


def people(asked: Source, cuts: Cuts, number: int) -> list[str]:
    """Return the people of a page as they are now."""
    everybody = _everybody(asked, *cuts.bounds(number))
    with kept.session() as session:
        shown = session.execute(f"{everybody} ORDER BY {PERSON} LIMIT {MOST_SHOWN}").fetchall()
    return [person_id for (person_id,) in shown]


def first_people(asked: Source) -> list[str]:
    """Return the people of the first page without counting; fewer where one has very many rows."""
    ids: set[str] = set()
    ends: list[str] = []
    with kept.session() as session:
        for place in asked.places:
            rows = f"{place.sql(asked.lake)} ORDER BY {PERSON} LIMIT {LOOKED_AT}"
            looked_at = [person_id for (person_id,) in session.execute(rows).fetchall()]
            ids.update(looked_at)
            ends += looked_at[LOOKED_AT - 1 :]
    # Beyond the first of the ends there may be people whom the rows looked at do not have.
    return [each for each in sorted(ids) if not ends or each <= min(ends)][:PEOPLE_A_PAGE]


def _everybody(asked: Source, first: str = "", after: str | None = None) -> str:
    found = [f"({place.sql(asked.lake, first, after)})" for place in asked.places]
    return f"SELECT DISTINCT {PERSON} FROM ({' UNION ALL '.join(found)})"


def _beside(asked: Source, now: datetime) -> None:
    Thread(target=_remember_and_release, args=(asked, now), daemon=True).start()


def _remember_and_release(asked: Source, now: datetime) -> None:
    try:
        _remember(asked, now)
    except (duckdb.Error, DeltaError, OSError):
        # Most often a file that was replaced meanwhile; whoever asks next has it tried again.
        log.warning("people.not_counted", exc_info=True)
    finally:
        _counting.release()


def _remember(asked: Source, now: datetime) -> Cuts:
    with engine.connection(asked.spill) as session:
        firsts, count = [], 0
        ordered = session.sql(f"{_everybody(asked)} ORDER BY {PERSON}")
        for batch in ordered.to_arrow_reader(PEOPLE_A_PAGE * 1_000):
            ids = batch.column(0)
            places = range(-count % PEOPLE_A_PAGE, len(ids), PEOPLE_A_PAGE)
            firsts.append(ids.take(pa.array(places, pa.int64())).cast(pa.string()))
            count += len(ids)
    whole = pa.concat_arrays([pa.array([], pa.string()), *firsts])
    cuts = Cuts(whole, count, now, asked.state)
    _kept[asked.lake.address(asked.places[0].table)] = cuts
    return cuts
