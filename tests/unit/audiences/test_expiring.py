"""When windows pass moments, also where the calendar moves an end of them back."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
import pytest

from app.audiences.compiling import expiring
from app.audiences.compiling.expiring import Edge
from app.audiences.tree import spans
from app.audiences.tree.windows import TICK, Rolling
from app.lake import engine, logs

# The end of a month longer than the one before it, and the nights in which clocks are changed.
NIGHTS = ["2026-03-28T21:00", "2026-03-30T21:00", "2026-10-24T22:00", "2026-04-28T20:00"]
OSLO, MINUTE = ZoneInfo("Europe/Oslo"), timedelta(minutes=1)


def edge_of(window, moments=None):
    is_steady = all(each is None or each.unit.is_exact for each in (window.last, window.before))
    return Edge(moments, lambda now: window.bounds(now, OSLO), is_steady)


def is_in(window, moment, now):
    bounds = window.bounds(now, OSLO)
    return (bounds.start is None or bounds.start <= moment) and moment < bounds.end


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.parametrize("last", ["1mo", "2mo", "1y", "30d"])
def test_before_it_is_due_no_moment_enters_or_leaves(night, last):
    rng = random.Random(f"{night} {last}")
    window = Rolling(last=spans.parsed(last))
    begin = datetime.fromisoformat(night).replace(tzinfo=UTC)
    for _each in range(30):
        now = begin + rng.randrange(480) * MINUTE
        moment = window.bounds(now, OSLO).start + rng.randrange(-120, 120) * MINUTE
        due = due_of(edge_of(window), moment, now)
        minutes = min(1_600, (due - now) // MINUTE)
        held = [now + count * MINUTE for count in range(minutes)]
        assert {is_in(window, moment, at) for at in [now, *held, due - TICK]} == {
            is_in(window, moment, now)
        }


def due_of(edge, moment, now):
    turn = expiring.turns_at(edge, now)
    found = [turn] if turn else []
    if moment >= edge.bounds(now).start:
        until = turn or now + timedelta(days=400)
        found.append(expiring.passes_at(edge, "start", moment, now, until))
    return min(found, default=now + timedelta(days=1))


def test_where_a_month_is_longer_a_window_turns_back_at_midnight():
    edge = edge_of(Rolling(last=spans.parsed("1mo")))
    now = datetime(2026, 3, 27, 12, tzinfo=UTC)

    assert expiring.turns_at(edge, now) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert expiring.turns_at(edge_of(Rolling(last=spans.parsed("30d"))), now) is None


@pytest.mark.parametrize("night", NIGHTS)
def test_whose_moment_is_in_otherwise_than_before_is_told(night):
    rng = random.Random(night)
    window = Rolling(last=spans.parsed("1mo"))
    begin = datetime.fromisoformat(night).replace(tzinfo=UTC)
    start = window.bounds(begin, OSLO).start
    moments = {str(each): start + rng.randrange(-900, 900) * MINUTE for each in range(200)}
    rows = pa.table({"person_id": list(moments), "at": list(moments.values())})
    with engine.connection() as session:
        session.register("moments", rows)
        edge = edge_of(window, ibis.duckdb.from_connection(session).table("moments"))
        for _each in range(12):
            now = begin + rng.randrange(480) * MINUTE
            later = now + rng.randrange(1, 240) * MINUTE
            found = logs.frame(session, expiring.passed(edge, now, later))["person_id"].to_pylist()
            changed = {
                person
                for person, at in moments.items()
                if is_in(window, at, now) != is_in(window, at, later)
            }
            assert changed <= set(found)
