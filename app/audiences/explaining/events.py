"""What a person did of what a condition asks for: what counted, how often, what came near."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import ibis

from app.audiences.compiling import frequencies, matching
from app.audiences.compiling.question import Question
from app.audiences.explaining import words
from app.audiences.explaining.explanation import Evidence, Happened
from app.audiences.tree import wording
from app.audiences.tree.conditions import (
    Counted,
    Did,
    Match,
    Since,
    Times,
)
from app.audiences.tree.windows import Always, Bounds, Window
from app.lake import logs
from app.lake.engine import Session

MOST_SHOWN, MOST_NEAR = 10, 3
_COUNTS, _NEWEST = "in_window AND fits", "ORDER BY occurred_at DESC, message_id DESC, part DESC"
_COUNTED = {Counted.TIMES: "*", Counted.DAYS: "DISTINCT day"}
Row = dict[str, Any]


@dataclass(frozen=True)
class Looked:
    """Events of a person in a table of the session, each with whether and why it counts."""

    session: Session
    match: Match
    window: Window | Since
    properties: tuple[str, ...]
    now: datetime

    def number(self, what: str = "*") -> int:
        """Return how many count, or how many different of what."""
        return int(self._rows(f"SELECT count({what}) AS n FROM looked_at WHERE {_COUNTS}")[0]["n"])

    def counted(self, most: int = MOST_SHOWN) -> tuple[Happened, ...]:
        """Return the newest that count."""
        rows = self._rows(f"SELECT * FROM looked_at WHERE {_COUNTS} {_NEWEST} LIMIT {most}")
        return tuple(self.happened(row) for row in rows)

    def near(self) -> tuple[Happened, ...]:
        """Return the newest that failed by the window alone, and by filters alone."""
        late = "NOT in_window AND fits", "in_window AND NOT fits"
        rows = [
            row
            for which in late
            for row in self._rows(
                f"SELECT * FROM looked_at WHERE {which} {_NEWEST} LIMIT {MOST_NEAR}"
            )
        ]
        return tuple(replace(self.happened(row), note=self.note(row)) for row in rows)

    def all(self) -> list[Row]:
        """Return every row."""
        return self._rows(f"SELECT * FROM looked_at {_NEWEST}")

    def happened(self, row: Row) -> Happened:
        """Return a row as what happened."""
        values = tuple((name, row[f"text_{i}"]) for i, name in enumerate(self.properties))
        return Happened(row["occurred_at"], row["event"], values)

    def note(self, row: Row) -> str:
        """Say why an event does not count."""
        said = []
        if not row["in_window"]:
            said.append(words.outside(row["occurred_at"], self.window, self.now, _anchor(row)))
        for place, each in enumerate(self.match.filters):
            if not row[f"fits_{place}"]:
                found = row[f"text_{self.properties.index(each.property)}"]
                said.append(words.unfit(each, found, row.get(f"other_{place}_0")))
        return "; ".join(said)

    def _rows(self, sql: str) -> list[Row]:
        rows: list[Row] = self.session.sql(sql).to_arrow_table().to_pylist()
        return rows


def looked_at(
    question: Question,
    session: Session,
    events: Any,
    match: Match,
    window: Window | Since,
    more: Sequence[str] = (),
) -> Looked:
    """Look at some events: is each in the window, does it fit, and what are its properties."""
    names = tuple(dict.fromkeys([*(each.property for each in match.filters), *more]))
    joined, is_within = matching.windowed(question, events, window)
    # A column before anything else is joined: of another relation it could not be said any more.
    joined = joined.mutate(in_window=ibis.literal(True) if is_within is None else is_within)
    fits, told = [], {}
    for place, each in enumerate(match.filters):
        one = Match(match.event, (each,))
        joined, is_fit = matching.filtered(question, joined, one, f"other_{place}")
        joined = joined.mutate(**{f"fits_{place}": is_fit})
        fits.append(f"fits_{place}")
    for place, name in enumerate(names):
        told[f"text_{place}"] = matching.property_text(question, joined, name)
    told["day"] = question.dialect.day(joined.occurred_at, question.zone.key)
    found = logs.sql(joined.mutate(**told))
    whole = " AND ".join(fits) or "true"
    session.execute(
        f"CREATE OR REPLACE TEMP TABLE looked_at AS SELECT *, {whole} AS fits FROM ({found})"
    )
    return Looked(session, match, window, names, question.now)


def of_frequency(did: Did, question: Question, session: Session) -> Evidence:
    """Return how often they did it, what counted, and what almost did."""
    of = did.frequency.of
    more = [] if isinstance(of, Counted) else [of.property]
    events = matching.named(question, did.match.event)
    looked = looked_at(question, session, events, did.match, did.window, more)
    what = _COUNTED.get(of) if isinstance(of, Counted) else None
    if what is None:
        what = f"DISTINCT text_{looked.properties.index(more[0])}"
    number, counted = looked.number(what), looked.counted()
    is_short = did.frequency.times is not Times.AT_MOST and number < max(1, did.frequency.number)
    return Evidence(
        found=words.counted(did.frequency, number),
        counted=counted,
        more_count=looked.number() - len(counted),
        near=looked.near() if is_short else (),
        change=words.change_of_number(did, number, _hindrance(did, question, session)),
    )


def _hindrance(did: Did, question: Question, session: Session) -> str:
    window = did.window
    if isinstance(window, Since):
        named = matching.named(question, window.anchor.event)
        at = matching.fitting(question, named, window.anchor).occurred_at
        found = at.min() if window.is_first else at.max()
        anchor = logs.frame(session, found.name("at").as_table())["at"][0].as_py()
        return words.hindrance(window, Bounds(), question.now, anchor)
    return words.hindrance(window, window.bounds(question.now, question.zone), question.now, None)


def of_place(did: Did, question: Question, session: Session) -> Evidence:
    """Return which event is asked about, and whether it fits."""
    bare = replace(did, match=Match(did.match.event), window=Always())
    event = frequencies.picked(question, bare)
    looked = looked_at(question, session, event, did.match, did.window)
    rows, which = looked.all(), wording.place(did.place or 1)
    if not rows:
        found = f"There is no {which} {words.event(did.match.event)}."
        return Evidence(found=found, change=words.change_of_place(did, None, ""))
    row = rows[0]
    note = looked.note(row)
    fits = "fits" if not note else "does not fit"
    return Evidence(
        found=f"The {which} of all times {fits}.",
        counted=(looked.happened(row),) if not note else (),
        near=(replace(looked.happened(row), note=note),) if note else (),
        change=words.change_of_place(did, row["occurred_at"], note),
    )


def _anchor(row: Row) -> datetime | None:
    return row.get("anchored_at")
