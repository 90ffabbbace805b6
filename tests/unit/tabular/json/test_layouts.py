"""Names apart from rows, answers around records, records of several kinds: found and asked."""

import json

import pytest

from app.tabular.files.source import BytesSource, FileUnreadable
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.reading import read
from app.tabular.recognising import recognise
from tests.unit.tabular.tables import table_in

CREW = [["Ada", 36], ["Zoë", 41], ["Alan", 19]]
SHIPS = [{"ship": "Aurora", "tons": 1}, {"ship": "Bris", "tons": 2}, {"ship": "Cetus", "tons": 3}]


def source_of(value):
    return BytesSource(value if isinstance(value, bytes) else json.dumps(value).encode())


def recognised(value):
    return recognise(source_of(value))


def table_of(value, options=None):
    return table_in(source_of(value), options)


@pytest.mark.parametrize(
    ("value", "path", "is_asked"),
    [
        ({"heads": ["who", "age"], "crew": CREW}, "crew.[](heads)", False),
        ({"crew": CREW, "heads": ["who", "age"]}, "crew.[](heads)", False),
        ({"a": {"crew": CREW}, "b": {"heads": ["who", "age"]}}, "a.crew.[](b.heads)", True),
        (
            {"heads": [{"type": "s", "title": "who"}, {"type": "n", "title": "age"}], "crew": CREW},
            "crew.[](heads.title)",
            True,
        ),
        ({"heads": ["who", "age"], "crew": CREW[:2]}, "crew.[](heads)", True),
        ({"heads": ["who", "age"], "tags": ["x", "y"], "crew": CREW}, "crew.[](heads)", True),
    ],
)
def test_a_list_as_long_as_the_rows_names_their_columns(value, path, is_asked):
    recognition = recognised(value)

    assert recognition.options.record_path == path
    assert ("record_path" in recognition.questions) is is_asked
    names, rows = table_of(value)
    assert names == ("who", "age")
    assert rows == [["Ada", "36"], ["Zoë", "41"], ["Alan", "19"]][: len(rows)]


def test_a_list_that_tells_of_the_fields_of_records_is_not_the_records():
    fields = [{"id": "ship", "type": "text"}, {"id": "tons", "type": "int"}]

    recognition = recognised({"fields": fields, "records": SHIPS[:1]})

    assert recognition.options.record_path == "records"
    assert recognition.questions == ()


def test_names_that_are_missing_are_told():
    options = ParsingOptions(format=FileFormat.JSON, record_path="crew.[](heads)")

    with pytest.raises(FileUnreadable) as refused:
        table_of({"crew": CREW}, options)

    assert refused.value.code == "no_records"


@pytest.mark.parametrize("rows", [[["id", "who"], ["x", "Ada"], ["y", "Zoë"]]])
def test_lists_of_nothing_but_texts_have_a_header_only_by_confirmation(rows):
    assert "header_rows" in recognised(rows).questions
    assert "header_rows" in recognised({"rows": rows, "n": 1}).questions
    assert recognised([["id", "who"], ["1", "Ada"], ["2", "Zoë"]]).questions == ()


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ([{"took": 3, "found": SHIPS}], "found"),
        ([{"took": 3, "found": {"ships": SHIPS}}], "found.ships"),
        ({"answers": [{"took": 3, "found": SHIPS}]}, "answers.found"),
        ([{"page": 1, "pages": 9}, SHIPS], "[1]"),
    ],
)
def test_a_longer_list_inside_a_single_object_is_read_and_asked_about(value, path):
    recognition = recognised(value)

    assert recognition.options.record_path == path
    assert recognition.questions == ("record_path",)
    assert table_of(value)[0] == ("ship", "tons")
    assert len(table_of(value)[1]) == 3


def test_a_path_goes_through_all_entries_of_a_list_that_have_it():
    options = ParsingOptions(format=FileFormat.JSON, record_path="found")
    value = [{"found": SHIPS[:2]}, {"other": 1}, {"found": None}, 7, {"found": SHIPS[2:]}]

    assert [row[0] for row in table_of(value, options)[1]] == ["Aurora", "Bris", "Cetus"]


