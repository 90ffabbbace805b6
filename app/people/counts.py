"""The figures of identifiers as they are, or as they were a moment ago, which is then said.

An answer is remembered with the files or links it is of, so that it is counted once; each process
compares them itself, and shows as current only what is. Much is counted beside those who ask.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock, Thread

import duckdb
from deltalake.exceptions import DeltaError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.lake import engine, kept
from app.lake.tables import Lake
from app.people import counting
from app.people.counting import Figures, Question
from app.people.identifiers import Identifier

# Of fewer rows or links it is counted at once, whenever somebody asks and something changed.
MANY = 500_000
# What changed is counted this long after the last time at the earliest.
FRESH = timedelta(minutes=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Count:
    """An identifier with its figures; none while they are counted for the first time.

    `counted_at` is when, where something changed since then.
    """

    identifier: Identifier
    figures: Figures | None
    counted_at: datetime | None = None


@dataclass(frozen=True)
class _Answer:
    """What was counted, when, and of which files or links."""

    figures: Figures
    counted_at: datetime
    state: tuple[object, ...]


_kept: dict[tuple[str, str], _Answer] = {}
_counting = Lock()


def of(lake: Lake, identifiers: Iterable[Identifier], now: datetime, spill: Path) -> list[Count]:
    """Return the figures of each identifier, and have those counted anew that are not current."""
    found: list[Count] = []
    later: list[Question] = []
    for each in identifiers:
        figures = counting.from_log(lake, each)
        if figures is not None:
            found.append(Count(each, figures))
            continue
        asked = counting.question(lake, each)
        held = _held(asked, now)
        if held is None or held.state != asked.state:
            later.append(asked)
        found.append(_count(each, asked, held))
    _count_beside([each for each in later if _is_due(each, now)], now, spill)
    return found


def _held(asked: Question, now: datetime) -> _Answer | None:
    """Return what is remembered, of these or earlier files; of little, what is current."""
    held = _kept.get(asked.place)
    if asked.size > MANY or (held is not None and held.state == asked.state):
        return held
    with kept.session() as session:
        return _remember(asked, counting.answer(asked, session, db.session.connection()), now)


def _count(identifier: Identifier, asked: Question, held: _Answer | None) -> Count:
    if held is None:
        return Count(identifier, None)
    is_current = held.state == asked.state
    return Count(identifier, held.figures, None if is_current else held.counted_at)


def _is_due(asked: Question, now: datetime) -> bool:
    held = _kept.get(asked.place)
    return held is None or now - held.counted_at >= FRESH


def _count_beside(asked: Sequence[Question], now: datetime, spill: Path) -> None:
    """Count on a thread, unless one is at it."""
    if asked and _counting.acquire(blocking=False):
        _beside(asked, now, spill, db.engine)


def _beside(asked: Sequence[Question], now: datetime, spill: Path, database: Engine) -> None:
    Thread(target=_count_and_release, args=(asked, now, spill, database), daemon=True).start()


def _count_and_release(
    asked: Sequence[Question], now: datetime, spill: Path, database: Engine
) -> None:
    try:
        with engine.connection(spill) as session, database.connect() as connection:
            for each in asked:
                _remember(each, counting.answer(each, session, connection), now)
    except (duckdb.Error, DeltaError, OSError, SQLAlchemyError):
        # Most often a file that was replaced meanwhile; whoever asks next has it tried again.
        log.warning("identifiers.not_counted", exc_info=True)
    finally:
        _counting.release()


def _remember(asked: Question, figures: Figures, now: datetime) -> _Answer:
    answer = _Answer(figures, now, asked.state)
    _kept[asked.place] = answer
    return answer
