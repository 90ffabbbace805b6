"""Audiences made of others: parts by per cent, order, what two share, and their names."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audiences.dividing import planned
from app.audiences.dividing.planned import PlanUnfit, Source
from app.audiences.tree import reading

BUYERS, VISITORS, LOYAL = (Source(name[0] * 32, name) for name in ("buyers", "visitors", "loyal"))


def ends(plans):
    """Return from where to where each part goes, in per cent."""
    cuts = [plan.tree["all"][1]["split"] for plan in plans]
    return [(cut["from"], cut["to"]) for cut in cuts]


def test_parts_follow_each_other_and_leave_the_rest_over():
    plans, rest = planned.parts(BUYERS, "trial", [("A", "45"), ("", ""), ("B", " 12,5 % ")])

    assert [plan.name for plan in plans] == ["buyers: A", "buyers: B"]
    assert ends(plans) == [(0, 45), (45, 57.5)]
    assert rest == Decimal("42.5")
    assert [plan.tree["all"][0] for plan in plans] == [{"in": "b" * 32}] * 2


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=20))
def test_parts_of_hundredths_meet_without_gaps_or_are_refused(hundredths):
    asked = [(f"part {place}", f"{each / 100:.2f}") for place, each in enumerate(hundredths)]
    if sum(hundredths) > 10_000:
        with pytest.raises(PlanUnfit, match="more than 100"):
            planned.parts(BUYERS, "trial", asked)
        return

    plans, rest = planned.parts(BUYERS, "trial", asked)

    at = ends(plans)
    assert at[0][0] == 0
    assert [one[1] for one in at[:-1]] == [other[0] for other in at[1:]]
    assert [round((high - low) * 100) for low, high in at] == hundredths
    assert rest * 100 == 10_000 - sum(hundredths)
    for plan in plans:
        reading.parsed(plan.tree)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "at least one part"),
        ([("", "5")], "Name each part"),
        ([("A", "60"), ("B", "60")], "more than 100"),
        ([("A", "5"), ("a", "5")], "Two parts"),
        ([("A", "much")], "needs a per cent"),
        ([("A", "0")], "needs a per cent"),
        ([("A", "-1")], "needs a per cent"),
        ([("A", "1.001")], "needs a per cent"),
        ([("A", "NaN")], "needs a per cent"),
        ([("A", "Infinity")], "needs a per cent"),
        ([("A", "1e999999999")], "needs a per cent"),
        ([("A" * 120, "5")], "longer than 120"),
    ],
)
def test_what_is_no_division_is_refused_in_a_sentence(asked, said):
    with pytest.raises(PlanUnfit, match=said):
        planned.parts(BUYERS, "trial", asked)


def test_a_division_without_a_name_is_refused():
    with pytest.raises(PlanUnfit, match="Name the division"):
        planned.parts(BUYERS, "  ", [("A", "5")])


def test_in_order_each_is_without_all_before_it():
    plans = planned.in_order([LOYAL, BUYERS, VISITORS])

    assert [plan.name for plan in plans] == [
        "loyal (priority 1)",
        "buyers (priority 2)",
        "visitors (priority 3)",
    ]
    assert [plan.tree for plan in plans] == [
        {"all": [{"in": "l" * 32}]},
        {"all": [{"in": "b" * 32}, {"none": [{"in": "l" * 32}]}]},
        {"all": [{"in": "v" * 32}, {"none": [{"in": "l" * 32}, {"in": "b" * 32}]}]},
    ]


@pytest.mark.parametrize("number", [0, 1, 21])
def test_too_few_or_too_many_are_not_put_in_order(number):
    with pytest.raises(PlanUnfit, match="two to 20"):
        planned.in_order([BUYERS] * number)


def test_positions_order_audiences():
    positions = {BUYERS.public_id: "20", VISITORS.public_id: " 3 ", LOYAL.public_id: "1"}

    assert planned.ordered([BUYERS, LOYAL, VISITORS], positions) == [LOYAL, VISITORS, BUYERS]


@pytest.mark.parametrize("position", ["", "0", "x", "-1", "1.5", "1000", "²", "9" * 5000])
def test_a_position_that_is_none_is_refused(position):
    with pytest.raises(PlanUnfit, match="Give “buyers” a position"):
        planned.ordered([BUYERS], {BUYERS.public_id: position})


def test_two_on_one_position_are_refused():
    with pytest.raises(PlanUnfit, match="share a position"):
        planned.ordered([BUYERS, LOYAL], {BUYERS.public_id: "1", LOYAL.public_id: "01"})


def test_names_fit_however_long_those_of_the_two_are():
    long = Source("x" * 32, "n" * 120)

    assert planned.both(BUYERS, LOYAL).name == "buyers and loyal"
    assert planned.without(BUYERS, LOYAL).name == "buyers without loyal"
    assert len(planned.both(long, long).name) <= 120
    assert all(len(plan.name) <= 120 for plan in planned.in_order([long, BUYERS]))


def test_a_name_that_is_taken_gets_the_next_number():
    names = planned.names_from("n" * 120)

    found = [next(names) for _ in range(3)]

    assert found[0] == "n" * 120
    assert [name[-3:] for name in found[1:]] == ["… 2", "… 3"]
    assert {len(name) for name in found} == {120}
