"""Making a list on a page, choosing its column, changing it; what is wrong is said at its field."""

import io

from app.audiences import queries
from app.audiences.lists.models import ListIntake
from app.extensions import db
from tests.conftest import PASSWORD
from tests.integration.audiences.listing import make_list
from tests.integration.audiences.making import make_audience, make_people, member_ids
from tests.integration.people.test_identifiers import make_members
from tests.pages import Pages

PEOPLE = "id,name\n1,Ada\n2,Bob\n3,Eve\n007,Ivy\n"


def upload(content, name="guests.csv"):
    return io.BytesIO(content.encode() if isinstance(content, str) else content), name


def send(pages, **values):
    """Send the form of a new list."""
    return pages.post("/audiences/new-list", **{"name": "Guests", "identifier": "", **values})


def guests():
    return member_ids(queries.find_named("Guests"))


def test_pasted_identifiers_make_a_list_and_the_page_says_what_became_of_them(pages):
    make_people(PEOPLE)

    page = send(pages, pasted="1, 2;007\n99\t<b>\n\n")

    assert page.h1 == ["Guests"]
    assert guests() == ["1", "2", "007"]
    assert "3 people taken, 2 unknown (99, &lt;b&gt;), 0 ambiguous." in page.text
    assert "People of a list that was pasted, taken in on" in page.text
    assert "/refresh" not in page.text
    assert "New list" in pages.get("/audiences").text


def test_a_file_of_several_columns_asks_for_one_with_the_likeliest_chosen(pages):
    make_people(PEOPLE)

    asked = send(pages, file=upload("no,customer\nx,1\ny,2\n"))
    again = pages.get(asked.path)
    done = pages.send(again, "/column")

    assert asked.h1 == ["Choose the column"]
    assert "customer: 1, 2 (2 of the first 2 are known)" in asked.text
    assert 'checked id="column-1"' in asked.text
    assert "People of a list from guests.csv, taken in on" in done.text
    assert guests() == ["1", "2"]
    assert pages.get(asked.path).h1 == ["Guests"]


def test_a_further_identifier_may_be_chosen(pages):
    make_members()

    page = send(pages, pasted="ADA@example.com, bob@example.com", identifier="email")

    assert guests() == ["ada"]
    assert "1 person taken, 0 unknown, 1 ambiguous (bob@example.com)." in page.text


def test_what_cannot_be_a_list_is_said_at_its_field(pages):
    make_audience(name="Taken")
    said = {
        "Choose a file or paste identifiers": {},
        "not both": {"pasted": "1", "file": upload("1\n")},
        "empty": {"file": upload("")},
        "not text": {"file": upload(bytes(range(256)) * 40)},
        "Another audience has this name": {"pasted": "1", "name": "Taken"},
        "Name the audience": {"pasted": "1", "name": " "},
        "Not a valid choice": {"pasted": "1", "identifier": "passport"},
    }

    found = {words: send(pages, **values) for words, values in said.items()}

    assert {page.status for page in found.values()} == {422}
    assert [words for words, page in found.items() if words not in page.text] == []
    assert db.session.query(ListIntake).count() == 0
    assert send(pages, pasted=" , ;").status == 422


def test_a_list_is_changed_and_called_otherwise(pages):
    make_people(PEOPLE)
    audience = make_list("1\n2\n").audience

    form = pages.get(f"/audiences/{audience.id}/edit")
    removed = pages.post(f"{form.path}/people", action="remove", pasted="1", identifier="")
    empty = pages.send(form, "/list/people")
    named = pages.send(pages.get(form.path), f"/{audience.id}/list", name="Friends")
    old = pages.send(form, f"/{audience.id}/list", name="Foes")

    assert form.h1 == ["Edit list"]
    assert "1 person taken" in removed.text
    assert (empty.status, "Choose a file or paste" in empty.text) == (422, True)
    assert named.h1 == ["Friends"]
    assert (old.status, "changed in another tab" in old.text) == (422, True)
    assert member_ids(queries.find_named("Friends")) == ["2"]


def test_a_name_that_is_taken_is_said_when_a_list_is_called_otherwise(pages):
    make_people(PEOPLE)
    make_audience(name="Taken")
    audience = make_list("1\n").audience

    page = pages.send(pages.get(f"/audiences/{audience.id}/list"), "/list", name="Taken")

    assert (page.status, "Another audience has this name" in page.text) == (422, True)


def test_only_lists_have_these_pages(pages):
    audience = make_audience()

    assert pages.get(f"/audiences/{audience.id}/list").status == 404
    assert pages.post(f"/audiences/{audience.id}/list/people").status == 404
    assert pages.get("/audiences/lists/77/column").status == 404


def test_a_list_that_was_made_and_never_filled_has_its_page(pages):
    make_people(PEOPLE)
    send(pages, file=upload("no,customer\nx,1\n"))

    page = pages.get(f"/audiences/{queries.find_named('Guests').id}")

    assert "A column is to be chosen" in page.text
    assert page.status == 200


def test_a_list_is_explained_and_split_and_deleted(pages):
    make_people(PEOPLE)
    audience = make_list("1\n").audience

    why = pages.get(f"/audiences/{audience.id}/explain?person=1")
    split = pages.get(f"/audiences/{audience.id}/split")
    gone = pages.post(f"/audiences/{audience.id}/delete", confirmed="yes")

    assert "They are on the list since" in why.text
    assert split.status == 200
    assert "is deleted" in gone.text
    assert db.session.query(ListIntake).count() == 0


def test_who_may_only_look_makes_no_list(app, viewer):
    looking = Pages(app, "viewer@example.com", PASSWORD)

    assert looking.get("/audiences/new-list").status == 403
    assert send(looking, pasted="1").status == 403
