"""Bars and shares that show few among many, and never more than there is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

BUCKETS = ("added", "changed", "same", "rejected", "superseded")
COUNTS = st.lists(st.integers(0, 10**9), min_size=len(BUCKETS), max_size=len(BUCKETS))


def bars(page: str) -> list[tuple[float, float]]:
    """Return where each part of the bar begins and how wide it is."""
    found = re.findall(r'<rect class="outcome-\w+" x="([\d.]+)" width="([\d.]+)" height="16"', page)
    return [(float(x), float(width)) for x, width in found]


@given(counts=COUNTS)
def test_the_parts_of_the_bar_can_all_be_seen_and_never_overlap(render, counts):
    buckets = dict(zip(BUCKETS, counts, strict=True))

    parts = bars(render("outcome", "outcome_bar(buckets)", buckets=buckets))

    assert len(parts) == sum(1 for count in counts if count)
    assert all(width >= 5 for _, width in parts)
    ends = [x + width for x, width in parts]
    assert all(end <= x for end, (x, _) in zip(ends, parts[1:], strict=False))
    assert not ends or ends[-1] == pytest.approx(1000, abs=0.1)


def test_a_few_among_many_are_not_said_to_be_none(render):
    page = render("outcome", "outcome_bar({'same': 9999999, 'rejected': 1})")

    assert "&lt; 0.1\u202f%" in page


def test_a_bucket_leads_to_its_rows_unless_it_has_none(render):
    call = "outcome_bar({'added': 2, 'rejected': 0}, links={'added': '#a', 'rejected': '#r'})"

    page = render("outcome", call)

    assert '<a href="#a">2</a>' in page
    assert "#r" not in page


def test_nothing_received_has_a_table_but_no_bar(render):
    page = render("outcome", "outcome_bar({'added': 0, 'rejected': 0})")

    assert "outcome-svg" not in page
    assert "Received" in page


def test_bars_are_drawn_to_the_largest(render):
    page = render("bars", "bar_chart([('a', 50), ('b', 200), ('c', 0)], 'Values')")

    assert re.findall(r'<rect width="([\d.]+)"', page) == ["25.0", "100.0", "0.0"]


def test_bars_of_nothing_but_zeros_are_empty(render):
    page = render("bars", "bar_chart([('a', 0)], 'Values')")

    assert re.findall(r'<rect width="([\d.]+)"', page) == ["0"]


def test_a_figure_groups_its_digits_and_leaves_words_alone(render):
    assert "2\u202f586\u202f133" in render("stats", "figure('Rows', 2586133)")
    assert "41 rows/s" in render("stats", "figure('Speed', '41 rows/s')")


def test_progress_of_unknown_length_has_no_share(render):
    page = render("progress", "progress(0, None, 'Waiting')")

    assert "<progress></progress>" in page
    assert "%" not in page


def test_progress_says_its_share(render):
    page = render("progress", "progress(1, 4, 'Reading')")

    assert '<progress value="1" max="4"></progress>' in page
    assert "25\u202f%" in page
