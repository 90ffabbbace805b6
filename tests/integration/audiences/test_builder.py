"""The builder without a script: every button, every kind of condition, what is said and kept."""

import json
import re
from urllib.parse import quote

import pytest

from app.audiences import queries
from app.audiences.builder.opening import from_raw
from app.audiences.builder.raw import to_raw
from app.audiences.tree import reading
from app.demo.visiting import forms_of
from tests.integration.audiences.making import make_audience, make_events, make_people

NEW = "/audiences/new"
PEOPLE = "id,name,points,born,agreed\n1,Ada,3,1990-01-02,yes\n2,Bob,5,2000-01-02,no\n3,Ada,,,yes\n"
EVERYTHING = {
    "any": [
        {
            "did": {
                "event": "buy",
                "where": [
                    {"property": "category", "op": "is_one_of", "value": ["Books", "Films"]},
                    {"property": "amount", "op": "between", "value": ["1", "2"]},
                    {
                        "property": "who",
                        "op": "is",
                        "attribute": {"schema": "People", "column": "name"},
                    },
                ],
                "times": {"op": "at_most", "n": 3, "of": {"property": "sku"}},
                "when": {"since": {"event": "visit", "which": "first"}, "within": "7d"},
            }
        },
        {"did_not": {"event": "buy", "which": 3, "when": {"from": "2026-01-01T18:00"}}},
        {
            "did": {
                "event": "visit",
                "when": {"last": "60d", "before": "2w"},
                "then": [
                    {"did": {"event": "basket", "after": "1h", "without": [{"event": "buy"}]}},
                    {"did_not": {"event": "return", "within": "1d"}},
                ],
            }
        },
        {"none": [{"split": {"name": "test", "from": 0, "to": 12.5}}]},
        {
            "have": {
                "aggregate": {"function": "top", "event": "*", "property": "category"},
                "op": "is_not_empty",
            }
        },
        {
            "have": {
                "attribute": {"schema": "People", "column": "points"},
                "op": "at_least",
                "value": "1",
            }
        },
    ]
}


def tree_of(page):
    """Return the tree that the JSON beside the form shows."""
    return reading.parsed(json.loads(values(page)["json"]))


def values(page):
    return next(
        form for form in forms_of(page.text) if form.action.endswith(("/new", "/edit"))
    ).values


def linked(raw):
    return f"{NEW}?tree={quote(json.dumps(raw))}"


def press(pages, page, command, **changes):
    return pages.send(page, NEW, do=command, **changes)


def test_a_link_opens_a_tree_and_every_button_keeps_all_of_it(app, pages):
    make_people(PEOPLE)
    tree = reading.parsed(EVERYTHING)
    page = pages.get(linked(EVERYTHING))

    assert tree_of(page) == tree
    for command in ("update", "count", "sql", "json", "nothing", "up n.0", "remove n.99"):
        page = press(pages, page, command)
        assert page.status == 200
        assert tree_of(page) == tree, command


def test_every_button_of_a_page_is_answered_and_leaves_a_page_that_is_well_made(pages):
    make_people(PEOPLE)
    page = pages.get(linked(EVERYTHING))
    commands = re.findall(r'name="do" value="([^"]+)"', page.text)

    answers = {command: press(pages, page, command).status for command in set(commands)}

    verbs = {command.split(" ")[0] for command in commands}
    assert verbs >= {
        "add",
        "remove",
        "copy",
        "up",
        "down",
        "more",
        "show",
        "hide",
        "above",
        "below",
    }
    assert set(answers.values()) == {200}


def test_a_condition_is_moved_out_and_duplicated_and_looked_at_afterwards(pages):
    raw = {"all": [{"any": [{"did": {"event": "buy"}}, {"did": {"event": "visit"}}]}]}
    page = press(pages, pages.get(linked(raw)), "out n.0.1")

    assert re.search(r'id="at-n\.1"[^>]*autofocus', page.text)
    page = press(pages, page, "copy n.1")
    assert re.search(r'id="n\.2:event"[^>]*autofocus', page.text)
    assert [values(page)[f"{path}:event"] for path in ("n.0.0", "n.1", "n.2")] == [
        *("buy", "visit", "visit")
    ]


