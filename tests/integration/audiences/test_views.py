"""The Audience Builder as a person meets it, with no script: fields, buttons, counts, refusals."""

import pytest

from app.audiences import queries
from app.queue import JobName
from tests.conftest import PASSWORD
from tests.integration.audiences.making import (
    evaluate,
    make_audience,
    make_events,
    make_people,
)
from tests.pages import Pages


def events(app):
    make_events(app, ("1", "buy", {"value": 50, "category": "Books"}), ("2", "visit", {}))


def test_an_audience_is_built_button_by_button(app, pages):
    make_people()
    events(app)
    page = pages.get("/audiences/new")

    page = pages.send(
        page, "/audiences/new", name="Readers", do="more where n.0", **{"n.0:event": "buy"}
    )
    changes = {"n.0:where.0:property": "category", "n.0:where.0:value": "Books"}
    page = pages.send(page, "/audiences/new", do="add attribute n", **changes)
    chosen = {"n.1:attribute": '["People", "name"]', "n.1:value": "Ada"}
    page = pages.send(page, "/audiences/new", do="count", **chosen)
    counted = page.text
    page = pages.send(page, "/audiences/new", tags="shop, shop, books")

    audience = queries.list_audiences().items[0]
    assert "of 3 people" in counted
    assert page.h1 == ["Readers"]
    assert audience.tags == ["shop", "books"]
    assert "did “buy” where category is “Books” and have name (People) is “Ada”" in page.text
    assert evaluate(audience).member_count == 1


def test_what_is_missing_is_said_at_its_condition(pages):
    page = pages.send(pages.get("/audiences/new"), "/audiences/new", name="Nobody")

    assert page.status == 422
    assert "Choose what was done." in page.text
    assert queries.list_audiences().items == []


@pytest.mark.parametrize("name", ["", "x" * 121, "Buyers"])
def test_an_audience_needs_a_name_of_its_own(pages, name):
    make_audience()

    page = pages.send(
        pages.get("/audiences/new"), "/audiences/new", name=name, **{"n.0:event": "buy"}
    )

    assert page.status == 422
    assert queries.list_audiences().total == 1


def test_an_audience_is_edited(app, pages):
    events(app)
    audience = make_audience()

    page = pages.get(f"/audiences/{audience.id}/edit")
    page = pages.send(page, "/edit", **{"n.0:kind": "did_not"})

    assert "did not “buy”" in page.text


def test_a_second_tab_is_told(pages):
    audience = make_audience()
    old = pages.get(f"/audiences/{audience.id}/edit")
    pages.send(old, "/edit", name="First")

    page = pages.send(old, "/edit", name="Second")

    assert page.status == 422
    assert "changed in another tab" in page.text


def test_the_count_is_answered_while_editing(app, pages):
    events(app)
    fields = {"n:kind": "all", "n.0:kind": "did", "n.0:event": "buy", "n.0:times": "1"}

    counted = pages.post("/audiences/preview", **fields)
    unfinished = pages.post("/audiences/preview", **{**fields, "n.0:event": ""})
    unfit = pages.post(
        "/audiences/preview",
        **{"n:kind": "all", "n.0:kind": "attribute", "n.0:attribute": '["No", "where"]'},
        **{"n.0:op": "is", "n.0:value": "1"},
    )

    assert '<p class="preview-number">1</p>' in counted.text
    assert "Fill in the conditions" in unfinished.text
    assert "No dataset has where (No)." in unfit.text


def test_members_are_listed_searched_and_lead_to_people(app, pages):
    events(app)
    audience = evaluate(make_audience())

    page = pages.get(f"/audiences/{audience.id}")
    found = pages.get(f"/audiences/{audience.id}/members?search=1")
    none = pages.get(f"/audiences/{audience.id}/members?search=x'")
    person = pages.get("/people/profile?id=1")

    assert "Members" in page.text
    assert "/people/profile?id=1" in found.text
    assert "Nobody" in none.text
    assert "Buyers" in person.text


def test_an_audience_is_deleted_once_it_is_confirmed(app, pages):
    audience = evaluate(make_audience())
    page = pages.get(f"/audiences/{audience.id}")

    asked = pages.send(page, "/delete")
    done = pages.send(asked, "/delete")

    assert asked.h1 == ["Delete the audience “Buyers”?"]
    assert done.h1 == ["Audiences"]
    assert queries.list_audiences().items == []


def test_refreshing_finds_the_members_anew(app, pages, queue):
    audience = evaluate(make_audience())
    queue.jobs.clear()

    page = pages.send(pages.get(f"/audiences/{audience.id}"), "/refresh")

    standing = f"/audiences/{audience.id}/standing"
    waiting = pages.client.get(standing)
    evaluate(audience)
    found = pages.client.get(standing)
    assert "Finding the members" in page.text
    assert [name for name, _arguments in queue.jobs].count(JobName.EVALUATE_AUDIENCE) == 1
    assert "HX-Retarget" not in waiting.headers
    assert found.headers["HX-Retarget"] == "#main"


def test_a_viewer_looks_and_builds_nothing(app, viewer):
    audience = evaluate(make_audience())
    looking = Pages(app, viewer.email, PASSWORD)

    assert looking.get("/audiences").status == 200
    assert looking.get(f"/audiences/{audience.id}").status == 200
    assert looking.get("/audiences/new").status == 403
    assert looking.get(f"/audiences/{audience.id}/edit").status == 403


def test_the_list_is_searched(pages):
    make_audience()

    assert "Buyers" in pages.get("/audiences?search=buy").text
    assert "No audience fits" in pages.get("/audiences?search=%25").text
