"""Files of audiences: what is read, what is refused and how, and what is written."""

import json

import pytest
import yaml
from hypothesis import given, settings

from app.audiences.as_code import keys
from app.audiences.as_code.describing import Described, FileInvalid
from app.audiences.as_code.reading import described_in
from app.audiences.as_code.writing import as_json, as_yaml
from app.audiences.tree import reading
from app.audiences.tree.writing import to_json
from tests.unit.audiences import asking

TREE = {"all": [{"did": {"event": "buy"}}]}
ONE = "name: One\nconditions: {all: [{did: {event: buy}}]}\n"


def read(text, **how):
    raw = text if isinstance(text, bytes) else text.encode()
    return described_in(raw, **how)


def refused(text, **how):
    with pytest.raises(FileInvalid) as failure:
        read(text, **how)
    return failure.value.problems


def tree_of(text):
    return to_json(read(text)[0].tree)


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        f"format: 1\n{ONE}",
        f"audiences:\n- {ONE.replace(chr(10), chr(10) + '  ')}",
        f"- {ONE.replace(chr(10), chr(10) + '  ')}",
        json.dumps({"name": "One", "conditions": TREE}),
        json.dumps([{"name": "One", "conditions": TREE}], indent="\t"),
        '{name: One, conditions: {all: [{did: {event: "buy"}}]}}',
        "\ufeff" + ONE,
    ],
)
def test_one_or_several_are_read_from_yaml_or_json(text):
    assert read(text) == [Described("One", reading.parsed(TREE))]


def test_conditions_alone_are_called_as_is_said():
    assert read("all: [{did: {event: buy}}]", name="Mine") == [
        Described("Mine", reading.parsed(TREE))
    ]
    assert read("all: [{did: {event: buy}}]", usual="file")[0].name == "file"
    assert "--name" in refused("all: [{did: {event: buy}}]")[0]
    assert "says its own names" in refused(ONE, name="Mine")[0]


def test_words_are_read_as_the_words_they_are():
    text = """
name: Norway
conditions:
  all:
  - did: {event: on, where: [
      {property: country, op: is_one_of, value: [no, 2026-01-31, 1:30, 007, 1.50, 0x1f, ~]}]}
""".replace(", ~]", "]")

    where = tree_of(text)["all"][0]["did"]["where"]

    assert where[0]["value"] == ["no", "2026-01-31", "1:30", "007", "1.50", "0x1f"]
    assert tree_of(text)["all"][0]["did"]["event"] == "on"


def test_a_number_of_json_is_the_text_it_was_written_as():
    raw = '{"name": "One", "conditions": {"all": [{"did": {"event": "buy", "where": '
    raw += '[{"property": "size", "op": "is", "value": 1.50}]}}]}}'

    assert tree_of(raw)["all"][0]["did"]["where"][0]["value"] == "1.50"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write keys with values here"),
        ("5", "Write keys with values here"),
        ("audiences: 5", "Write a list of audiences"),
        ("audiences: []", "at least one"),
        ("name: One", "conditions: This key is missing."),
        (f"{ONE}colour: red", "colour: There is no such key here. The keys are format, name"),
        (f"{ONE}name: Two", "The key stands here twice"),
        (f"{ONE}format: 2", "Only format 1"),
        (f"{ONE}format: true", "Only format 1"),
        (f"{ONE}zone: Oslo", "“Oslo” is no time zone"),
        (f"{ONE}zone: ../../etc/passwd", "is no time zone"),
        (f"{ONE}tags: shop", "Write a list here"),
        (f"{ONE}tags: [5]", "5 is read as no text"),
        (f'{ONE}tags: ["a,b"]', "no comma"),
        (f"{ONE}tags: [{', '.join(f't{n}' for n in range(21))}]", "at most 20 tags"),
        (f"{ONE}description: [x]", "Write text here"),
        (ONE.replace("One", "x" * 121), "longer than 120"),
        (ONE.replace("One", "' '"), "Write something here"),
        (ONE.replace("One", "5"), "5 is read as no text"),
        (ONE.replace("One", '"a\\0b"'), "zero characters"),
        ('{"name": "a\\ud800", "conditions": {}}', "Half a sign"),
        ('{"name": "a", "name": "b"}', "The key “name” stands twice"),
        ('{"name": NaN}', "NaN is no number"),
        ("a: &x [1]\nb: *x", "Anchors and aliases"),
        ("!!python/object:os.system {}", "Tags"),
        ("x: [" * 5, "This is no YAML"),
        ("[" * 100_000, "nested deeper"),
        ("- " * 91 + "x", "nested deeper than 90 levels"),
        (b"\xff\xfe\x00", "no UTF-8 text"),
        (b"a" * 5_000_001, "larger than 5 MB"),
        ("name: One\nconditions: {all: 5}", "“One”, n: Add at least one condition"),
        ("name: One\nconditions: 5", "“One”, n: A condition is an object"),
        ("name: One\nconditions: {did: {event: buy}}", "begins with a group"),
    ],
)
def test_what_is_wrong_with_a_file_is_a_sentence(text, said):
    problems = refused(text)

    assert said in " ".join(problems), problems