def test_what_depends_on_a_choice_is_asked_after_an_update_and_nothing_is_lost(pages):
    page = pages.get(NEW)
    chosen = {"n.0:event": "buy", "n.0:times": "many", "n.0:when": "last"}
    page = press(pages, page, "update", **chosen)
    page = press(pages, page, "update", **{"n.0:last": "a while", "n.0:when": "dates"})

    assert 'name="n.0:from"' in page.text
    kept = values(page)
    assert (kept["n.0:last"], kept["n.0:times"]) == ("a while", "many")
    page = press(pages, page, "update", **{"n.0:when": "last"})
    assert values(page)["n.0:last"] == "a while"
    assert "<noscript>" in page.text


def test_operators_are_those_of_the_type(pages):
    make_people(PEOPLE)
    page = press(pages, pages.get(NEW), "add attribute n")

    def offered(column):
        chosen = {"n.1:attribute": json.dumps(["People", column])}
        text = press(pages, page, "update", **chosen).text
        select = text.split('id="n.1:op"', 1)[1].split("</select>", 1)[0]
        return set(re.findall(r'value="([^"]*)"', select))

    assert {"before", "in_the_last"} <= offered("born")
    assert offered("agreed") == {"is", "is_not", "is_empty", "is_not_empty"}
    assert "contains" in offered("name")
    assert "contains" not in offered("points")


def test_a_filter_offers_every_operator_under_headings(pages):
    page = press(pages, pages.get(NEW), "more where n.0")

    select = page.text.split('id="n.0:where.0:op"', 1)[1].split("</select>", 1)[0]
    headings = ["Text", "Lists", "Numbers", "Dates", "There or missing"]
    assert re.findall(r'<optgroup label="([^"]*)"', select) == headings


def test_what_is_wrong_is_said_beside_each_condition_and_linked_to(pages):
    make_people(PEOPLE)
    page = press(pages, pages.get(NEW), "add attribute n")
    chosen = {"n.1:attribute": '["People", "points"]', "n.1:value": "many"}

    page = pages.send(page, NEW, name="Nobody", **chosen)

    assert page.status == 422
    assert '<a href="#at-n.0">Choose what was done.</a>' in page.text
    assert '<a href="#at-n.1">“many” is no number.</a>' in page.text
    assert re.search(r'id="at-n\.1"[^>]*aria-describedby="at-n\.1-problem"', page.text)
    assert values(page)["n.1:value"] == "many"
    mended = press(pages, page, "update", **{"n.1:value": "3"})
    assert "is no number" not in mended.text
    assert "Choose what was done." in mended.text


def test_an_audience_is_chosen_from_the_others_and_never_itself(pages):
    other = make_audience(name="Others")
    own = make_audience({"all": [{"in": other.public_id}]}, name="Own")
    page = pages.get(f"/audiences/{own.id}/edit")
    select = page.text.split('id="n.0:audience"', 1)[1].split("</select>", 1)[0]

    assert "Others" in select
    assert "Own" not in select
    assert "are in “Others”" in page.text
    refused = pages.send(page, "/edit", **{"n.0:audience": own.public_id})
    assert "cannot ask for itself: “Own” &gt; “Own”." in refused.text
    round_about = pages.get(f"/audiences/{other.id}/edit")
    round_about = pages.send(round_about, "/edit", do="add in n")
    refused = pages.send(round_about, "/edit", **{"n.1:audience": own.public_id})
    assert refused.status == 422
    assert "“Others” &gt; “Own” &gt; “Others”." in refused.text


