"""What holds of every audience, whoever there is: complements, order, others, weeks."""

import random
from datetime import timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.unit.audiences import naive
from tests.unit.audiences.evaluating import found
from tests.unit.audiences.trees import Trees
from tests.unit.audiences.worlds import PEOPLE, event, world

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
SEEDS = st.integers(0, 2**40)
law = settings(max_examples=3, phases=UNSHRUNK)


def made(seed):
    rng = random.Random(seed)
    about = world(rng)
    return rng, about, Trees(rng, about["now"], about["zone"])


@law
@given(seed=SEEDS)
def test_who_did_not_is_everybody_else(seed):
    _rng, about, trees = made(seed)
    done = [next(iter(trees.did().values())) for _ in range(4)]
    both = [{"all": [{kind: each}]} for each in done for kind in ("did", "did_not")]

    sets = found(both, about)

    for did, did_not in zip(sets[::2], sets[1::2], strict=True):
        assert did | did_not == naive.everybody(about)
        assert not did & did_not


@law
@given(seed=SEEDS)
def test_the_order_in_a_group_does_not_matter(seed):
    rng, about, trees = made(seed)
    kind, members = trees.kind(), [trees.node(2) for _ in range(3)]

    one, other = found([{kind: members}, {kind: rng.sample(members, 3)}], about)

    assert one == other


@law
@given(seed=SEEDS)
def test_who_else_there_is_changes_nothing(seed):
    rng, about, trees = made(seed)
    asked = [trees.tree() for _ in range(3)]
    name = rng.choice(PEOPLE)
    before = found(asked, about)

    more = event(rng, about["now"], about["zone"], "somebody else")
    with_more = found(asked, {**about, "events": [*about["events"], more]})
    own = [each for each in about["events"] if each["person_id"] == name]
    rows = {key: {k: v for k, v in row.items() if k == name} for key, row in about["rows"].items()}
    alone = found(asked, {**about, "events": own, "rows": rows})

    assert [each - {"somebody else"} for each in with_more] == before
    assert alone == [each & {name} for each in before]


@law
@given(seed=SEEDS, weeks=st.integers(-200, 200))
def test_whole_weeks_later_the_same_are_in_rolling_windows(seed, weeks):
    rng, about, trees = made(seed)
    about["zone"] = "UTC"
    asked = []
    for span in ("7d", "30d", "24h", "1w"):
        window = rng.choice(({"last": span}, {"before": span}, {"last": "60d", "before": span}))
        told = {"event": trees.event(), "when": window, "times": {"n": 2, "of": "days"}}
        asked.append({"all": [{"did": told}]})
    shift = timedelta(weeks=weeks)
    events = [{**each, "occurred_at": each["occurred_at"] + shift} for each in about["events"]]
    later = {**about, "events": events, "now": about["now"] + shift}

    assert found(asked, later) == found(asked, about)


@law
@given(cuts=st.lists(st.integers(1, 9999).map(lambda part: part / 100), min_size=1, unique=True))
def test_parts_of_all_are_everybody_and_share_nobody(cuts):
    about = world(random.Random(len(cuts)))
    ends = [0, *sorted(cuts[:6]), 100]
    parts = [
        {"all": [{"split": {"name": "s", "from": low, "to": high}}]}
        for low, high in zip(ends, ends[1:], strict=False)
    ]

    sets = found(parts, about)

    assert sum(map(len, sets)) == len(naive.everybody(about))
    assert set().union(*sets) == naive.everybody(about)
