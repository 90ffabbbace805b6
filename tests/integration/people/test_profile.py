"""A person whole: where attributes are from, the timeline, identities, audiences, consent."""

import json
from datetime import timedelta

import pytest

from app.audiences import queries as audiences
from app.audiences.evaluation import services as evaluation
from app.people import profile as people
from app.people import timeline
from app.tracking import queries, services
from tests.conftest import NOW, PASSWORD
from tests.factories import make_active
from tests.integration.audiences.making import (
    add_people,
    basis_now,
    evaluate,
    make_audience,
    make_people,
    member_ids,
)
from tests.integration.tracking.sending import make_source, send
from tests.pages import Pages

CSV = "id,name,points\n1,Ada,3\n2,Bob,5\n"


def at(days):
    return (NOW - timedelta(days=days)).isoformat()


def tell(app, source, *messages):
    """Send messages of (type, days ago, fields) and have them stored."""
    batch = [{"type": kind, "timestamp": at(days), **fields} for kind, days, fields in messages]
    send(app, source, "/v1/batch", {"batch": batch})
    services.flush_inbox()


def shared(app):
    """Let one device be Ada's, then Bob's; return the source."""
    source = make_source()
    tell(
        app,
        source,
        ("track", 9, {"event": "first", "anonymousId": "a-1"}),
        ("identify", 8, {"userId": "ada", "anonymousId": "a-1", "messageId": "i-1"}),
        ("track", 7, {"event": "second", "anonymousId": "a-1"}),
        ("identify", 6, {"userId": "bob", "anonymousId": "a-1", "messageId": "i-2"}),
        ("track", 5, {"event": "third", "anonymousId": "a-1"}),
    )
    return source


def events_of(person_id):
    return {row["event"] for row in people.find_profile(person_id).timeline.rows}


def decide(person_id, *, is_theirs, when=NOW):
    services.decide_identity(
        anonymous_id="a-1", person_id=person_id, is_theirs=is_theirs, by="owner", now=when
    )


def test_attributes_name_the_run_the_file_and_the_line(app, pages):
    make_people(CSV)

    page = pages.get("/people/profile?id=2")

    assert page.h1 == ["Person 2"]
    assert "Every value is from" in page.text
    assert "line 3 of people.csv" in page.text
    assert "<dd>Bob</dd>" in page.text


def test_values_of_several_runs_each_name_their_own(app, pages):
    dataflow = make_active(CSV)
    add_people(dataflow, CSV)
    add_people(dataflow, "id,name,points\n1,Ada,9\n")
    schema_id = dataflow.schema_id

    page = pages.get("/people/profile?id=1")
    origins = pages.get(f"/people/profile/origins/{schema_id}?id=1")

    assert "Written last by" in page.text
    assert "Every value is from" not in page.text
    told = origins.text.split("<dt>")
    assert "Run 1" in next(each for each in told if each.startswith("name"))
    assert "Run 2" in next(each for each in told if each.startswith("points"))
    assert pages.get(f"/people/profile/origins/{schema_id}?id=77").status == 204


def test_an_identifier_that_only_reads_like_one_of_the_dataset_is_nobody(app, pages):
    make_people(CSV)

    assert pages.get("/people/profile?id=01").status == 404
    assert pages.get("/people/profile?id=1.0").status == 404
    assert pages.get("/people/profile?id=").status == 404


def test_a_timeline_has_days_pages_names_and_a_span(app, pages):
    source = make_source()
    kinds = ["visit" if number % 3 else "buy" for number in range(120)]
    tell(
        app,
        source,
        *(
            ("track", number / 2, {"event": kind, "userId": "1", "messageId": f"m{number}"})
            for number, kind in enumerate(kinds)
        ),
    )

    first = pages.get("/people/profile?id=1")
    buys = pages.get("/people/profile?id=1&event=buy")
    narrowed = pages.get("/people/profile?id=1&since=2026-11-20&until=2026-11-21")
    beyond = pages.get("/people/profile?id=1&page=9")
    odd = pages.get("/people/profile?id=1&since=never&until=9999-12-31&event=none")

    assert "50 of 120 events" in first.text
    assert "Page 1 of 3" in first.text
    assert "Monday, 23 Nov 2026" in first.text
    assert "40 of 40 fitting events" in buys.text
    assert "4 of 4 fitting events" in narrowed.text
    assert "Page 3 of 3" in beyond.text
    assert "Nothing fits" in odd.text


def test_days_the_wrong_way_round_are_pointed_out(app, pages):
    tell(app, make_source(), ("track", 1, {"event": "buy", "userId": "1"}))

    backwards = pages.get("/people/profile?id=1&since=2026-11-21&until=2026-11-20")
    forwards = pages.get("/people/profile?id=1&since=1999-11-20&until=1999-11-21")

    assert "The last day is before the first" in backwards.text
    assert "did nothing of the kind" in forwards.text
    assert "0 of 0" not in backwards.text + forwards.text


def test_much_and_little_is_counted_alike(app, monkeypatch):
    shared(app)
    little = people.find_profile("ada").timeline
    monkeypatch.setattr(timeline, "FEW", 1)

    assert people.find_profile("ada").timeline == little


def test_a_shared_device_shows_whose_it_was_by_time(app, pages):
    shared(app)

    ada, bob = (people.find_profile(each).identities[0] for each in ("ada", "bob"))
    page = pages.get("/people/profile?id=ada")

    assert [span.person_id for span in ada.spans] == ["ada", "bob"]
    assert ada.spans == bob.spans
    assert (ada.event_count, bob.event_count) == (3, 2)
    assert "<strong>This person</strong> until <time" in page.text
    assert 'href="/people/profile?id=bob"' in page.text


