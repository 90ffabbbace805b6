"""Where the records of a JSON file are: every layout is found, read in full, and asked about."""

import json
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.source import BytesSource, FileUnreadable, PathSource
from app.tabular.json.paths import RecordPath
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.reading import columns_of, read
from app.tabular.recognising import recognise
from tests.unit.tabular.strategies import SCALARS

PEOPLE = [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Zoë"}, {"id": 3, "name": "Alan"}]
ROWS = [["1", "Ada"], ["2", "Zoë"], ["3", "Alan"]]


def written(value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def recognised(value):
    return recognise(BytesSource(written(value)))


def rows_of(value, options):
    source = BytesSource(written(value))
    batches = list(read(source, options))
    assert not [row for batch in batches for row in batch.bad_rows]
    return [row for batch in batches for row in batch.frame.to_numpy(na_value=None).tolist()]


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"data": PEOPLE}, "data"),
        ({"meta": {"n": 3}, "data": {"items": PEOPLE, "tags": ["x"] * 50}}, "data.items"),
        ({"a": {"b": {"c": {"d": {"e": {"f": PEOPLE}}}}}}, "a.b.c.d.e.f"),
        ({"errors": PEOPLE[:1], "a.b*": {"[0]\\": PEOPLE * 20}}, "a\\.b\\*.\\[0\\]\\\\"),
        ({"k": [["id", "name"], [1, "Ada"], [2, "Zoë"], [3, "Alan"]]}, "k.[]"),
    ],
)
def test_a_list_inside_an_object_is_found_and_read(value, path):
    recognition = recognised(value)

    assert recognition.options.record_path == path
    assert recognition.questions == ()
    assert rows_of(value, recognition.options)[:3] == ROWS


@pytest.mark.parametrize(("between", "indent"), [("", None), (" ", None), ("", 2), ("\n\n", 1)])
def test_objects_one_after_the_other_are_records(between, indent):
    content = between.join(json.dumps(each, indent=indent) for each in PEOPLE).encode()

    recognition = recognised(content)

    assert recognition.questions == ()
    assert rows_of(content, recognition.options) == ROWS


def test_objects_one_after_the_other_that_hold_lists_are_asked_about():
    recognition = recognised(json.dumps({"page": 1, "items": PEOPLE}).encode() * 2)

    assert recognition.questions == ("record_path",)
    assert [each.options.record_path for each in recognition.alternatives] == ["items"]


def test_a_list_longer_than_what_is_looked_at_has_its_count_or_more():
    content = b'{"items": [' + b'{"id": 1},' * 1_700_000 + b'{"id": 2}]}'

    (sentence,) = [
        each.sentence for each in recognised(content).evidence if "items" in each.sentence
    ]

    assert "objects" in sentence
    assert "or more" in sentence


def test_a_path_that_leads_nowhere_is_named_whole():
    options = ParsingOptions(format=FileFormat.JSON, record_path="data.rows")

    with pytest.raises(FileUnreadable, match="“data.rows”"):
        rows_of({"data": {"items": PEOPLE}}, options)


def test_other_lists_are_alternatives_and_close_ones_a_question():
    value = {"people": PEOPLE, "pets": PEOPLE[:2], "owner": {"name": "x"}}

    recognition = recognised(value)

    assert "record_path" in recognition.questions
    assert recognition.evidence[-1].sentence == (
        "“people” is a list of 3 objects, the longest of 2 lists."
    )
    assert [each.options.record_path for each in recognition.alternatives] == ["pets", ""]
    assert len(rows_of(value, recognition.alternatives[1].options)) == 1


@pytest.mark.parametrize(
    ("value", "path", "expected"),
    [
        ({"id": 1, "at": {"city": "Paris"}}, "", [["1", "Paris"]]),
        ({"id": [1, 2, 3], "name": ["Ada", "Zoë", "Alan"]}, "*[]", ROWS),
        ({"d": {"id": [1, 2, 3], "name": ["Ada", "Zoë", "Alan"]}}, "d.*[]", ROWS),
        (
            {"k1": PEOPLE[0], "k2": PEOPLE[1]},
            "*",
            [["k1", "1", "Ada"], ["k2", "2", "Zoë"]],
        ),
        ({"x": {"k1": {"key": 1}, "k2": {"key": 2}}}, "x.*", [["k1", "1"], ["k2", "2"]]),
    ],
)
def test_other_layouts_are_read_and_asked_about(value, path, expected):
    recognition = recognised(value)

    assert recognition.options.record_path == path
    assert "record_path" in recognition.questions
    assert rows_of(value, recognition.options) == expected


