"""Versions of audiences: what is kept, shown, compared and restored."""

import re

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select

from app.audiences import services
from app.audiences.models import AudienceVersion
from app.audiences.tree import reading
from app.audiences.versions import queries
from app.extensions import db
from tests.conftest import NOW
from tests.integration.audiences.making import (
    BUYERS,
    fresh,
    make_audience,
    make_outdated,
)

VISITORS = {"all": [{"did": {"event": "buy"}}, {"did": {"event": "visit"}}]}
GONE = {
    "all": [{"have": {"attribute": {"schema": "Gone", "column": "x"}, "op": "is", "value": "1"}}]
}


def save(audience, raw=VISITORS, **changes):
    """Save an audience as an editor does."""
    audience = fresh(audience)
    given = {
        "name": audience.name,
        "description": "",
        "tags": [],
        "tree": reading.parsed(raw),
        "zone": audience.zone,
        "by": "ada@example.com",
        **changes,
    }
    return services.save_audience(
        audience_id=audience.id, version=audience.version, now=NOW, **given
    )


def kept(audience):
    """Return the number, name, zone and editor of each version, the oldest first."""
    rows = db.session.scalars(
        select(AudienceVersion)
        .where(AudienceVersion.audience_id == audience.id)
        .order_by(AudienceVersion.number)
    )
    return [(row.number, row.name, row.zone, row.saved_by) for row in rows]


def lines(text):
    """Return the marked lines of the outlines of a page: sign and text."""
    found = re.findall(
        r'outline-sign" aria-hidden="true">(.?)</span>.*?outline-text">(.*?)</span></li>', text
    )
    return [(sign, re.sub(r"\s*<[^>]+>", " ", said).strip()) for sign, said in found]


def test_each_save_that_changes_conditions_or_zone_keeps_a_version(app):
    audience = make_audience()

    save(audience, BUYERS, name="Shoppers")
    save(audience, VISITORS)
    save(audience, VISITORS, description="The same")
    save(audience, VISITORS, zone="Europe/Oslo")

    assert kept(audience) == [
        (1, "Buyers", "UTC", ""),
        (3, "Shoppers", "UTC", "ada@example.com"),
        (5, "Shoppers", "Europe/Oslo", "ada@example.com"),
    ]


def test_versions_go_with_their_audience(app):
    audience = make_audience()
    save(audience)

    services.delete_audience(audience_id=audience.id)

    assert db.session.scalar(select(func.count()).select_from(AudienceVersion)) == 0


def test_an_audience_from_before_versions_has_its_present_tree_as_one(app):
    db.drop_all()
    upgrade()
    audience = save(make_audience())
    db.session.remove()

    downgrade(revision="0021")
    upgrade()

    found = fresh(audience)
    assert kept(found) == [(2, "Buyers", "UTC", "")]
    assert queries.find_version(found, 2).tree == found.tree
    assert queries.list_versions(found, 1).rows[0].version.saved_at == NOW


def test_the_page_says_who_changed_what_by_sign_and_word(app, pages):
    audience = save(make_audience())

    page = pages.get(f"/audiences/{audience.id}/versions")

    assert page.text.index("Version 2") < page.text.index("Version 1</h2>")
    assert "by ada@example.com" in page.text
    assert "People who did “buy” and did “visit”." in page.text
    assert lines(page.text) == [
        ("", "All of these:"),
        ("", "Did “buy”"),
        ("+", "Did “visit” added"),
        ("", "Days are those of UTC."),
        ("", "All of these:"),
        ("", "Did “buy”"),
        ("", "Days are those of UTC."),
    ]
    assert f'/audiences/{audience.id}/versions"' in pages.get(f"/audiences/{audience.id}").text


def test_any_two_versions_are_compared_in_either_direction(app, pages):
    audience = save(save(make_audience()), zone="Asia/Tokyo")
    address = f"/audiences/{audience.id}/versions"

    back = pages.get(f"{address}?one=3&other=1")
    same = pages.get(f"{address}?one=2&other=2")
    unknown = pages.get(f"{address}?one=x&other=9")

    assert lines(back.text)[:5] == [
        ("", "All of these:"),
        ("", "Did “buy”"),
        ("−", "Did “visit” removed"),
        ("−", "Days are those of Asia/Tokyo. removed"),
        ("+", "Days are those of UTC. added"),
    ]
    assert ": the same" in same.text
    assert "From version 1, " not in unknown.text


def test_many_versions_are_on_pages_each_against_the_one_before(app, pages):
    audience = make_audience()
    for number in range(1, 23):
        save(audience, {"all": [{"did": {"event": f"e{number}"}}]})

    last = pages.get(f"/audiences/{audience.id}/versions?page=2")

    assert lines(last.text)[:3] == [
        ("", "All of these:"),
        ("−", "Did “e1” removed"),
        ("+", "Did “e2” added"),
    ]
    assert last.text.count('<section class="version"') == 3


def test_restoring_asks_and_then_saves_the_old_conditions_as_a_new_version(app, pages):
    audience = save(make_audience(), zone="Europe/Oslo", name="Visitors", description="Kept")
    address = f"/audiences/{audience.id}/versions/1/restore"

    asked = pages.post(address, seen=2)
    before = fresh(audience).version
    pages.post(address, seen=2, confirmed="yes")

    found = fresh(audience)
    assert "Restore version 1 of “Visitors”?" in asked.text
    assert before == 2
    assert (found.version, found.name, found.description, found.zone) == (
        *(3, "Visitors", "Kept", "UTC"),
    )
    assert reading.parsed(found.tree) == reading.parsed(BUYERS)
    assert [row[0] for row in kept(found)] == [1, 2, 3]
    assert kept(found)[2][3] != ""


def test_what_was_changed_since_the_page_was_seen_is_not_restored_over(app, pages):
    audience = save(save(make_audience()), zone="Europe/Oslo")

    answer = pages.post(f"/audiences/{audience.id}/versions/1/restore", seen=2, confirmed="yes")

    assert "was changed meanwhile" in answer.text
    assert fresh(audience).version == 3


def test_a_version_that_asks_for_what_is_gone_is_refused_with_why(app, pages):
    audience = make_outdated(GONE)
    version = queries.find_version(audience, 1)
    version.tree = GONE
    db.session.commit()
    audience = save(audience)

    answer = pages.post(f"/audiences/{audience.id}/versions/1/restore", seen=2, confirmed="yes")

    assert "Version 1 cannot be restored. No dataset has x (Gone)." in answer.text
    assert fresh(audience).version == 2


def test_an_audience_deleted_since_is_said_as_such(app, pages):
    other = make_audience(name="Other")
    audience = make_audience({"all": [{"in": "Other"}]})
    save(audience)
    db.session.delete(other)
    db.session.commit()

    page = pages.get(f"/audiences/{audience.id}/versions")
    answer = pages.post(f"/audiences/{audience.id}/versions/1/restore", seen=2, confirmed="yes")

    assert f"a deleted audience, {other.public_id[:8]}…" in page.text
    assert "Version 1 cannot be restored. There is no audience" in answer.text


@pytest.mark.parametrize("number", [0, 9])
def test_a_version_that_never_was_is_not_found(app, pages, number):
    audience = make_audience()

    answer = pages.post(f"/audiences/{audience.id}/versions/{number}/restore")

    assert answer.status == 404