def test_a_time_zone_is_kept_and_said(pages):
    raw = {"all": [{"did": {"event": "buy", "when": {"calendar": "today"}}}]}
    page = pages.send(pages.get(linked(raw)), NEW, name="Today", zone="Europe/Oslo")
    audience = queries.list_audiences().items[0]
    edited = pages.get(f"/audiences/{audience.id}/edit")
    moved = pages.send(edited, "/edit", zone="Asia/Tokyo")
    refused = pages.send(edited, "/edit", zone="Mars/Base")

    assert "Days are those of Asia/Tokyo." in moved.text
    assert "Days are those of Europe/Oslo." in page.text
    assert values(edited)["zone"] == "Europe/Oslo"
    assert refused.status == 422


def test_json_takes_the_place_of_the_form_or_says_what_is_wrong(pages):
    page = pages.get(NEW)
    used = press(pages, page, "json", json=json.dumps(EVERYTHING))
    broken = press(pages, used, "json", json="{")
    wrong = press(pages, used, "json", json='{"all": [{"did": {"event": ""}}]}')

    assert tree_of(used) == reading.parsed(EVERYTHING)
    assert "This is no JSON" in broken.text
    assert values(broken)["json"] == "{"
    assert "n.0: Choose what was done." in wrong.text
    assert values(wrong)["n.0:event"] == "buy"


@pytest.mark.parametrize("given", ["{", "[]", '{"all": []}', "[" * 7_000, "x" * 9_000])
def test_a_link_with_no_tree_is_refused_and_leaves_a_new_audience(pages, given):
    page = pages.get(f"{NEW}?tree={quote(given)}")

    assert page.status == 422
    assert 'id="json-problem"' in page.text
    assert 'name="n.0:event"' in page.text


def test_each_starting_point_can_be_saved_as_it_is(pages):
    make_people("id,newsletter\n1,yes\n2,no\n")
    slugs = re.findall(r"/audiences/new\?from=([a-z-]+)", pages.get(NEW).text)

    for slug in slugs:
        page = pages.get(f"{NEW}?from={slug}")
        assert pages.send(page, NEW, name=slug).h1 == [slug]
    assert len(slugs) == 7
    assert pages.get(f"{NEW}?from=nothing").status == 404


def test_a_newsletter_is_left_to_choose_where_no_column_says_so(pages):
    page = pages.get(f"{NEW}?from=newsletter-but-never-bought")

    assert "People who did “…” and did not “buy”" in page.text
    assert pages.send(page, NEW, name="News").status == 422


def test_hostile_forms_change_nothing(pages):
    make_audience()
    many = {f"n.{place}:kind": "did" for place in range(5_000)}
    forms = [
        many,
        {f"n{'.0' * depth}:kind": "all" for depth in range(300)},
        {"n:kind": "shout", "n.0:kind": "shout"},
        {"n:kind": "did"},
        {"n:kind": "all", "n.0:kind": "did", "n.0:event": "buy", "n.0:times": "9" * 400},
    ]

    for fields in forms:
        assert pages.post(NEW, name="Hostile", zone="UTC", **fields).status == 422
        assert pages.post(NEW, do="add did n.99999", **fields).status == 200
        assert pages.post("/audiences/preview", **fields).status == 200
        assert pages.post("/audiences/sentence", **fields).status == 200
    assert queries.list_audiences().total == 1


def test_the_sentence_is_answered_while_something_is_still_open(pages):
    fields = {"n:kind": "any", "n.0:kind": "did", "n.0:event": "buy", "n.1:kind": "attribute"}

    answer = pages.post("/audiences/sentence", **fields)

    assert "People who did “buy” or did “…”." in answer.text


def test_the_form_of_a_saved_audience_is_its_tree(pages):
    make_people(PEOPLE)
    tree = reading.parsed(EVERYTHING)
    audience = make_audience(EVERYTHING)

    assert tree_of(pages.get(f"/audiences/{audience.id}/edit")) == tree
    assert reading.parsed(to_raw(from_raw(audience.tree))) == tree


def test_counting_hears_the_time_zone_and_what_cannot_be_asked(app, pages):
    make_events(app, ("1", "buy", {"value": 5}))
    fields = {"n:kind": "all", "n.0:kind": "in", "n.0:audience": "none"}

    assert "There is no audience “none”." in pages.post("/audiences/preview", **fields).text
