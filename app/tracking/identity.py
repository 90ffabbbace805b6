"""Who an anonymous id is, and when: the earlier history counts too, the last to sign in wins."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import cast

import ibis.expr.types as ir
import pyarrow as pa

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


def spans(links: Iterable[Link]) -> pa.Table:
    """Return for each anonymous id who it was from when (included) until when (excluded).

    Before its first link it was whom that names: what somebody did before signing in is theirs.
    """
    rows = []
    for anonymous_id, group in groupby(sorted(links), key=lambda link: link.anonymous_id):
        own = list(group)
        begins = [EARLIEST, *(link.since for link in own[1:])]
        ends = [*(link.since for link in own[1:]), LATEST]
        rows += [
            (anonymous_id, link.person_id, begin, end)
            for link, begin, end in zip(own, begins, ends, strict=True)
        ]
    return pa.Table.from_pylist([dict(zip(SPANS.names, row, strict=True)) for row in rows], SPANS)


def new_links(existing: Iterable[Link], asked_for: Iterable[Link]) -> list[Link]:
    """Return the links that tell something new: who an id is that was nobody or somebody else then.

    Of two at the same moment the first one counts.
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
        before = own[place - 1] if place else None
        if before is None or (before.person_id != link.person_id and before.since != link.since):
            own.insert(place, link)
            added.append(link)
    return added


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