@pytest.mark.parametrize(
    "value",
    [
        [{"page": 1, "found": SHIPS}, {"page": 2, "found": SHIPS * 3}],
        [{"index": {"id": 1}}, {"ship": "Aurora"}, {"index": {"id": 2}}, {"ship": "Bris"}],
        {"months": ["Jan", "Feb"], "lines": [{"of": "a", "is": [1, 2]}, {"of": "b", "is": [3, 4]}]},
        {"rows": [{"f": [{"v": 1}, {"v": 2}]}, {"f": [{"v": 3}, {"v": 4}]}]},
        [{"times": [1, 2, 3], "heights": [4, 5, 6]}],
        {"chart": [{"of": "x", "in": {"quote": [{"open": [1, 2, 3]}]}}]},
        [{"of": "a", "values": [[1, 2], [3, 4]]}, {"of": "b", "values": [[1, 0], [3, 9]]}],
        {"2022": SHIPS * 9, "2023": SHIPS},
        [{"u1": {"name": "Ada"}}, {"u2": {"name": "Bo"}}, {"u3": {"name": "Cy"}}],
    ],
)
def test_records_that_may_be_none_are_asked_about(value):
    assert "record_path" in recognised(value).questions


def test_records_of_several_kinds_on_lines_are_asked_about():
    lines = [{"index": {"id": 1}}, {"ship": "Aurora"}, {"index": {"id": 2}}, {"ship": "Bris"}]
    content = "\n".join(map(json.dumps, lines)).encode()

    assert recognised(content).questions == ("record_path",)


@pytest.mark.parametrize(
    "value",
    [
        [{"order": 1, "lines": SHIPS}, {"order": 2, "lines": []}],
        [{"ship": "Aurora", "tags": ["a", "b"]}],
        [{"a": 1, "b": 2}, {"b": 2, "c": 3}, {"c": 4, "d": 5}],
        {"ships": SHIPS * 9, "ports": [{"port": "Oslo", "id": 1}, {"port": "Rome", "id": 2}]},
        [{"ship": "Aurora"}] * 30 + [{"remark": "late"}],
        {"points": [{"at": [1, 2]}, {"at": [3, 4]}, {"at": [5, 6], "name": "x"}]},
    ],
)
def test_records_that_hold_lists_or_lack_fields_are_records(value):
    assert recognised(value).questions == ()


@pytest.mark.parametrize(
    "content",
    [
        b'[{"\\ud800": [{"ship": "Aurora"}, {"ship": "Bris"}]}]',
        b'{"rows": [[1, 2], [3, 4], [5, 6]], "\\ud800": ["a", "b"]}',
        b'{"rows": [[1, 2], [3, 4], [5, 6]], "x": [{"": "a"}, {"": "b"}]}',
    ],
)
def test_a_path_that_cannot_be_written_is_none(content):
    assert "\ud800" not in recognised(content).options.record_path
    assert "(" not in recognised(content).options.record_path


@pytest.mark.parametrize("content", [b"[]", b"{}", b"[{}, {}]", b" [ ] "])
def test_json_that_holds_nothing_is_refused(content):
    with pytest.raises(FileUnreadable) as refused:
        recognised(content)

    assert refused.value.code == "no_records"


def test_objects_of_a_few_fields_each_under_keys_are_records():
    value = {"u1": {"name": "Ada", "age": 36}, "u2": {"name": "Bo"}, "u3": {"age": 41}}

    assert recognised(value).options.record_path == "*"


def test_a_null_where_others_have_an_object_is_no_column():
    value = [{"id": 1, "by": None, "at": None}, {"id": 2, "by": {"login": "ana"}, "at": None}]

    [batch] = read(source_of(value), recognised(value).options)

    assert list(batch.frame.columns) == ["id", "at", "by.login"]
    assert batch.unexpected_columns == ()


def test_a_broken_list_is_broken_rather_than_empty():
    with pytest.raises(FileUnreadable) as refused:
        table_of(b"[{'ship': 'Aurora'}, {'ship': 'Bris'}]")

    assert refused.value.code == "bad_syntax"
