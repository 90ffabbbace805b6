"""The membership API: whom a value identifies, and the audiences they are in."""

import pytest

from app.accounts import services as accounts
from app.accounts.models import Scope
from app.audiences import services
from app.audiences.tree import reading
from app.extensions import db
from app.lake.tables import Lake
from app.schemas import growing
from app.schemas.roles import ColumnRole
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.integration.audiences.making import (
    add_people,
    evaluate,
    make_audience,
    make_events,
    make_people,
)
from tests.integration.people.test_identifiers import identified, make_members
from tests.integration.tracking.sending import make_source

VISITORS = {"all": [{"did": {"event": "visit"}}]}


@pytest.fixture
def key(app):
    return accounts.create_api_key(name="Site", scope=Scope.MEMBERSHIPS_READ, now=NOW)


def ask(app, key, path="userid?identifierValue=ada", scheme="Bearer", **headers):
    given = {"Authorization": f"{scheme} {key}", **headers} if key else headers
    return app.test_client().get(f"/api/v1/memberships/{path}", headers=given)


def names(answer):
    assert answer.status_code == 200
    return [each["name"] for each in answer.json["audiences"]]


def by(app, key, type_name, value):
    return ask(app, key, f"{type_name}?identifierValue={value.replace('+', '%2B')}")


def make_buyers(app, *people):
    make_events(app, *((person, "buy", {}) for person in people))
    return evaluate(make_audience())


def test_a_person_has_their_audiences_with_since_when(app, key):
    audience = make_buyers(app, "ada", "bob")
    evaluate(make_audience(VISITORS, "Visitors"))

    answer = ask(app, key)

    assert answer.json == {
        "identifier": {"type": "userid", "value": "ada", "shared": False},
        "audiences": [
            {"id": audience.public_id, "name": "Buyers", "since": "2026-11-23T12:00:00Z"}
        ],
    }


def test_each_declared_identifier_leads_to_the_audiences(app, key):
    make_members()
    make_buyers(app, "ada")
    devices = make_source("Devices")
    identified(app, ("dev-1", "ada"), ("dev-2", "ada"), ("dev-2", "bob"), source=devices)
    leading = [
        *(("userid", "ada"), ("USERID", "ada"), ("id", "ada"), ("email", "ADA@example.com")),
        *(("number", "1001"), ("coid", "dev-1")),
    ]
    leading_nowhere = [
        *(("userid", "Ada"), ("userid", "ad"), ("email", "nobody@example.com")),
        *(("email", "ädä@example.com"), ("number", "01001"), ("number", "many"), ("number", "²")),
        *(("coid", "dev-2"), ("coid", "dev-9"), ("userid", "' OR 1=1 --")),
    ]

    found = {each: names(by(app, key, *each)) for each in [*leading, *leading_nowhere]}

    assert found == {
        **dict.fromkeys(leading, ["Buyers"]),
        **dict.fromkeys(leading_nowhere, []),
    }


def test_who_left_is_not_in_and_who_came_back_is(app, key):
    audience = make_buyers(app, "ada")
    before = names(ask(app, key))
    for event, expected in (("gone", []), ("buy", ["Buyers"])):
        services.save_audience(
            audience_id=audience.id,
            version=audience.version,
            name="Buyers",
            description="",
            tags=[],
            tree=reading.parsed({"all": [{"did": {"event": event}}]}),
            now=NOW,
        )
        audience = evaluate(audience)
        assert names(ask(app, key)) == expected

    assert before == ["Buyers"]


def test_a_value_that_several_people_share_is_in_no_audience(app, key):
    make_members()
    make_buyers(app, "bob", "eve")

    answer = by(app, key, "email", "bob@example.com")

    assert names(answer) == []
    assert answer.json["identifier"]["shared"] is True


def test_before_there_is_any_audience_everybody_has_none(app, key):
    assert names(ask(app, key)) == []


