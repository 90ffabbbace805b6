"""Who an anonymous id is, and when: the earlier history counts too, the last to sign in wins."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import cast

import ibis.expr.types as ir
import pyarrow as pa

from app.lake.engine import literal

EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
LATEST = datetime(9999, 12, 31, tzinfo=UTC)
SPANS = pa.schema(
    [
        ("span_anonymous_id", pa.string()),
        ("span_person_id", pa.string()),
        ("begins_at", pa.timestamp("us", tz="UTC")),
        ("ends_at", pa.timestamp("us", tz="UTC")),
    ]
)


@dataclass(frozen=True, order=True)
class Link:
    """From `since` on, what the anonymous id does, the person does."""

    anonymous_id: str
    since: datetime
    person_id: str


@dataclass(frozen=True)
class Span:
    """Whom an anonymous id stands for from when (included) until when (excluded)."""

    anonymous_id: str
    person_id: str
    begins_at: datetime
    ends_at: datetime

    @property
    def is_first(self) -> bool:
        """Tell whether it has no beginning: what came before the first link counts, too."""
        return self.begins_at == EARLIEST

    @property
    def is_last(self) -> bool:
        """Tell whether it has no end."""
        return self.ends_at == LATEST


def accepted(links: Iterable[Link], denied: Mapping[tuple[str, str], datetime]) -> Iterator[Link]:
    """Yield the links that count: those of a pair of ids that is denied only if made since then.

    A denied link is as if it had never been: what it took falls to the links that are left.
    """
    for link in links:
        up_to = denied.get((link.anonymous_id, link.person_id))
        if up_to is None or link.since > up_to:
            yield link


def list_spans(links: Iterable[Link]) -> Iterator[Span]:
    """Yield for each anonymous id, in order of time, whom it stands for."""
    for anonymous_id, group in groupby(sorted(links), key=lambda link: link.anonymous_id):
        own = list(group)
        begins = [EARLIEST, *(link.since for link in own[1:])]
        ends = [*begins[1:], LATEST]
        for link, begin, end in zip(own, begins, ends, strict=True):
            yield Span(anonymous_id, link.person_id, begin, end)


def spans(links: Iterable[Link]) -> pa.Table:
    """Return for each anonymous id who it was from when (included) until when (excluded).

    Before its first link it was whom that names: what somebody did before signing in is theirs.
    """
    rows = [
        (each.anonymous_id, each.person_id, each.begins_at, each.ends_at)
        for each in list_spans(links)
    ]
    return pa.Table.from_pylist([dict(zip(SPANS.names, row, strict=True)) for row in rows], SPANS)


def new_links(
    existing: Iterable[Link],
    asked_for: Iterable[Link],
    decided: Mapping[tuple[str, str], Sequence[datetime]],
) -> list[Link]:
    """Return the links that tell something new: who an id is that was nobody or somebody else then.

    Of two at the same moment the first one counts. One of the same pair says something new where
    somebody decided on the two in between; `decided` has when that was.
    """
    by_id: dict[str, list[Link]] = {}
    for link in existing:
        by_id.setdefault(link.anonymous_id, []).append(link)
    for known in by_id.values():
        known.sort()
    added = []
    for link in sorted(asked_for, key=lambda each: each.since):
        own = by_id.setdefault(link.anonymous_id, [])
        place = bisect_right(own, link.since, key=lambda each: each.since)
        if not place or _is_new(link, own[place - 1], decided):
            own.insert(place, link)
            added.append(link)
    return added


def _is_new(
    link: Link, before: Link, decided: Mapping[tuple[str, str], Sequence[datetime]]
) -> bool:
    if before.since == link.since:
        return False
    moments = decided.get((link.anonymous_id, link.person_id), ())
    return before.person_id != link.person_id or any(
        before.since <= moment < link.since for moment in moments
    )


def with_person(events: ir.Table, spans: ir.Table) -> ir.Table:
    """Return the events with `person_id` filled by the spans where the sender gave none.

    Events of somebody never identified keep an empty person_id.
    """
    joined = events.left_join(
        spans,
        [
            events.anonymous_id == spans.span_anonymous_id,
            events.occurred_at >= spans.begins_at,
            events.occurred_at < spans.ends_at,
        ],
    )
    named = joined.mutate(person_id=joined.person_id.coalesce(joined.span_person_id))
    return cast("ir.Table", named.select(*events.columns))


def of_person(events: str, person_id: str, spans: Iterable[Span]) -> list[str]:
    """Return the SQL for what one person did, of the SQL that reads events, in parts to be united.

    Each part asks for one id alone, which lets the engine pass over all files and groups of rows
    without it; together they are what `with_person` says of this person.
    """
    nobody = f"SELECT * FROM ({events}) WHERE person_id IS NULL AND anonymous_id IN"
    always: list[Span] = []
    at_times: list[Span] = []
    for each in spans:
        if each.person_id == person_id:
            (always if each.is_first and each.is_last else at_times).append(each)
    parts = [f"SELECT * FROM ({events}) WHERE person_id = {literal(person_id)}"]
    if always:
        parts.append(f"{nobody} ({_listed(always)})")
    if at_times:
        within = " OR ".join(_within(each) for each in at_times)
        parts.append(f"{nobody} ({_listed(at_times)}) AND ({within})")
    return parts


def _listed(spans: Iterable[Span]) -> str:
    return ", ".join(literal(each) for each in sorted({span.anonymous_id for span in spans}))


def _within(span: Span) -> str:
    return (
        f"(anonymous_id = {literal(span.anonymous_id)} "
        f"AND occurred_at >= {_moment(span.begins_at)} AND occurred_at < {_moment(span.ends_at)})"
    )


def _moment(moment: datetime) -> str:
    return f"TIMESTAMPTZ {literal(moment.isoformat())}"
