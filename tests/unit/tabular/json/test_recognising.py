"""JSON by its content: wherever the list of records is, its rows come out."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.source import BytesSource, FileUnreadable
from app.tabular.json.paths import from_list, lists_in
from app.tabular.options import FileFormat
from app.tabular.reading import columns_of, read
from app.tabular.recognising import recognise
from tests.unit.tabular.strategies import PLAIN_KEYS, SCALARS

PEOPLE = [{"id": 1, "name": "Zoë"}, {"id": 2, "name": "Bob, jr."}, {"id": 3, "name": "Eve"}]


def rows_of(text: str, encoding: str = "utf-8"):
    source = BytesSource(text.encode(encoding))
    options = recognise(source).options
    frames = [batch.frame for batch in read(source, options)]
    rows = [row for frame in frames for row in frame.fillna("").values.tolist()]
    return columns_of(source, options).names, rows


EXPECTED = (("id", "name"), [["1", "Zoë"], ["2", "Bob, jr."], ["3", "Eve"]])
SURE = {
    "array": json.dumps(PEOPLE),
    "pretty": json.dumps(PEOPLE, indent=2),
    "lines": "\n\n".join(map(json.dumps, PEOPLE)),
    "byte order mark": "\ufeff" + json.dumps(PEOPLE, ensure_ascii=False),
    "in an object": json.dumps({"meta": {"count": 3}, "data": {"items": PEOPLE}, "next": None}),
    "in an object, pretty": json.dumps({"meta": {"tags": ["a", "b"]}, "items": PEOPLE}, indent=1),
    "longest list": json.dumps({"errors": [{"code": 1}], "rows": PEOPLE, "links": [{"a": 1}]}),
    "list of lists": json.dumps([["id", "name"], [1, "Zoë"], [2, "Bob, jr."], [3, "Eve"]]),
    "list of lists in an object": json.dumps(
        {"table": [["id", "name"], [1, "Zoë"], [2, "Bob, jr."], [3, "Eve"]]}
    ),
}
OPEN = {
    "one object": (json.dumps({"id": 1, "name": "Zoë"}), "format"),
    "objects over several lines": ("\n".join(json.dumps(p, indent=1) for p in PEOPLE), "format"),
    "two lists": (json.dumps({"people": PEOPLE, "pets": PEOPLE[:2]}), "record_path"),
    "entries are no objects": ("[1, 2, 3]", "format"),
}


@pytest.mark.parametrize("name", SURE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_the_list_of_records_is_found_without_a_question(name, encoding):
    recognition = recognise(BytesSource(SURE[name].encode(encoding)))

    assert rows_of(SURE[name], encoding) == EXPECTED
    assert recognition.questions == ()


@pytest.mark.parametrize("name", OPEN)
def test_what_only_a_person_knows_is_asked(name):
    text, question = OPEN[name]

    assert question in recognise(BytesSource(text.encode())).questions


def test_one_object_is_one_record_and_several_are_several():
    assert rows_of(OPEN["one object"][0]) == (("id", "name"), [["1", "Zoë"]])
    assert rows_of(OPEN["objects over several lines"][0]) == EXPECTED


def test_other_lists_are_offered_with_their_length():
    recognition = recognise(BytesSource(SURE["longest list"].encode()))

    assert recognition.options.record_path == "rows"
    assert [(each.options.record_path, each.sentence) for each in recognition.alternatives] == [
        ("errors", "The list “errors” has 1 records."),
        ("links", "The list “links” has 1 records."),
    ]


def test_numbers_and_repeated_keys_in_a_wrapped_list_are_as_written():
    source = BytesSource(b'{"rows": [{"n": 1.50}, {"n": 12345678901234567890}, {"n":1,"n":2}]}')
    (batch,) = read(source, recognise(source).options)

    assert batch.frame["n"].tolist() == ["1.50", "12345678901234567890"]
    assert [row.rule for row in batch.bad_rows] == ["duplicate_key"]


def test_a_path_that_leads_nowhere_is_said():
    source = BytesSource(SURE["in an object"].encode())
    options = recognise(source).options
    assert options.record_path == "data.items"

    with pytest.raises(FileUnreadable) as refused:
        list(read(source, type(options)(format=FileFormat.JSON, record_path="data.rows")))

    assert refused.value.code == "no_records"
    assert "“data.rows”" in refused.value.message


@pytest.mark.parametrize(
    "text", ["[" * 10_001 + "]" * 10_001, '{"a":' * 10_001 + "1" + "}" * 10_001]
)
def test_nesting_without_end_is_no_crash(text):
    with suppress(FileUnreadable):
        assert recognise(BytesSource(text.encode())).questions


VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN_KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(PLAIN_KEYS, VALUES, max_size=4), st.integers(1, 40), st.booleans())
def test_lists_are_found_however_the_text_is_cut(document, size, is_ascii):
    text = json.dumps(document, ensure_ascii=is_ascii)
    pieces = [text[start : start + size] for start in range(0, len(text), size)]

    found = lists_in(pieces)

    for path in found:
        rest = "".join(from_list(pieces, path))
        value, _ = json.JSONDecoder().raw_decode(rest)
        assert (
            max(
                sum(isinstance(each, dict) for each in value),
                sum(isinstance(each, list) for each in value),
            )
            == found[path]
        )
