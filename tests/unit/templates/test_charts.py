"""Charts over time and bars that divide: drawn to scale, and reached by who may need them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

COUNTS = st.integers(0, 10**9)


def bar(count, entered=0, exited=0, href="#a", label="Monday"):
    return {"count": count, "entered": entered, "exited": exited, "href": href, "label": label}


def rects(page, name):
    found = re.findall(
        rf'<rect class="{name}" x="[\d.]+" y="([\d.]+)" width="3.2" height="([\d.]+)"', page
    )
    return [(float(y), float(height)) for y, height in found]


@given(moves=st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=9))
def test_who_entered_is_drawn_up_and_who_left_down_to_one_scale(render, moves):
    bars = [bar(1, entered, exited) for entered, exited in moves]

    page = render("charts", "time_bars(bars, 'Members', has_moves=True)", bars=bars)

    most = max(1, *(each for pair in moves for each in pair))
    up, down = rects(page, "time-bars-entered"), rects(page, "time-bars-exited")
    assert [height for _y, height in up] == [
        pytest.approx(max(1, 11 * entered / most), abs=0.01) for entered, _ in moves if entered
    ]
    assert [height for _y, height in down] == [
        pytest.approx(max(1, 11 * exited / most), abs=0.01) for _, exited in moves if exited
    ]
    assert all(y + height == pytest.approx(55) for y, height in up)
    assert all(y == 55 and y + height <= 66 for y, height in down)


def test_a_bar_with_moves_is_reached_by_the_keyboard_and_one_without_is_no_link(render):
    bars = [bar(3, 3), bar(3, href="", label="Tuesday")]

    page = render("charts", "time_bars(bars, 'Members', has_moves=True)", bars=bars)

    assert re.findall(r"<a [^>]*>", page) == ['<a href="#a" aria-label="Monday">']
    assert "<title>Tuesday</title>" in page
    assert "tabindex" not in page


def test_nobody_left_is_still_a_bar_that_leads_to_them(render):
    page = render("charts", "time_bars([bar], 'Members', has_moves=True)", bar=bar(0, 0, 5))

    assert page.count("<a ") == 1
    assert rects(page, "time-bars-exited") == [(55.0, 11.0)]


def test_bars_without_moves_are_for_the_mouse(render):
    bars = [{"count": 2, "href": "#a", "label": "Monday"}, {"count": 0, "href": "#b", "label": "T"}]

    page = render("charts", "time_bars(bars, 'Events')", bars=bars)

    assert re.findall(r"<a [^>]*>", page) == ['<a href="#a" tabindex="-1" aria-hidden="true">']
    assert "<title>Monday: 2</title>" in page
    assert 'viewBox="0 0 8 40"' in page


@given(counts=st.lists(COUNTS, min_size=3, max_size=3))
def test_parts_of_a_whole_can_all_be_seen_and_never_overlap(render, counts):
    places = ("first", "both", "second")
    parts = [{"place": p, "count": c} for p, c in zip(places, counts, strict=True)]

    page = render("charts", "split_bar(parts, 'Parts')", parts=parts)

    found = re.findall(r'<rect class="split-(\w+)" x="([\d.]+)" width="([\d.]+)"', page)
    drawn = [(float(x), float(width)) for _place, x, width in found]
    assert [place for place, _x, _width in found] == [p["place"] for p in parts if p["count"]]
    assert all(width >= 5 for _, width in drawn)
    ends = [x + width for x, width in drawn]
    assert all(end <= x for end, (x, _) in zip(ends, drawn[1:], strict=False))
    assert not ends or ends[-1] == pytest.approx(1000, abs=0.1)
