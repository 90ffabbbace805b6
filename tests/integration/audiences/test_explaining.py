"""The page and the command that say why somebody is in an audience."""

import html
import json
import re

from app import clock
from app.audiences import explanations
from app.tracking import services as tracking
from tests.conftest import NOW
from tests.integration.audiences.making import (
    evaluate,
    make_audience,
    make_events,
    make_outdated,
    make_people,
    member_ids,
)
from tests.integration.people.test_identifiers import identified
from tests.integration.tracking.sending import make_source, track

LINK = re.compile(r'href="([^"]+)"')
SHOE_BUYERS = {
    "all": [
        {
            "did": {
                "event": "buy",
                "where": [{"property": "category", "op": "is", "value": "shoes"}],
                "when": {"last": "30d"},
            }
        },
        {
            "have": {
                "attribute": {"schema": "People", "column": "name"},
                "op": "is",
                "value": "Ada",
            }
        },
    ]
}


def buys(app):
    return make_events(
        app,
        ("1", "buy", {"category": "shoes"}),
        ("2", "buy", {"category": "hats"}),
        ("9", "visit", {}),
    )


def said(page):
    """Return what a page says, without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.text)))


def command(app, *arguments):
    return app.test_cli_runner().invoke(args=["audiences", "explain", *arguments])


def test_the_page_says_what_decides_with_the_events_that_counted(app, pages):
    make_people()
    buys(app)
    audience = evaluate(make_audience(SHOE_BUYERS), clock.now())

    page = pages.get(f"/audiences/{audience.id}/explain?person=1")

    assert page.h1 == ["1 is in"]
    assert "1 time; at least 1 was asked for." in said(page)
    assert "category shoes" in said(page)
    assert "“Ada”; asked: is “Ada”." in said(page)
    assert "If nothing happens, this changes at" in said(page)
    assert "The last evaluation found otherwise" not in said(page)


def test_who_is_out_is_told_what_did_not_count_and_what_would(app, pages):
    make_people()
    buys(app)
    audience = evaluate(make_audience(SHOE_BUYERS))

    page = pages.get(f"/audiences/{audience.id}/explain?person=2")

    assert page.h1 == ["2 is not in"]
    assert "category was “hats”; asked is category is “shoes”" in said(page)
    assert "One “buy” in the last 30 days where category is “shoes” would change it." in said(page)
    assert "“Bob”; asked: is “Ada”." in said(page)


def test_somebody_without_a_row_or_with_a_gone_attribute_is_explained_as_far_as_can_be(app, pages):
    make_people()
    buys(app)
    gone = {"have": {"attribute": {"schema": "Gone", "column": "x"}, "op": "is", "value": "1"}}
    audience = make_outdated({"any": [*SHOE_BUYERS["all"], gone]})

    found = explanations.explain(audience, "9", NOW).explanation

    assert found.is_met is None
    told = [(each.is_met, each.evidence.found, each.problem) for each in found.root.members]
    assert told == [
        (False, "Never; at least 1 was asked for.", ""),
        (False, "No row has this person; asked: is “Ada”.", ""),
        (None, "", "No dataset has x (Gone)."),
    ]
    page = pages.get(f"/audiences/{audience.id}/explain?person=9")
    assert "No dataset has x (Gone)." in said(page)
    assert "no evaluation succeeds" in said(page)
    assert "A condition cannot be asked." in command(app, "Buyers", "9").output


def test_nobody_known_is_said_and_the_form_asks_for_somebody(app, pages):
    buys(app)
    audience = evaluate(make_audience())

    unknown = pages.get(f"/audiences/{audience.id}/explain?person=nobody")
    asking = pages.get(f"/audiences/{audience.id}/explain")

    assert unknown.status == 404
    assert "Nothing is known of “nobody”" in said(unknown)
    assert "Enter the identifier of a person." in said(asking)


def test_what_was_pasted_with_spaces_is_found(app, pages):
    buys(app)
    audience = evaluate(make_audience())

    page = pages.get(f"/audiences/{audience.id}/explain?person=%201%20")

    assert page.h1 == ["1 is in"]


def test_a_difference_from_the_last_evaluation_is_said(app, pages):
    source = buys(app)
    audience = evaluate(make_audience())
    make_events(app, ("9", "buy", {}), source=source)

    page = pages.get(f"/audiences/{audience.id}/explain?person=9")

    assert "they are out; as of now they are in." in said(page)


def test_what_an_anonymous_id_did_counts_for_whom_it_was_identified_as(app):
    source = make_source()
    track(app, source, "buy", userId=None, anonymousId="dev-1")
    tracking.flush_inbox()
    identified(app, ("dev-1", "ada"), source=source)
    audience = make_audience({"all": [{"did": {"event": "buy"}}]})

    found = explanations.explain(audience, "ada", NOW)

    assert found.explanation.is_met is True


def test_everybody_is_explained_as_the_evaluation_finds_them(app):
    make_people()
    source = buys(app)
    track(app, source, "buy", userId=None, anonymousId="dev-1")
    tracking.flush_inbox()
    identified(app, ("dev-1", "3"), source=source)
    named = {"attribute": {"schema": "People", "column": "name"}, "op": "is_not", "value": "Bob"}
    tree = {
        "all": [{"have": named}, {"any": [{"did": {"event": "buy"}}, {"did": {"event": "visit"}}]}]
    }
    audience = evaluate(make_audience(tree), clock.now())

    everybody = ["1", "2", "3", "9", "dev-1"]
    explained = [
        each
        for each in everybody
        if explanations.explain(audience, each, clock.now()).explanation.is_met
    ]

    assert explained == member_ids(audience) == ["1", "3", "9"]


def test_identifiers_are_any_text(app, pages):
    name = "o'hara <b>&?/%27 é"
    make_events(app, (name, "buy", {}))
    audience = evaluate(make_audience())

    assert explanations.explain(audience, name, NOW).explanation.is_met is True
    listed = pages.get(f"/audiences/{audience.id}/members")
    link = next(each for each in re.findall(LINK, listed.text) if "/explain?" in each)
    shown = pages.get(html.unescape(link))
    assert shown.h1 == [f"{name} is in"]


def test_the_profile_leads_to_why(app, pages):
    buys(app)
    audience = evaluate(make_audience())

    page = pages.get("/people/profile?id=1")

    assert f"/audiences/{audience.id}/explain?person=1" in page.text


def test_the_command_answers_people_and_machines(app):
    buys(app)
    audience = evaluate(make_audience())

    told = command(app, "Buyers", "1")
    machine = json.loads(command(app, audience.public_id, "9", "--json").output)

    assert told.exit_code == 0
    assert told.output.startswith("1 is in “Buyers”, as of ")
    assert "[met] Did “buy” (decides)" in told.output
    assert machine["is_member"] is False
    assert machine["last_evaluation"]["is_member"] is False
    assert machine["tree"]["members"][0]["found"] == "Never; at least 1 was asked for."


def test_the_command_names_what_there_is_not(app):
    buys(app)
    evaluate(make_audience())

    assert "There is no audience “None”." in command(app, "None", "1").output
    assert "Nothing is known of nobody" in command(app, "Buyers", "nobody").output
