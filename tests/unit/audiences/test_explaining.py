"""An explanation never says otherwise than the evaluation, now or later."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.audiences.explaining import explained
from app.audiences.tree import reading
from app.audiences.tree.windows import TICK
from tests.unit.audiences import asking
from tests.unit.audiences.asking import ADA, NOW


@settings(max_examples=25)
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
        assert end is None or end > NOW
        if changes_at is not None:
            assert at(changes_at - TICK) is told.is_met
            assert at(changes_at) is not told.is_met


@settings(max_examples=25)
@given(
    leaf=asking.leaves,
    happened=asking.happenings,
    row=asking.rows,
    zone=asking.zones,
    steps=st.lists(asking.moments, max_size=4),
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


def leaf(raw, happened=(), row=None, **changes):
    """Return what is told of one condition."""
    root = asking.explain({"all": [raw]}, happened, row, **changes).root
    return root.members[0]


def did(event="buy", verb="did", **more):
    return {verb: {"event": event, **more}}


def test_what_counted_is_listed_newest_first_and_the_rest_is_a_number():
    happened = [asking.event(ago=timedelta(days=day), sku=str(day)) for day in range(1, 14)]
    where = [{"property": "sku", "op": "is_not", "value": "5"}]

    told = leaf(did(where=where, times={"op": "at_least", "n": 2}), happened).evidence

    assert told.found == "12 times; at least 2 were asked for."
    assert [each.at for each in told.counted[:2]] == [NOW - timedelta(days=day) for day in (1, 2)]
    assert (len(told.counted), told.more_count) == (10, 2)
    assert told.counted[0].values == (("sku", "1"),)
    assert told.near == ()


def test_what_came_near_says_why_it_does_not_count():
    happened = [
        asking.event(ago=timedelta(days=54), category="shoes"),
        asking.event(ago=timedelta(days=2), category="hats"),
    ]
    where = [{"property": "category", "op": "is", "value": "shoes"}]

    told = leaf(did(where=where, when={"last": "30d"}), happened).evidence

    assert told.found == "Never; at least 1 was asked for."
    assert [each.note for each in told.near] == [
        "it was 54 days ago; asked is in the last 30 days",
        "category was “hats”; asked is category is “shoes”",
    ]
    assert told.change == "One “buy” in the last 30 days where category is “shoes” would change it."


def test_what_is_too_late_to_change_it_is_said():
    since = {"since": {"event": "visit", "which": "last"}, "within": "2d"}
    happened = [asking.event("visit", timedelta(days=3))]

    late = leaf(did(when=since), happened).evidence.change
    over = leaf(did(when={"calendar": "last month"}), happened).evidence.change
    longer = leaf(did(when={"before": "30d"}), happened).evidence.change

    assert late.endswith(
        "The time after that “visit” is over; a newer “visit” would begin it anew."
    )
    assert over.endswith("That time is over, so only what arrives late can.")
    assert longer.endswith("What comes now counts only once it is more than 30 days ago.")


def test_it_leaves_the_moment_after_the_window_has_passed_the_event():
    happened = [asking.event(ago=timedelta(days=20)), asking.event(ago=timedelta(days=3))]
    twice = did(when={"last": "30d"}, times={"op": "at_least", "n": 2})

    assert leaf(twice, happened).changes_at == NOW + timedelta(days=10) + TICK
    assert leaf(did(when={"last": "30d"}), happened).changes_at == NOW + timedelta(days=27) + TICK


def test_the_end_of_a_month_passes_the_edge_of_a_window_of_months_again():
    happened = [asking.event(ago=timedelta(days=31, hours=-6))]
    told = leaf(did(when={"last": "1mo"}), happened)

    # On 31 March at noon, a month before is 28 February at noon: the event of 18:00 is in it.
    assert told.is_met is True
    assert told.changes_at == datetime(2026, 3, 31, 18, 0, tzinfo=UTC) + TICK


def test_a_chain_is_told_with_its_events_or_how_far_it_went():
    basket = asking.event("basket", timedelta(days=5))
    then = [{"did": {"event": "buy", "within": "2d"}}]
    soon = asking.event("buy", timedelta(days=4))
    late = asking.event("buy", timedelta(days=1))

    whole = leaf(did("basket", then=then), [basket, soon])
    short = leaf(did("basket", then=then), [basket, late])

    assert [(each.event, each.note) for each in whole.evidence.chain] == [
        ("basket", "step 1"),
        ("buy", "step 2"),
    ]
    assert whole.evidence.found == "All 2 steps came one after another."
    assert short.is_met is False
    assert (
        short.evidence.found
        == "1 step of 2 came; the next is missing: then did “buy” within 2 days."
    )
    assert [each.note for each in short.evidence.near] == [
        "4 days after the step before; asked is within 2 days"
    ]


def test_what_did_not_follow_is_met_once_its_time_is_over():
    then = [{"did_not": {"event": "buy", "within": "2d"}}]
    basket = asking.event("basket", timedelta(days=1))

    waits = leaf(did("basket", then=then), [basket])
    came = leaf(did("basket", then=then), [basket, asking.event("buy", timedelta(hours=3))])

    assert waits.is_met is False
    assert waits.changes_at == NOW + timedelta(days=1)
    assert waits.evidence.found == "No “buy” followed so far, but its time is not over."
    assert (came.changes_at, came.evidence.found) == (
        None,
        "“buy” followed each time within 2 days.",
    )


def test_only_what_decides_is_marked():
    bought, seen = asking.event(), asking.event("visit")
    tree = {"all": [did("visit"), {"any": [did("buy"), did("return")]}, {"none": [did("call")]}]}

    met = asking.explain(tree, [bought, seen]).root
    unmet = asking.explain(tree, [seen]).root

    assert [each.path for each in met.deciding] == ["n.0", "n.1.0", "n.2.0"]
    assert [each.path for each in unmet.deciding] == ["n.1.0", "n.1.1"]


def test_another_audience_is_explained_in_its_own_words():
    told = leaf({"in": "s1"}, [asking.event(ago=timedelta(days=1))])

    assert (told.sentence, told.is_met) == ("Are in “Shoppers”", True)
    assert told.members[0].members[0].sentence == "Did “buy” in the last 2 days"
    assert told.changes_at == NOW + timedelta(days=1) + TICK


def test_a_figure_and_an_attribute_are_told_beside_what_is_asked():
    happened = [asking.event(amount="20"), asking.event(amount="25")]
    figure = {"aggregate": {"function": "avg", "event": "buy"}, "op": "at_least", "value": "45"}
    row = {"country": "Sweden", "born": None, "seen": None}

    average = leaf({"have": figure}, happened).evidence
    country = leaf(asking.attribute("country", "is", "Norway"), happened, row).evidence

    assert average.found == "22.5 of 2 values of amount; asked: is at least “45”."
    assert average.change == "It is 22.5 below 45; further “buy” can change it."
    assert country.found == "“Sweden”; asked: is “Norway”."


def test_of_somebody_unknown_nothing_is_told():
    told = asking.explain({"none": [did("buy")]}, [])

    assert (told.is_known, told.is_met, told.root) == (False, False, None)
    assert told.to_dict()["tree"] is None


def test_a_filter_by_an_attribute_is_told_within_a_window_that_hangs_on_another_event():
    like_theirs = {
        "property": "category",
        "op": "is",
        "attribute": {"schema": "Customers", "column": "country"},
    }
    since = {"since": {"event": "visit"}, "within": "2d"}
    happened = [
        asking.event("visit", timedelta(days=3)),
        asking.event("buy", timedelta(days=2), category="Norway"),
        asking.event("buy", timedelta(days=1, hours=12), category="Sweden"),
    ]
    row = {"country": "Norway", "born": None, "seen": None}

    told = leaf(
        {"did": {"event": "buy", "where": [like_theirs], "when": since}}, happened, row
    ).evidence

    assert [each.values for each in told.counted] == [(("category", "Norway"),)]