@pytest.mark.parametrize(
    ("content", "file_format"),
    [
        (b'[["id", "name"], [1, "Ada"], [2, "Zo\xc3\xab"], [3, "Alan"]]', FileFormat.JSON),
        (b'["id", "name"]\n[1, "Ada"]\n[2, "Zo\xc3\xab"]\n[3, "Alan"]\n', FileFormat.NDJSON),
    ],
)
def test_lists_are_rows_and_the_first_may_name_the_columns(content, file_format):
    recognition = recognised(content)

    assert recognition.options.format is file_format
    assert recognition.options.header_rows == 1
    assert columns_of(BytesSource(content), recognition.options).names == ("id", "name")
    assert rows_of(content, recognition.options) == ROWS


def test_lists_without_a_header_have_numbered_columns():
    recognition = recognised([[1, 2], [3, 4]])

    assert recognition.options.header_rows == 0
    assert rows_of([[1, 2], [3, 4]], recognition.options) == [["1", "2"], ["3", "4"]]


def test_objects_over_several_lines_may_follow_each_other():
    content = b"\n".join(json.dumps(person, indent=2).encode() for person in PEOPLE)

    assert rows_of(content, recognised(content).options) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("value", [PEOPLE, {"data": PEOPLE}])
def test_marks_and_wide_encodings_are_read(value, encoding):
    content = json.dumps(value, ensure_ascii=False).encode(encoding)

    assert rows_of(content, recognised(content).options) == ROWS


@pytest.mark.parametrize(
    ("content", "path", "code"),
    [
        (b'{"a": [{"b": 1}', "a", "bad_syntax"),
        (b'{"a": [{"b": 1} {"b": 2}]}', "a", "bad_syntax"),
        (b'{"a": [{"b": 1}]} x', "a", "bad_syntax"),
        (b'{"a": [{"b": 1}], "a": []}', "a", "bad_syntax"),
        (b'{"c": tru, "a": [{"b": 1}]}', "a", "bad_syntax"),
        (b'{"c": 1}', "a", "no_records"),
        (b'{"a": 1}', "a", "no_records"),
        (b'{"a": [1], "b": [1, 2]}', "*[]", "no_records"),
        (b'{"a": ' * 10_000, "a", "too_deep"),
        (b'{"a": [' + b"[" * 10_000, "a", "too_deep"),
    ],
)
def test_a_file_without_the_records_is_refused_with_a_reason(content, path, code):
    options = ParsingOptions(format=FileFormat.JSON, record_path=path)

    with pytest.raises(FileUnreadable) as refused:
        list(read(BytesSource(content), options))

    assert refused.value.code == code
    assert refused.value.line == 1


@pytest.mark.parametrize("content", [b"[" * 10_000, b'{"a":' * 10_000, b'{"a": [{"b":' * 10_000])
def test_endless_depth_is_named_when_recognised(content):
    with pytest.raises(FileUnreadable) as refused:
        recognised(content)

    assert refused.value.code == "too_deep"


def test_half_a_character_is_named_with_its_record():
    content = b'{"d": [{"a": "x"}, {"a": "\\ud800"}, {"a\\udc00": 1}]}'

    [batch] = read(BytesSource(content), recognised(content).options)

    assert [(bad.line, bad.rule) for bad in batch.bad_rows] == [(2, "bad_text")]


def test_a_wrapped_list_is_read_in_little_memory(tmp_path):
    path = tmp_path / "large.json"
    with path.open("w") as file:
        file.write('{"other": [')
        file.writelines(f'{{"n": {number}}},\n' for number in range(40_000))
        file.write('{"n": 0}], "data": [')
        file.writelines(f'{{"n": {number}, "t": "{"x" * 900}"}},\n' for number in range(40_000))
        file.write('{"n": 1.50}]}')
    options = ParsingOptions(format=FileFormat.JSON, record_path="data")
    tracemalloc.start()

    count, last = 0, None
    for batch in read(PathSource(path), options, columns=["n"], rows_per_batch=5_000):
        count, last = count + len(batch.frame), batch.frame["n"].iloc[-1]

    assert (count, last) == (40_001, "1.50")
    assert tracemalloc.get_traced_memory()[1] < 12_000_000
    tracemalloc.stop()


KEYS = st.text(max_size=5) | st.integers(0, 999)


@given(st.lists(KEYS, max_size=4), st.sampled_from(["", "*", "*[]", "[]"]), st.lists(KEYS))
def test_every_path_can_be_written_and_read_again(keys, ending, names):
    if keys != [""]:  # an empty key alone looks like the top
        path = RecordPath(tuple(keys), ending)
        assert RecordPath.of(str(path)) == path
    if names != [""]:
        path = RecordPath(tuple(keys), "[]", tuple(names))
        assert RecordPath.of(str(path)) == path


VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=20,
)


@given(VALUES, st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_any_json_is_read_or_refused_with_a_sentence(value, encoding):
    content = json.dumps(value).encode(encoding)

    with suppress(FileUnreadable):
        list(read(BytesSource(content), recognised(content).options))
