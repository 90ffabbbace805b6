"""Buttons, tables, pages and fragments that ask again."""

import pytest

from app.confirming import Question

ASKED = Question(title="Delete “A”?", sentence="Sure?", button="Delete")


def test_a_post_button_is_a_form_with_a_token_and_its_values(render):
    page = render("buttons", "post_button('Pause', '/pause', values={'version': 3})")

    assert '<form class="post-button" method="post" action="/pause">' in page
    assert '<input type="hidden" name="csrf_token" value="a-token">' in page
    assert '<input type="hidden" name="version" value="3">' in page


def test_a_question_is_asked_only_where_there_is_one(render):
    assert "data-question" not in render("buttons", "post_button('Pause', '/pause')")
    page = render("buttons", "post_button('Delete', '/delete', confirm=asked)", asked=ASKED)

    assert 'data-title="Delete “A”?" data-question="Sure?"' in page


def test_what_people_typed_is_escaped(render):
    asked = Question(title='"><script>', sentence='"><script>', button="Delete")
    page = render("buttons", "post_button('Delete', '/d', confirm=asked)", asked=asked)

    assert "<script>" not in page


@pytest.mark.parametrize(
    ("number", "links"),
    [(1, ["/rows?page=2"]), (2, ["/rows?page=1", "/rows?page=3"]), (3, ["/rows?page=2"])],
)
def test_pages_lead_to_those_around(render, number, links):
    page = render("tables", "pagination(number, 3, '/rows')", number=number)

    assert [part.split('"')[0] for part in page.split('href="')[1:] if "page=" in part] == links


def test_pages_keep_what_was_searched_for(render):
    page = render("tables", "pagination(1, 2, '/rows?search=a%26b')")

    assert 'href="/rows?search=a%26b&amp;page=2"' in page


def test_a_single_page_has_no_links(render):
    assert render("tables", "pagination(1, 1, '/rows')").strip() == ""


def test_a_sorted_heading_says_how(render):
    assert 'aria-sort="descending"' in render("tables", "sort_header('Rows', '#', 'descending')")
    assert "aria-sort" not in render("tables", "sort_header('Rows', '#')")


def test_a_wide_table_can_be_scrolled_by_keyboard(render):
    page = render("tables", "call table_region('Rows')")

    assert 'role="region" aria-label="Rows" tabindex="0"' in page


def test_a_fragment_asks_again_until_it_is_finished(render):
    assert 'hx-get="/progress"' in render("progress", "call poll('/progress', False)")
    assert "hx-" not in render("progress", "call poll('/progress', True)")


def test_a_fragment_can_be_asked_for_by_hand(render):
    assert '<a href="">Refresh</a>' in render("progress", "call poll('/progress', False)")


@pytest.mark.parametrize("tone", ["neutral", "info", "good", "warn", "bad"])
def test_a_badge_never_speaks_by_colour_alone(render, tone):
    page = render("badges", f"badge('paused', '{tone}')")

    assert "paused" in page
    assert "sprite.svg#" in page


def test_the_rail_marks_where_one_is_and_links_only_what_can_be_reached(render):
    steps = [
        {"number": 1, "title": "One", "href": "#1", "state": "done", "label": "done"},
        {"number": 2, "title": "Two", "href": "#2", "state": "current", "label": "this step"},
        {"number": 3, "title": "Three", "href": None, "state": "todo", "label": "not yet"},
    ]

    page = render("steps", "step_rail(steps)", steps=steps)

    assert page.count("<a ") == 1
    assert page.count('aria-current="step"') == 1
    assert 'href="#1"' in render("steps", "step_actions(steps)", steps=steps)


def test_an_unknown_kind_of_message_is_still_shown(render):
    page = render("notices", "flashes([('message', 'Sign in to see this page.')])")

    assert "notice-info" in page
    assert "Sign in to see this page." in page


def test_nothing_missing_shows_no_checklist(render):
    assert render("checklist", "checklist([])").strip() == ""
