"""The builder's form: nothing is lost between a tree and its fields, and no button breaks it."""

import time
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audiences.builder import commands, sent, showing
from app.audiences.builder.entry import FIELDS, LISTS, MEMBERS, Part, at, fresh, height, size
from app.audiences.builder.opening import from_raw
from app.audiences.builder.raw import to_raw
from app.audiences.tree import reading
from app.audiences.tree.conditions import walked
from app.audiences.tree.writing import to_json
from tests.unit.audiences.growing import TREES

BUY = {"did": {"event": "buy", "where": []}}
VISIT = {"did": {"event": "visit", "where": []}}
LOGIN = {"did": {"event": "login", "where": []}}
VERBS = ("remove", "copy", "up", "down", "above", "below", "out")


def fields_of(part, path="n"):
    """Return what a page with this tree sends: fields that are asked, and those that wait."""
    form = {}
    if part.kind in {"step", "filter", "between"}:
        names = FIELDS[part.kind]
    else:
        form[f"{path}:kind"] = part.kind
        names = FIELDS.get(part.kind, ())
    asked = showing.seen(part) | ({"with"} if part.get("with") else set())
    kept = dict(showing.waiting(part))
    for name in names:
        if name in asked:
            form[f"{path}:{name}"] = part.get(name).replace("\n", "\r\n")
        elif name in kept:
            form[f"{path}:{name}"] = kept[name]
    for name, parts in part.lists.items():
        for place, each in enumerate(parts):
            inner = f"{path}.{place}" if name == MEMBERS else f"{path}:{name}.{place}"
            form |= fields_of(each, inner)
    return form


def opened(*members, kind="all"):
    return from_raw({kind: list(members)})


def events(part):
    """Return the tree by the names of its events alone."""
    return [events(each) if each.is_group else each.get("event") for each in part.members]


@settings(max_examples=60)
@given(TREES)
def test_any_tree_passes_through_the_form_unchanged(tree):
    part = from_raw(to_json(tree))

    read = sent.read(fields_of(part))

    assert reading.parsed(to_raw(read)) == tree


@settings(max_examples=40)
@given(TREES, st.data())
def test_buttons_keep_every_condition_and_lose_none(tree, data):
    part = from_raw(to_json(tree))
    paths = [path for path, _node in walked(tree)]
    moved = data.draw(st.sampled_from(paths))
    verb = data.draw(st.sampled_from(("up", "down", "above", "below", "out")))
    before = deepcopy(at(part, moved))

    found = commands.changed(part, f"{verb} {moved}")

    assert sorted(map(str, leaves(found.tree))) == sorted(map(str, leaves(from_raw(to_json(tree)))))
    assert height(found.tree) <= reading.DEEPEST
    if found.path:
        assert at(found.tree, found.path) == before
    else:
        assert reading.parsed(to_raw(found.tree)) == tree


def leaves(part):
    if not part.is_group:
        return [part]
    return [leaf for member in part.members for leaf in leaves(member)]


@pytest.mark.parametrize(
    ("command", "expected", "path"),
    [
        ("up n.1", ["visit", "buy", ["login"]], "n.0"),
        ("down n.0", ["visit", "buy", ["login"]], "n.1"),
        ("below n.1", ["buy", ["visit", "login"]], "n.1.0"),
        ("out n.2.0", ["buy", "visit", "login"], "n.2"),
        ("copy n.0", ["buy", "buy", "visit", ["login"]], "n.1"),
        ("remove n.2.0", ["buy", "visit", []], "n.2"),
        ("remove n.2", ["buy", "visit"], "n.1"),
        ("up n.2", ["buy", ["login"], "visit"], "n.1"),
        ("add in n.2", ["buy", "visit", ["login", ""]], "n.2.1"),
        ("add none n", ["buy", "visit", ["login"], [""]], "n.3"),
        ("up n.0", ["buy", "visit", ["login"]], ""),
        ("down n.2", ["buy", "visit", ["login"]], ""),
        ("above n.1", ["buy", "visit", ["login"]], ""),
        ("below n.0", ["buy", "visit", ["login"]], ""),
        ("out n.0", ["buy", "visit", ["login"]], ""),
        ("remove n", ["buy", "visit", ["login"]], ""),
        ("copy n", ["buy", "visit", ["login"]], ""),
    ],
)
def test_each_button_says_where_what_it_was_about_is_now(command, expected, path):
    found = commands.changed(opened(BUY, VISIT, {"any": [LOGIN]}), command)

    assert events(found.tree) == expected
    assert found.path == path


def test_into_the_group_above_is_at_its_end():
    found = commands.changed(opened({"any": [BUY]}, VISIT), "above n.1")

    assert events(found.tree) == [["buy", "visit"]]
    assert found.path == "n.0.1"


