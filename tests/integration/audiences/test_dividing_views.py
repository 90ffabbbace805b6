"""Audiences are split by chance, put in order, and made of what two have in common."""

import hashlib
import re

from app.audiences import queries
from app.audiences.models import Audience
from app.extensions import db
from tests.conftest import PASSWORD
from tests.integration.audiences.listing import make_list
from tests.integration.audiences.making import evaluate, make_audience, make_people, member_ids
from tests.pages import Pages

NUMBERS = [str(number) for number in range(1, 201)]


def make_many():
    """Return an audience of two hundred people."""
    make_people("id,name\n" + "".join(f"{each},n\n" for each in NUMBERS))
    nobody = {"none": [{"did": {"event": "buy"}}]}
    return evaluate(make_audience({"all": [nobody]}, "All"))


def place(person, division):
    """Return on which per cent of a division somebody falls, by the definition in the docs."""
    digest = hashlib.md5(f"{person}\n{division}".encode(), usedforsecurity=False).hexdigest()
    return 100 * int(digest, 16) / 16**32


def of(name):
    """Return who is in an audience by its name, once evaluated."""
    audience = evaluate(queries.find_named(name))
    assert audience.failure is None
    return {*member_ids(audience)} if audience.member_count <= 50 else _all(audience)


def _all(audience):
    pages = -(-audience.member_count // 50)
    return {
        row["person_id"]
        for number in range(1, pages + 1)
        for row in queries.list_members(audience, search="", number=number).rows
    }


def counted(page):
    rows = re.findall(
        r'<th scope="row" class="cell">([^<]*)</th><td class="number">(\d+)', page.text
    )
    return {name: int(number) for name, number in rows}


def names():
    return sorted(db.session.scalars(db.select(Audience.name)))


def test_an_audience_is_split_into_parts_that_share_nobody(pages):
    audience = make_many()
    form = pages.get(f"/audiences/{audience.id}/split")

    preview = pages.send(form, "/split", do="count")
    made_before = names()
    done = pages.send(form, "/split", do="make")

    parts = {name: of(f"All: {name}") for name in ("A", "B", "holdout")}
    bounds = {"A": (0, 45), "B": (45, 90), "holdout": (90, 100)}
    assert parts == {
        name: {each for each in NUMBERS if low <= place(each, "All") < high}
        for name, (low, high) in bounds.items()
    }
    assert counted(preview) == {f"All: {name}": len(found) for name, found in parts.items()}
    assert made_before == ["All"]
    assert "3 audiences are saved" in done.text


def test_what_is_left_over_is_said_and_a_part_may_be_added(pages):
    audience = make_many()
    form = pages.get(f"/audiences/{audience.id}/split")

    more = pages.send(form, "/split", do="more")
    preview = pages.send(more, "/split", **{"do": "count", "parts-2-share": "2.5"})

    assert [page.text.count('name="parts-') for page in (form, more)] == [6, 8]
    assert "7.5 % are in no part." in preview.text


def test_parts_that_cannot_be_are_said_and_none_is_made(pages):
    audience = make_many()
    make_audience(name="All: B")
    form = pages.get(f"/audiences/{audience.id}/split")

    many = pages.send(form, "/split", **{"do": "make", "parts-0-share": "90"})
    taken = pages.send(form, "/split", do="make")

    assert (many.status, "more than 100 %" in many.text) == (422, True)
    assert (taken.status, "There is an audience “All: B” already" in taken.text) == (422, True)
    assert names() == ["All", "All: B"]


def test_audiences_in_order_share_nobody(pages):
    make_people("id,name\n" + "".join(f"{each},n\n" for each in "123456"))
    made = {
        name: make_list("\n".join(people) + "\n", name=name).audience.public_id
        for name, people in {"Gold": "123", "Silver": "2345", "Bronze": "13456"}.items()
    }
    form = pages.get("/audiences/priorities")
    chosen = {
        "ids": [*made.values()],
        **{made[name]: str(at) for at, name in enumerate(("Gold", "Silver", "Bronze"), 1)},
    }

    preview = pages.send(form, "/priorities", do="count", **chosen)
    done = pages.send(preview, "/priorities", do="make", ids=[*made.values()])

    own = {1: {"1", "2", "3"}, 2: {"4", "5"}, 3: {"6"}}
    titles = {1: "Gold", 2: "Silver", 3: "Bronze"}
    assert counted(preview) == {
        f"{titles[at]} (priority {at})": len(people) for at, people in own.items()
    }
    assert "3 audiences are saved" in done.text
    assert {at: of(f"{titles[at]} (priority {at})") for at in own} == own


def test_an_order_that_is_none_is_said(pages):
    empty = pages.get("/audiences/priorities")
    one, other = make_audience(name="One").public_id, make_audience(name="Other").public_id
    form = pages.get("/audiences/priorities")

    alone = pages.send(form, "/priorities", **{"ids": [one], one: "1"})
    same = pages.send(form, "/priorities", **{"ids": [one, other], one: "1", other: "1"})
    without = pages.send(form, "/priorities", **{"ids": [one, other], one: "1"})

    assert "Nothing to put in order yet" in empty.text
    assert "Choose two to 20 audiences" in alone.text
    assert "share a position" in same.text
    assert "Give “Other” a position" in without.text
    assert {page.status for page in (alone, same, without)} == {422}
    assert names() == ["One", "Other"]


def test_each_part_of_an_overlap_is_saved_by_one_button(pages):
    make_people("id,name\n1,n\n2,n\n3,n\n4,n\n")
    one = make_list("1\n2\n3\n", name="Buyers").audience.public_id
    other = make_list("3\n4\n", name="Visitors").audience.public_id
    address = f"/audiences/overlap/both?one={one}&other={other}&part="

    saved = [
        pages.send(pages.get(address + part), "/overlap/save")
        for part in ("first", "both", "second", "both")
    ]

    named = {
        "Buyers without Visitors": {"1", "2"},
        "Buyers and Visitors": {"3"},
        "Visitors without Buyers": {"4"},
        "Buyers and Visitors 2": {"3"},
    }
    assert [page.h1 for page in saved] == [[name] for name in named]
    assert {name: of(name) for name in named} == named


def test_an_overlap_that_is_none_is_not_saved(pages):
    one = make_audience(name="One").public_id

    assert pages.post("/audiences/overlap/save", one=one, other=one).status == 404
    assert pages.post("/audiences/overlap/save", one=one, other="gone").status == 404


def test_who_may_only_look_divides_nothing(app, viewer):
    looking, audience = Pages(app, "viewer@example.com", PASSWORD), make_audience()

    for path in (f"/audiences/{audience.id}/split", "/audiences/priorities"):
        assert (looking.get(path).status, looking.post(path).status) == (403, 403)
    assert looking.post("/audiences/overlap/save").status == 403