def test_what_is_called_json_is_read_as_json_alone():
    assert "This is no JSON" in refused(ONE, is_json=True)[0]


def test_a_bomb_of_ten_megabytes_is_refused_unread():
    laughs = "a0: &a0 [lol]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)
    )

    assert "Anchors and aliases" in refused(laughs)[0]
    assert "larger than" in refused(laughs * 20_000)[0]
    assert refused('{"conditions": ' + '{"all": [' * 900 + "1" + "]}" * 900 + "}")


def test_all_that_is_wrong_is_said_by_audience_and_place():
    text = """
audiences:
- name: First
  conditions: {all: [{did: {event: ""}}, {any: [{did: {event: buy, tiems: 2}}]}]}
- name: Second
  zone: Nowhere
  conditions: {all: [{did: {event: buy}}]}
- name: Third
  conditions: {all: [{did: {event: buy}}]}
- name: Third
  conditions: {all: [{did: {event: buy}}]}
"""

    problems = refused(text)

    assert problems == [
        "“First”, n.0: Choose what was done.",
        "“First”, n.1.0: There is no such key here: tiems. "
        "The keys are event, where, times, when, which, then.",
        "line 6, audiences[2].zone: “Nowhere” is no time zone. Write one such as Europe/Oslo.",
        "line 10, audiences[4].name: Two audiences are called “Third”. Keep one.",
    ]


@settings(deadline=None)
@given(raw=asking.trees)
def test_what_is_written_is_read_as_the_same_and_written_as_the_same_bytes(raw):
    described = [
        Described("B", reading.parsed(raw), "“x”: no\n- y", ("on", "1"), "Europe/Oslo"),
        Described("A: no", reading.parsed(TREE), "", (), "UTC"),
    ]

    for write, how in ((as_yaml, {}), (as_json, {"is_json": True}), (as_json, {})):
        text = write(described)
        found = read(text, **how)

        assert found == described[::-1]
        assert write(found) == text
    # YAML as everybody else reads it.
    assert yaml.safe_load(as_yaml(described)) == json.loads(as_json(described))


@settings(deadline=None)
@given(raw=asking.trees)
def test_no_key_that_the_language_has_is_strange(raw):
    assert list(keys.unknown(raw)) == []
    assert list(keys.unknown(to_json(reading.parsed(raw)))) == []


@pytest.mark.parametrize(
    "condition",
    [
        {"did": {"event": "a", "where": [{"property": "p", "op": "is", "value": "1", "X": 1}]}},
        {"did": {"event": "a", "times": {"op": "at_least", "n": 1, "X": 1}}},
        {"did": {"event": "a", "then": [{"did": {"event": "b", "X": 1}}]}},
        {"did": {"event": "a", "then": [{"did": {"event": "b", "without": [{"X": 1}]}}]}},
        {"did": {"event": "a", "when": {"since": {"event": "b", "X": 1}}}},
        {"did_not": {"event": "a", "X": 1}},
        {"have": {"attribute": {"schema": "S", "column": "c", "X": 1}, "op": "is_empty"}},
        {"have": {"aggregate": {"function": "sum", "event": "a", "X": 1}, "op": "is"}},
        {"split": {"name": "s", "from": 0, "to": 50, "X": 1}},
    ],
)
def test_a_strange_key_is_named_wherever_it_stands(condition):
    found = list(keys.unknown({"all": [{"did": {"event": "x"}}, condition]}))

    assert [(path, "here: X." in said) for path, said in found] == [("n.1", True)]