def test_more_is_asked_of_a_condition_and_taken_back():
    tree = opened(BUY)
    wanted = ("more where n.0", "more then n.0", "more without n.0:then.0", "show after n.0:then.0")
    for command in (*wanted, "more where n.0:then.0:without.0", "show which n.0"):
        assert commands.changed(tree, command).path

    paths = ("n.0:where.0", "n.0:then.0", "n.0:then.0:without.0:where.0")
    assert [at(tree, path).kind for path in paths] == ["filter", "step", "filter"]
    assert (at(tree, "n.0").get("which"), at(tree, "n.0:then.0").get("after_unit")) == ("last", "d")
    for command in ("hide which n.0", "remove n.0:then.0", "remove n.0:where.0"):
        assert commands.changed(tree, command).path
    assert to_raw(tree) == to_raw(opened(BUY))


@pytest.mark.parametrize(
    "command",
    [
        *(
            "",
            "nothing",
            "add",
            "add did",
            "add shout n",
            "add did n.0",
            "add did n.9",
            "add did x",
        ),
        *("remove", "remove n.9", "remove n.0.0", "remove n.0:then.0", "remove n.-1", "copy n.²"),
        *(
            "up n." + "9" * 400,
            "out " + "n" * 10_000,
            "more where n",
            "more shout n.0",
            "more then",
        ),
        *("show which n", "show shout n.0", "hide with n.0", "more without n.0", "up n.0:where.0"),
        *("remove n.0 n.0", "remove  n.0", "copy n.0:where.0", "above n.0:where.0"),
    ],
)
def test_a_command_that_means_nothing_changes_nothing(command):
    found = commands.changed(opened(BUY), command)

    assert found == commands.Changed(opened(BUY))


def test_no_button_makes_more_than_an_audience_may_have():
    tree = opened(*[BUY] * (reading.MOST_NODES - 1))
    deep = BUY
    for _level in range(reading.DEEPEST - 1):
        deep = {"all": [deep]}
    deepest = "n" + ".0" * (reading.DEEPEST - 2)
    full = opened({"did": {"event": "buy", "where": [{"property": "a", "op": "is"}] * 20}})

    assert not commands.changed(tree, "add did n").path
    assert not commands.changed(tree, "copy n.0").path
    assert commands.changed(from_raw(deep), f"add did {deepest}").path
    assert not commands.changed(from_raw(deep), f"add any {deepest}").path
    assert not commands.changed(full, "more where n.0").path


def test_a_form_of_thousands_of_fields_is_read_at_once_and_refused():
    wide = {f"n.{place}:kind": "all" for place in range(20_000)}
    deep = {f"n{'.0' * depth}:kind": "all" for depth in range(5_000)}
    nested = {f"n.{one}.{two}:kind": "any" for one in range(200) for two in range(200)}
    nested |= {f"n.{one}:kind": "any" for one in range(200)}
    filters = {f"n.0:where.{place}:property": "a" for place in range(20_000)} | {"n.0:kind": "did"}

    for form in (wide, deep, nested, filters):
        began = time.process_time()
        tree = sent.read({"n:kind": "all", **form})
        with pytest.raises(reading.TreeInvalid):
            reading.parsed(to_raw(tree))
        assert size(tree) <= reading.MOST_NODES + 2
        assert time.process_time() - began < 5


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=20))
def test_whatever_is_sent_is_a_tree_that_is_read_or_refused(noise):
    form = {"n:kind": "all", "n.0:kind": "did", "n.0:then.0:verb": "x", "n.1:kind": "attribute"}
    tree = sent.read({**noise, **form, "n.1:attribute": '[1, {"a": []}]', "n.2:kind": "split"})

    with pytest.raises(reading.TreeInvalid):
        reading.parsed(to_raw(tree))


def test_what_is_not_asked_now_waits_with_what_was_written():
    part = fresh("did")
    part.fields.update(when="last", last="30")
    part.fields["when"] = "dates"

    read = at(sent.read({"n:kind": "all", **fields_of(part, "n.0")}), "n.0")

    assert "last" not in showing.seen(read)
    assert (read.get("last"), read.get("last_unit")) == ("30", "d")


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        ({"op": "is_one_of", "value": "Books"}, "values", "Books"),
        ({"op": "is", "values": "Books\nFilms"}, "value", "Books"),
        ({"op": "is_one_of", "value": "old", "values": "Books\nFilms"}, "values", "Books\nFilms"),
    ],
)
def test_one_value_becomes_the_first_of_several_and_back(fields, name, expected):
    form = {"n:kind": "all", "n.0:kind": "attribute"}
    read = sent.read({**form, **{f"n.0:{each}": text for each, text in fields.items()}})

    assert read.members[0].get(name) == expected


def test_every_field_that_is_asked_is_a_field_of_its_part():
    for kind, names in FIELDS.items():
        for when in ("", "last", "between", "dates", "calendar", "since", "until"):
            part = Part(kind, {**dict.fromkeys(names, ""), "when": when, "which": "nth"})
            assert showing.seen(part) <= set(names)
        assert set(LISTS.get(kind, {}).values()) <= set(FIELDS)
