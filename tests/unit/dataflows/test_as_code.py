"""Dataflows as files: the same bytes back, and a place for each thing wrong."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from app.dataflows.as_code.comparing import changes, role_changes
from app.dataflows.as_code.describing import Described
from app.dataflows.as_code.documents import LARGEST, CodeInvalid
from app.dataflows.as_code.reading import described_in
from app.dataflows.as_code.writing import as_yaml
from app.dataflows.definition import DriftPolicy
from app.dataflows.reject_limits import RejectLimit
from tests.unit.dataflows.describing import described

PLAIN = """\
name: Customers
state: active
schema:
  name: People
  parent: PersonalData
  columns:
  - {name: userid, type: integer, identifier: true}
  - {name: joined, type: date}
write_mode: append
parsing_options:
  delimiter: ';'
columns:
- {source: id, type: integer}
- {source: Joined, name: joined, type: date, pattern: '%d.%m.%Y'}
- {source: note}
transformations:
- {output: loud, kind: upper, inputs: [note]}
mapping:
  userid: id
  joined: joined
"""


def refusal(text: str | bytes) -> str:
    """Return what is said of a file that describes no dataflow."""
    with pytest.raises(CodeInvalid) as caught:
        described_in(text.encode() if isinstance(text, str) else text)
    return str(caught.value)


@given(described())
def test_what_is_written_is_read_as_it_was_and_written_again_as_it_was(value: Described) -> None:
    text = as_yaml(value)

    again = described_in(text.encode())

    assert again == value
    assert as_yaml(again) == text
    assert changes(again, value) == []


@given(described())
def test_what_is_written_is_yaml_for_everybody(value: Described) -> None:
    found = yaml.safe_load(as_yaml(value))

    assert found["name"] == value.name
    assert found["mapping"] == dict(value.mapping)
    assert [each["source"] for each in found["columns"]] == [
        column.file.source_name for column in value.columns
    ]
    assert found["parsing_options"]["delimiter"] == value.options.delimiter
    assert found.get("drift_policy", "stop") == value.drift_policy.value
    assert ("drift_policy" in found) is (value.drift_policy is not DriftPolicy.STOP)
    assert ("reject_limit" in found) is (value.reject_limit != RejectLimit())


@given(first=described(), second=described())
def test_what_changes_is_said_exactly_where_something_changes(
    first: Described, second: Described
) -> None:
    second = Described(**{**vars(second), "name": first.name})

    said = changes(first, second)
    if first.schema.bare == second.schema.bare:
        said += role_changes(first.schema, second.schema)

    assert bool(said) == (first != second)


@given(first=described(), event_name=st.text(min_size=1, max_size=5))
def test_another_name_of_the_events_is_said(first: Described, event_name: str) -> None:
    second = replace(first.schema, event_name=first.schema.event_name + event_name)

    assert role_changes(first.schema, second) == [
        f"Events of the schema “{first.schema.name}” have another name."
    ]


def test_a_file_written_by_hand_may_leave_out_what_is_usual() -> None:
    found = described_in(PLAIN.encode())

    assert found.options.delimiter == ";"
    assert [column.file.name for column in found.columns] == ["id", "joined", "note"]
    assert found.columns[2].conversion is None
    assert found.transformations[0].step.params == {}
    assert described_in(as_yaml(found).encode()) == found


def test_the_fallback_of_a_transformation_is_that_of_its_column_once_in_force() -> None:
    text = PLAIN.replace("inputs: [note]}", "inputs: [note], params: {fallback: x}}")
    text = text.replace("type: date}", "type: text}").replace("  joined: joined", "  joined: loud")

    found = described_in(text.encode())

    assert found.conversions["loud"].fallback == "x"
    assert described_in(as_yaml(found).encode()) == found


def test_a_description_of_several_lines_stands_as_lines() -> None:
    text = PLAIN.replace("name: Customers", 'name: Customers\ndescription: "One.\\nTwo."', 1)

    written = as_yaml(described_in(text.encode()))

    assert "description: |-\n  One.\n  Two.\n" in written


WRONG = {
    "an unknown key": ("name: Customers", "nam: X", "line 1, nam: There is no such key here."),
    "a missing key": ("name: Customers\n", "", "name: This key is missing."),
    "a wrong type": ("name: Customers", "name: 12", "line 1, name: 12 is read as no text."),
    "a blank name": ("name: Customers", "name: ' '", "line 1, name: Write something here."),
    "a name too long": ("name: Customers", f"name: {'x' * 121}", "longer than 120 characters"),
    "a list for a mapping": ("  userid: id\n  joined: joined", "- id", "Write keys with values"),
    "a state of none": ("state: active", "state: on", "line 2, state: True is read as no text."),
    "another state": ("state: active", "state: gone", "“gone” is none of active, paused, draft."),
    "another type": ("type: date}", "type: day}", "line 8, schema.columns[2].type: “day” is none"),
    "no identifier": (", identifier: true", "", "exactly one column has “identifier: true”"),
    "a column twice": ("{source: note}", "{source: id}", "columns[3]: Two columns are called “id”"),
    "a name twice": ("source: note", "source: n, name: id", "Two columns are called “id”"),
    "a schema column twice": ("name: joined, type", "name: USERID, type", "called “userid”"),
    "an unknown transformation": ("kind: upper", "kind: rot13", "called “rot13”"),
    "an input that is not there": ("[note]", "[nota]", "transformations[1]: “loud” needs the"),
    "a parameter of a wrong type": (
        "inputs: [note]}",
        "inputs: [note], params: {a: 2020-01-01}}",
        "transformations[1].params.a: This is neither text nor a number.",
    ),
    "an option of a wrong type": ("delimiter: ';'", "delimiter: 5", "parsing_options.delimiter"),
    "an option that is none": ("delimiter: ';'", "delimitr: ';'", "There is no such key here."),
    "options that contradict": ("delimiter: ';'", "delimiter: '\"'", "three different characters"),
    "an unknown encoding": ("delimiter: ';'", "encoding: klingon", "There is no encoding"),
    "a mapping to nothing": ("  joined: joined", "  joined: gone", "There is no column “gone”."),
    "a mapping of no column": ("  joined: joined", "  other: note", "mapping.other: There is no"),
    "an identifier unmapped": ("  userid: id\n", "", "mapping.userid: This key is missing"),
    "a type that does not fit": (
        "  joined: joined",
        "  joined: note",
        "line 20, mapping.joined: “note” is text, but “joined” holds date.",
    ),
    "a fallback of no type": (
        "{source: id, type: integer}",
        "{source: id, type: integer, fallback: none}",
        "line 13, columns[1].fallback: “none” cannot be read as integer.",
    ),
    "a fallback of a custom column": (
        "inputs: [note]}",
        "inputs: [note], type: integer, fallback: none}",
        "transformations[1].fallback: “none” cannot be read as integer.",
    ),
    "a fallback of a transformation": (
        "inputs: [note]}",
        "inputs: [note], type: integer, params: {fallback: none}}",
        "transformations[1].params.fallback: “none” cannot be read as integer.",
    ),
    "a fallback without type": ("{source: note}", "{source: note, fallback: x}", "missing"),
    "a pattern of a custom column": ("[note]}", "[note], pattern: x}", "read by no pattern"),
    "overwriting interactions": (
        "parent: PersonalData\n  columns:\n  - {name: userid, type: integer, identifier: true}",
        "parent: Interaction\n  columns:\n  - {name: userid, type: integer}",
        "Interactions are always appended",
    ),
    "a limit of a wrong type": (
        "write_mode: append",
        "write_mode: append\nreject_limit: {count: 1.5}",
        "line 10, reject_limit.count: Write a whole number from 0 to",
    ),
    "a limit beyond all": (
        "write_mode: append",
        "write_mode: append\nreject_limit: {percent: 101}",
        "reject_limit.percent: Write a number from 0 to 100 here.",
    ),
    "a policy of another name": (
        "write_mode: append",
        "write_mode: append\ndrift_policy: guess",
        "line 10, drift_policy: “guess” is none of stop, ignore, add.",
    ),
    "another format": ("name: Customers", "name: Customers\nformat: 2", "Only format 1 is known"),
    "a format that only seems to be 1": (
        "name: Customers",
        "name: Customers\nformat: true",
        "Only format 1 is known",
    ),
    "a key twice": ("state: active", "state: active\nstate: draft", "line 3, state: The key"),
    "an alias": ("source: note", "source: &a note", "line 15: Anchors and aliases"),
    "a tag": ("source: note", "source: !!python/name:os.system x", "line 15: Tags (!)"),
    "no text for a key": ("  userid: id", "  1: id", "The key 1 is no text. Put it in quotes."),
    "a merge": ("  userid: id", "  <<: {userid: id}", "The key << is no text."),
    "broken YAML": ("name: Customers", "name: [", "This is no YAML"),
    "two documents": ("name: Customers", "name: Customers\n---\nname: X", "This is no YAML"),
}


@pytest.mark.parametrize(("old", "new", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_place(old: str, new: str, said: str) -> None:
    text = PLAIN.replace(old, new, 1)
    if "Interactions" in said:
        text = text.replace("write_mode: append", "write_mode: overwrite")

    assert text != PLAIN
    assert said in refusal(text)


BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "Write keys with values here"),
        (b"just a text", "Write keys with values here"),
        (b"- a\n- b\n", "Write keys with values here"),
        (b"\xff\xfe\x00", "The file is no UTF-8 text (byte 0)"),
        (b"a: \x00", "This is no YAML"),
        (BOMB.encode(), "line 1: Anchors and aliases"),
        (b"[" * 20, "nested deeper than 12 levels"),
        (b"[" * 100_000, "This is no YAML"),
        (b"x" * (LARGEST + 1), "The file is larger than 2 MB"),
        (b"n: " + b"9" * 5000, "This is no YAML"),
        (b"n: 2020-99-99", "This is no YAML"),
    ],
)
def test_what_is_no_such_file_at_all_is_refused(raw: bytes, said: str) -> None:
    assert said in refusal(raw)


def _cut(text: str, place: int) -> str:
    return text[:place]


def _without_line(text: str, place: int) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(lines[: place % len(lines)] + lines[place % len(lines) + 1 :])


@given(
    harm=st.sampled_from([_cut, _without_line]),
    place=st.integers(0, len(PLAIN)),
    noise=st.text(max_size=5),
)
@example(harm=_cut, place=0, noise="")
def test_a_damaged_file_is_read_or_refused_but_never_a_fault(
    harm: Callable[[str, int], str], place: int, noise: str
) -> None:
    raw = (harm(PLAIN, place) + noise).encode("utf-8", "surrogatepass")

    try:
        found = described_in(raw)
    except CodeInvalid:
        return

    assert described_in(as_yaml(found).encode()) == found