def test_rows_that_arrive_are_found_at_once(app, key):
    dataflow = make_members()
    make_buyers(app, "new")
    before = names(by(app, key, "number", "2001"))

    add_people(dataflow, "id,email,number\nnew,new@example.com,2001\n")

    assert before == []
    assert names(by(app, key, "number", "2001")) == ["Buyers"]


def test_a_deleted_audience_is_not_named(app, key):
    audience = make_buyers(app, "ada")

    services.delete_audience(audience_id=audience.id)

    assert names(ask(app, key)) == []


def test_a_type_nobody_declared_is_not_found_and_the_types_are_listed(app, key):
    make_members(roles=("email",))

    answer = by(app, key, "number", "1001")

    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["types"] == ["userid", "id", "email", "coid"]
    assert answer.json["code"] == "identifier_type_unknown"


@pytest.mark.parametrize("query", ["", "?identifierValue=", "?identifierValue=%20", "?other=ada"])
def test_a_question_about_nobody_is_refused(app, key, query):
    answer = ask(app, key, f"userid{query}")

    assert (answer.status_code, answer.json["code"]) == (400, "value_missing")


def test_a_value_too_long_to_be_one_is_refused(app, key):
    assert by(app, key, "userid", "x" * 501).json["code"] == "value_too_long"


def test_a_value_that_no_database_takes_is_refused(app, key):
    answer = by(app, key, "userid", "a%00b")

    assert (answer.status_code, answer.json["code"]) == (400, "value_invalid")


@pytest.mark.parametrize("sent", ["", "hw_wrong", "revoked", "scheme"])
def test_without_a_right_key_nothing_is_answered(app, key, sent):
    if sent == "revoked":
        accounts.revoke_api_key(name="Site", now=NOW)
    given = key if sent in {"revoked", "scheme"} else sent

    answer = ask(app, given, scheme="Basic" if sent == "scheme" else "Bearer")

    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.json["code"] == "key_wrong"


def test_a_key_of_another_scope_is_refused(app):
    other = accounts.create_api_key(name="Shop", scope=Scope.STREAM_WRITE, now=NOW)

    answer = ask(app, other, "gone?identifierValue=ada")

    assert (answer.status_code, answer.json["code"]) == (403, "scope_wrong")
    assert "memberships:read" in answer.json["detail"]


def test_an_answer_may_be_kept_by_whoever_asked_and_is_sent_once(app, key):
    make_buyers(app, "ada")

    first = ask(app, key)
    again = ask(app, key, **{"If-None-Match": first.headers["ETag"]})
    other = ask(app, key, "userid?identifierValue=bob", **{"If-None-Match": first.headers["ETag"]})

    for answer in (first, again):
        assert answer.headers["Cache-Control"] == "private, max-age=300"
        assert "Authorization" in answer.headers["Vary"]
        assert answer.headers["ETag"] == first.headers["ETag"]
    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


def test_a_refusal_is_kept_by_nobody(app, key):
    assert by(app, key, "gone", "1").headers["Cache-Control"] == "no-store"


def test_a_column_that_no_file_has_yet_identifies_nobody(app, key):
    dataflow = make_people()
    column = growing.add_column(dataflow.schema, "card", ColumnType.TEXT)
    column.role = ColumnRole.FURTHER_IDENTIFIER
    db.session.commit()

    assert names(by(app, key, "card", "1")) == []


def test_files_removed_meanwhile_are_looked_for_anew(app, key, monkeypatch):
    make_buyers(app, "ada")
    assert names(ask(app, key)) == ["Buyers"]
    real, calls = Lake.files_of, []

    def gone_once(self, table):
        calls.append(table)
        return ["/nowhere/gone.parquet"] if len(calls) == 1 else real(self, table)

    monkeypatch.setattr(Lake, "files_of", gone_once)

    assert names(ask(app, key)) == ["Buyers"]
    assert len(calls) == 2
