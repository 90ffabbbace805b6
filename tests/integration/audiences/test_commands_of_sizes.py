"""`flask audiences size`, `members` and `list`."""

import json

from tests.conftest import NOW
from tests.integration.audiences.making import (
    evaluate,
    make_audience,
    make_events,
    make_outdated,
)
from tests.integration.audiences.test_versions import GONE, save


def test_a_size_is_exact_of_what_is_saved_and_of_what_is_not(run, app, file):
    make_events(app, ("1", "buy", {}), ("2", "buy", {}), ("3", "visit", {}))
    make_audience()

    said, _wrong, code = run("size", "Buyers")
    told = json.loads(run("size", "Buyers", "--json")[0])
    unsaved = json.loads(
        run("size", "--json", "--file", file("none: [{in: Buyers}]", "mine.yaml"))[0]
    )

    assert said.startswith("2 of 3 people are in “Buyers”, as of 20")
    assert code == 0
    assert (told["name"], told["size"], told["people"]) == ("Buyers", 2, 3)
    assert told["as_of"].endswith("+00:00")
    assert [(each["name"], each["size"]) for each in unsaved] == [("mine", 1)]


def test_a_size_of_nothing_or_of_what_cannot_be_evaluated_is_a_sentence(run, file):
    make_outdated(GONE)

    assert run("size")[2] == 2
    assert run("size", "Nobody")[2] == 1
    assert run("size", "Buyers")[1:] == ("Error: No dataset has x (Gone).\n", 1)
    path = file(json.dumps({"name": "New", "conditions": GONE}))
    assert run("size", "--file", path)[1:] == (f"{path}: “New”, n.0: No dataset has x (Gone).\n", 2)


def test_members_are_listed_a_line_each_from_the_log(run, app):
    make_events(app, *((str(number), "buy", {}) for number in range(1, 12)))
    audience = evaluate(make_audience())
    save(audience, {"all": [{"did": {"event": "visit"}}]})

    said, _wrong, code = run("members", "Buyers")
    some = [
        json.loads(each)
        for each in run("members", "Buyers", "--json", "--limit", 2)[0].split("\n")[:-1]
    ]

    assert said.split() == [str(number) for number in range(1, 12)]
    assert code == 0
    assert [each["person_id"] for each in some] == ["1", "2"]
    assert {each["since"] for each in some} == {NOW.isoformat()}
    assert all(each["sequence"] for each in some)
    assert run("members", "Nobody")[2] == 1
    make_audience(name="Fresh")
    assert run("members", "Fresh") == ("", "", 0)


def test_the_list_has_all_audiences_by_name(run, app):
    make_events(app, ("1", "buy", {}))
    evaluate(make_audience())
    make_audience(name="Another")

    said, _wrong, code = run("list")
    told = json.loads(run("list", "--json")[0])

    assert said == (
        "Another  0 members  queued  never\nBuyers  1 member  evaluated  2026-11-23 12:00:00 UTC\n"
    )
    assert code == 0
    assert [(each["name"], each["members"], each["version"]) for each in told] == [
        ("Another", 0, 1),
        ("Buyers", 1, 1),
    ]
