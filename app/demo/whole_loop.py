"""From events to segments, with counts that must agree at both ends."""

from decimal import Decimal

from app.demo import looping, oracle, walking
from app.demo.looping import Built
from app.demo.main_job import SHOP_SCHEMA
from app.demo.summary import Summary
from app.demo.visiting import Visitor
from app.stack.tree import Stack

LEAST = Decimal(45)
BIG_SPENDERS = {"kind": "figure", "function": "sum", "event": "buy", "property": "amount"}
READERS = {"kind": "attribute", "op": "is", "value": "true"}


def play(stack: Stack, visitor: Visitor, summary: Summary) -> None:
    """Track, build, activate, and look at the segments."""
    key = walking.create_source(visitor, "Tills")
    _history(stack, visitor, summary, key)
    spenders = looping.build_audience(
        visitor, "Big spenders", {**BIG_SPENDERS, "op": "at_least", "value": str(LEAST)}
    )
    wanted = oracle.big_spenders(LEAST)
    _check_members(visitor, summary, spenders, wanted)
    newsletter = looping.attribute(SHOP_SCHEMA, "newsletter")
    readers = looping.build_audience(visitor, "Newsletter", {**READERS, "attribute": newsletter})
    subscribed = oracle.newsletter_readers(stack.data_dir / "sample-shop.db")
    _check_members(visitor, summary, readers, subscribed)

    activation = looping.create_activation(visitor, stack.url, stack.data_dir / "headwater.env")
    works = looping.connection_works(visitor, activation)
    summary.check("A heartbeat is answered", works, True)
    looping.attach(visitor, activation, spenders)
    _check_segment(visitor, summary, spenders, wanted)
    few = looping.messages_by_answer(visitor)
    summary.check("Below the threshold, answered 200", few, {"200": 4, "202": 0})
    looping.attach(visitor, activation, readers)
    _check_segment(visitor, summary, readers, subscribed)
    many = looping.messages_by_answer(visitor)
    summary.check("Above it, answered 202 and queued", many, {"200": 6, "202": 1})
    _one_more(stack, visitor, summary, key, spenders, wanted)


def _history(stack: Stack, visitor: Visitor, summary: Summary, key: str) -> None:
    """Send the invoices, each at its time in the past."""
    rows = oracle.invoices()
    bought = [
        _bought(row["customer"], row["total"], f"invoice-{row['id']}", row["invoicedate"])
        for row in rows
    ]
    looping.send_events(stack.url, key, bought)
    walking.wait_until(
        lambda: looping.stored_events(visitor, "buy") >= len(rows), "the invoices to be stored"
    )
    summary.check("Invoices as events", looping.stored_events(visitor, "buy"), len(rows))
    visitor.open("/people/profile?id=2")
    is_kept = 'datetime="2007-01-01T00:00:00+00:00"' in visitor.text
    summary.check("The first invoice kept its time", is_kept, True)


def _one_more(
    stack: Stack,
    visitor: Visitor,
    summary: Summary,
    key: str,
    spenders: Built,
    wanted: set[str],
) -> None:
    """Let one more customer pass the mark, and see them arrive by themselves."""
    customer, missing = oracle.nearly(LEAST)
    looping.send_events(stack.url, key, [_bought(customer, str(missing), "one-more", None)])
    walking.wait_until(
        lambda: customer in looping.segment_members(visitor, spenders.name), "one more member"
    )
    _check_segment(visitor, summary, spenders, wanted | {customer})


def _bought(customer: str, total: str, message_id: str, when: str | None) -> dict[str, object]:
    at = {"timestamp": when} if when else {}
    value = {"value": total}
    return {
        "type": "track",
        "event": "buy",
        "userId": customer,
        "messageId": message_id,
        "properties": value,
        **at,
    }


def _check_members(visitor: Visitor, summary: Summary, audience: Built, wanted: set[str]) -> None:
    found = looping.people_listed(visitor, f"{audience.path}/members", "?")
    _check(summary, f"Audience “{audience.name}”", found, wanted)


def _check_segment(visitor: Visitor, summary: Summary, audience: Built, wanted: set[str]) -> None:
    found = looping.segment_members(visitor, audience.name)
    _check(summary, f"Segment “{audience.name}” at the site", found, wanted)


def _check(summary: Summary, what: str, found: set[str], wanted: set[str]) -> None:
    """Compare person by person; the line tells the number."""
    wrong = len(found ^ wanted)
    summary.check(what, f"{len(found)} members, {wrong} wrong", f"{len(wanted)} members, 0 wrong")