def test_an_unmerge_gives_the_events_to_the_other_and_can_be_taken_back(app):
    shared(app)
    before = events_of("ada"), events_of("bob")

    decide("bob", is_theirs=False)
    after = events_of("ada"), events_of("bob")
    decide("bob", is_theirs=True)

    assert after == ({"first", "identify", "second", "third"}, {"identify"})
    assert (events_of("ada"), events_of("bob")) == before


def test_the_same_messages_again_link_nothing_but_a_new_identify_does(app):
    source = shared(app)
    decide("ada", is_theirs=False)
    decide("bob", is_theirs=False)
    old = {"userId": "ada", "anonymousId": "a-1", "messageId": "i-1"}
    late = {"userId": "ada", "anonymousId": "a-1", "messageId": "i-9"}
    tell(app, source, ("identify", 8, old), ("identify", 4, late))
    between = list(queries.links())

    tell(app, source, ("identify", -1, {"userId": "ada", "anonymousId": "a-1"}))

    assert between == []
    assert [link.person_id for link in queries.links()] == ["ada"]
    assert {"first", "second", "third"} < events_of("ada")


def test_an_unmerge_reaches_audiences(app):
    source = make_source()
    tell(
        app,
        source,
        ("track", 9, {"event": "buy", "anonymousId": "a-1"}),
        ("identify", 8, {"userId": "ada", "anonymousId": "a-1"}),
    )
    audience = evaluate(make_audience())
    before, versions = member_ids(audience), basis_now()

    decide("ada", is_theirs=False)
    evaluation.refresh_audience(audience_id=audience.id)

    assert before == ["ada"]
    assert versions.is_outdated(basis_now())
    assert member_ids(evaluate(audience)) == []
    assert [each.is_in for each in audiences.standings_of("ada")] == [False]


def test_an_id_that_was_never_identified_is_not_taken_away(app):
    shared(app)

    with pytest.raises(services.NeverIdentified):
        decide("eve", is_theirs=False)


def test_an_alias_of_one_person_onto_another_joins_nothing_and_says_so(app, pages):
    source = shared(app)
    tell(app, source, ("alias", 1, {"userId": "ada", "previousId": "bob"}))

    page = pages.get("/people/profile?id=ada")

    assert "third" not in events_of("ada")
    assert "two people are never made one" in page.text


def test_unmerging_asks_first_and_can_be_taken_back(app, pages):
    shared(app)
    page = pages.get("/people/profile?id=bob")
    asked = pages.send(page, "/unmerge")
    done = pages.send(asked, "/unmerge")
    again = pages.send(done, "/link-again")

    assert "will count for ada" in asked.text.replace("\n", " ")
    assert "taken away" in done.text
    assert "taken away" not in again.text
    assert "Unmerge" in again.text


def test_a_viewer_looks_and_neither_unmerges_nor_exports(app, viewer):
    shared(app)
    looking = Pages(app, viewer.email, PASSWORD)

    assert "Unmerge" not in looking.get("/people/profile?id=bob").text
    assert looking.post("/people/profile/unmerge", id="bob", anonymous_id="a-1").status == 403
    assert looking.get("/people/profile/export?id=bob").status == 403


def test_consent_is_the_newest_that_was_said(app, pages):
    source = make_source()
    preferences = {"consent": {"categoryPreferences": {"Advertising": False, "Analytics": True}}}
    tell(app, source, ("track", 3, {"event": "visit", "userId": "1", "context": preferences}))
    told = pages.get("/people/profile?id=1")
    tell(
        app,
        source,
        ("track", 2, {"event": "consent", "userId": "1", "properties": {"given": False}}),
    )

    assert "Given in part" in told.text
    assert "Withdrawn" in pages.get("/people/profile?id=1").text


def test_an_export_has_everything_and_says_where_it_is_from(app, pages):
    make_people("id,name,points\n1,Ada,3\n")
    source = make_source()
    tell(
        app,
        source,
        ("track", 9, {"event": "buy", "anonymousId": "a-1", "properties": {"value": 2.5}}),
        ("identify", 8, {"userId": "1", "anonymousId": "a-1"}),
    )
    audience = evaluate(make_audience())

    answer = pages.client.get("/people/profile/export?id=1")
    found = json.loads(answer.get_data())
    printed = app.test_cli_runner().invoke(args=["people", "export", "1"])

    assert "attachment" in answer.headers["Content-Disposition"]
    assert [value["value"] for value in found["attributes"][0]["values"]] == ["1", "Ada", "3"]
    assert {value["run"] for value in found["attributes"][0]["values"]} == {1}
    assert [event["event"] for event in found["events"]] == ["buy", "identify"]
    assert found["events"][0]["amount"] == "2.5"
    assert found["events"][0]["source"] == "Shop"
    assert found["identities"][0]["spans"] == [{"person_id": "1", "from": None, "until": None}]
    assert found["audiences"][0]["audience"] == audience.name
    assert found["event_count"] == len(found["events"])
    assert json.loads(printed.output)["events"] == found["events"]


def test_nothing_is_exported_of_nobody(app, pages):
    printed = app.test_cli_runner().invoke(args=["people", "export", "nobody"])

    assert pages.client.get("/people/profile/export?id=nobody").status_code == 404
    assert printed.exit_code == 1
    assert "Nothing is known of nobody." in printed.output
