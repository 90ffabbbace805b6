"""Any tree that the language of audiences has, of every kind of condition."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from app.audiences.tree.conditions import (
    AMOUNT,
    ANYTHING,
    Aggregate,
    Attribute,
    Counted,
    Did,
    Distinct,
    Filter,
    Frequency,
    Function,
    Group,
    GroupKind,
    Have,
    In,
    Match,
    Since,
    Split,
    Step,
    Times,
)
from app.audiences.tree.operators import (
    NUMBER_OPERATORS,
    PAIR_OPERATORS,
    PROPERTY_OPERATORS,
    Operator,
)
from app.audiences.tree.spans import Span, Unit
from app.audiences.tree.windows import Always, Calendar, Fixed, Period, Rolling

SIGNS = st.characters(categories=["L", "N", "P", "S"])
TEXTS = st.one_of(
    st.sampled_from(["buy", "visit", "a b", '["a","b"]', "n.0:event", "“–”", "<b>&amp;"]),
    st.text(SIGNS, min_size=1, max_size=12),
)
NAMES = TEXTS | st.just(ANYTHING)
NUMBERS = st.integers(-1_000, 1_000).map(str) | st.decimals(-9, 9, places=2).map(str)
DAYS = st.dates(date(1970, 1, 1), date(2100, 1, 1))
OF_DAYS = [unit for unit in Unit if unit.is_of_days]
EXACT = [unit for unit in Unit if unit.is_exact]
ATTRIBUTES = st.builds(Attribute, st.just("") | TEXTS, TEXTS)


def spans(units=tuple(Unit)):
    return st.builds(Span, st.integers(1, 50), st.sampled_from(units))


def values(how, texts):
    """Return what an operator can compare with."""
    if not how.needs_value:
        return st.just("")
    if how.takes_list:
        return st.lists(texts, min_size=1, max_size=4, unique=True).map(tuple)
    if how is Operator.BETWEEN:
        pair = st.tuples(st.integers(-50, 0), st.integers(1, 50))
        return pair.map(lambda ends: tuple(map(str, ends)))
    if how.takes_span:
        return spans(OF_DAYS).map(str)
    if how.is_date:
        return DAYS.map(str)
    return NUMBERS if how.is_order else texts


def compared(make, operators, texts=TEXTS):
    """Return what `make` builds of an operator and a value for it."""
    return st.sampled_from(list(operators)).flatmap(
        lambda how: st.builds(make, st.just(how), values(how, texts))
    )


def filters():
    plain = st.builds(
        lambda name, told: Filter(name, *told),
        TEXTS.filter(lambda name: name != AMOUNT),
        compared(lambda how, value: (how, value), PROPERTY_OPERATORS),
    )
    pairs = st.builds(Filter, TEXTS, st.sampled_from(PAIR_OPERATORS), ATTRIBUTES)
    return st.lists(plain | pairs, max_size=2).map(tuple)


MATCHES = st.builds(Match, NAMES, filters())
ROLLING = st.one_of(
    st.builds(lambda last: Rolling(last=last), spans()),
    st.builds(lambda before: Rolling(before=before), spans()),
    st.just(Rolling(Span(60, Unit.DAYS), Span(2, Unit.WEEKS))),
)
# Without an offset: of whatever time zone the audience has.
MOMENTS = st.builds(
    datetime,
    st.integers(1990, 2000),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 23),
    st.integers(0, 59),
)
FIXED = st.one_of(
    st.builds(lambda start: Fixed(start=start), DAYS | MOMENTS),
    st.builds(lambda end: Fixed(end=end), DAYS),
    st.builds(Fixed, MOMENTS, MOMENTS.map(lambda at: at.replace(year=2005, tzinfo=UTC))),
)
SINCE = st.builds(Since, MATCHES, st.booleans(), st.booleans(), st.none() | spans(EXACT))
WINDOWS = st.one_of(
    st.just(Always()), ROLLING, FIXED, st.builds(Calendar, st.sampled_from(Period)), SINCE
)
OF = st.sampled_from(list(Counted)) | st.builds(Distinct, TEXTS)
FREQUENCIES = st.builds(Frequency, st.sampled_from(Times), st.integers(1, 99), OF)
STEPS = st.builds(
    lambda match, within, after, without: Step(match, within, after, tuple(without)),
    MATCHES,
    st.none() | st.just(Span(8, Unit.WEEKS)),
    st.none() | st.builds(Span, st.integers(1, 40), st.just(Unit.HOURS)),
    st.lists(MATCHES, max_size=2),
)
LAST_STEPS = st.builds(
    lambda match, within: Step(match, within, is_negated=True), MATCHES, st.none() | spans(EXACT)
)
SEQUENCES = st.builds(
    lambda steps, last: (*steps, *last),
    st.lists(STEPS, max_size=2),
    st.lists(LAST_STEPS, max_size=1),
)
DIDS = st.one_of(
    st.builds(Did, MATCHES, FREQUENCIES, WINDOWS, is_negated=st.booleans()),
    st.builds(Did, MATCHES, window=WINDOWS, steps=SEQUENCES, is_negated=st.booleans()),
    st.builds(Did, MATCHES, window=WINDOWS, place=st.sampled_from([1, -1, 3, 12])),
)
COUNTED = [each for each in Function if each.is_number]
TOLD = [each for each in Function if not each.is_number]
TEXT_OPERATORS = [each for each in PROPERTY_OPERATORS if not each.is_of_items]
FIGURES = st.one_of(
    st.builds(
        lambda function, match, name, window, told: Have(
            Aggregate(function, match, name, window), *told
        ),
        st.sampled_from(functions),
        MATCHES,
        TEXTS | st.just(AMOUNT),
        WINDOWS,
        compared(lambda how, value: (how, value), operators, texts),
    )
    for functions, operators, texts in (
        (COUNTED, NUMBER_OPERATORS, NUMBERS),
        (TOLD, TEXT_OPERATORS, TEXTS),
    )
)
HAVES = st.builds(
    lambda attribute, told: Have(attribute, *told),
    ATTRIBUTES,
    compared(lambda how, value: (how, value), Operator),
)
SPLITS = st.builds(
    lambda name, low, high: Split(name, low / 100, high / 100),
    TEXTS,
    st.integers(0, 4_999),
    st.integers(5_000, 10_000),
)
LEAVES = st.one_of(DIDS, FIGURES, HAVES, SPLITS, st.builds(In, TEXTS, st.booleans()))
GROUPS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        Group, st.sampled_from(GroupKind), st.lists(inner, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=6,
)
TREES = GROUPS.map(lambda node: node if isinstance(node, Group) else Group(GroupKind.ALL, (node,)))
