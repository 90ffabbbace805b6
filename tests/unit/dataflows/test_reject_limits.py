"""How many rejected rows are too many, against arithmetic by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dataflows.reject_limits import RejectLimit

COUNTS = st.integers(min_value=0, max_value=10**7)
PERCENTS = st.decimals(min_value=0, max_value=100, places=3)


@given(received=COUNTS, data=st.data(), most=COUNTS)
def test_more_rows_than_the_limit_break_it_and_no_fewer(received, data, most):
    rejected = data.draw(st.integers(min_value=0, max_value=received))
    limit = RejectLimit(count=most)

    assert (limit.broken(rejected, received) is not None) == (rejected > most)
    assert limit.is_surely_broken(rejected) == (rejected > most)


@given(received=COUNTS, data=st.data(), most=PERCENTS)
def test_a_percentage_is_exact(received, data, most):
    rejected = data.draw(st.integers(min_value=0, max_value=received))
    # In whole thousandths of a percent, so that nothing is rounded.
    is_over = rejected * 100_000 > int(most * 1000) * received

    assert (RejectLimit(percent=float(most)).broken(rejected, received) is not None) == is_over


@pytest.mark.parametrize(
    ("percent", "rejected", "received"), [("0.57", 57, 10_000), ("0.29", 29, 10_000), ("0", 0, 0)]
)
def test_exactly_as_many_as_may_be_are_not_too_many(percent, rejected, received):
    assert Decimal(percent) * received == rejected * 100
    assert RejectLimit(percent=float(percent)).broken(rejected, received) is None


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (RejectLimit(), "A run goes on however many rows are rejected."),
        (RejectLimit(count=1), "when it rejects more than 1 row."),
        (RejectLimit(count=0, percent=2.5), "more than 0 rows or 2.5 % of the rows."),
    ],
)
def test_a_limit_says_what_it_does(limit, said):
    assert limit.sentence.endswith(said)


def test_a_broken_limit_says_which_and_by_how_much():
    assert RejectLimit(count=0).broken(1, 5) == "1 row was rejected; at most 0 may be."
    assert "3 of 5 rows" in str(RejectLimit(percent=50).broken(3, 5))
