"""An explanation never says otherwise than the evaluation, now or later."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.audiences.explaining import explained
from app.audiences.tree import reading
from app.audiences.tree.windows import TICK
from tests.unit.audiences import asking
from tests.unit.audiences.asking import ADA, NOW

LATER = [
    timedelta(hours=h) for h in (1, 5, 11, 24, 50, 24 * 8, 24 * 29, 24 * 40, 24 * 80, 24 * 300)
]


@settings(max_examples=60)
@given(raw=asking.trees, happened=asking.happenings, row=asking.rows, zone=asking.zones)
def test_the_whole_is_as_the_evaluation_finds_it_now_and_when_time_changes_it(
    raw, happened, row, zone
):
    tree = reading.parsed(raw)
    with asking.asked(happened, row, zone=zone) as (session, question):
        told = explained.explained(tree, question, session, ADA)

        def at(moment):
            return asking.is_member(tree, replace(question, now=moment), session)

        assert told.is_met is at(NOW)
        changes_at = told.root.changes_at if told.root is not None else None
        end = changes_at or (told.root.known_until if told.root is not None else None)
        for step in LATER:
            if end is None or NOW + step < end:
                assert at(NOW + step) is told.is_met
        if changes_at is not None:
            assert changes_at > NOW
            assert at(changes_at - TICK) is told.is_met
            assert at(changes_at) is not told.is_met


@settings(max_examples=60)
@given(
    leaf=asking.leaves,
    happened=asking.happenings,
    row=asking.rows,
    zone=asking.zones,
    steps=st.lists(asking.moments, max_size=6),
)
def test_a_condition_stays_as_it_is_until_the_moment_that_is_said(leaf, happened, row, zone, steps):
    tree = reading.parsed({"any": [leaf]})
    with asking.asked(happened, row, zone=zone) as (session, question):
        told = explained.explained(tree, question, session, ADA)
        if told.root is None:
            return
        end = told.root.changes_at or told.root.known_until
        for step in steps:
            moment = NOW + abs(step)
            if end is None or moment < end:
                asked = replace(question, now=moment)
                assert asking.is_member(tree, asked, session) is told.is_met
