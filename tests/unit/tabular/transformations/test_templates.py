"""Joining by a template: what stands where a column is empty, and what becomes of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.transforming import TransformationImpossible
from app.tabular.transformations import templates
from app.tabular.transformations.parameters import ParameterImpossible
from tests.unit.tabular.transformations.making import made

VALUES = st.sampled_from([None, "", "x", "y z", "{1}"])
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="{}"), min_size=1).map(str.strip)


@pytest.mark.parametrize(
    ("template", "row", "expected"),
    [
        ("{1} {2}", ("Ada", "Lovelace"), "Ada Lovelace"),
        ("{1} {2} {3}", ("Ada", None, "Lovelace"), "Ada Lovelace"),
        ("{1} {2}", (None, "Lovelace"), "Lovelace"),
        ("{1} {2}", ("Ada", None), "Ada"),
        ("{1}, {2}", ("Ada", None), "Ada, "),
        ("{2}/{1}/{1}", ("a", "b"), "b/a/a"),
        ("{{{1}}}", ("a",), "{a}"),
        ("Hi {1}!", (None,), None),
        ("Hi {1}!", ("",), None),
    ],
)
def test_a_template_is_filled_in(template, row, expected):
    columns = [[value] for value in row]

    assert made("template", {"template": template}, *columns) == [expected]


def test_one_empty_column_can_make_all_of_it_empty():
    params = {"template": "{1} {2}", "when_empty": "empty"}

    assert made("template", params, ["a", "b"], ["c", None]) == ["a c", None]


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=6))
def test_without_spaces_a_template_agrees_with_plain_python(rows):
    expected = [f"<{a or ''}-{b or ''}>" if a or b else None for a, b in rows]

    assert made("template", {"template": "<{1}-{2}>"}, *zip(*rows, strict=True)) == expected


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.text(max_size=5))
def test_names_become_numbers_and_names_again(names, between):
    literal = between.replace("{", "{{").replace("}", "}}")
    written = literal.join(f"{{{name}}}" for name in names)

    columns, template = templates.numbered(written)

    assert columns == tuple(names)
    assert templates.named(template, columns) == written


@pytest.mark.parametrize("template", ["{a", "a}", "{a}}", "{a{b}}"])
def test_a_brace_alone_is_refused(template):
    with pytest.raises(ParameterImpossible, match="column names in { }"):
        templates.numbered(template)


@pytest.mark.parametrize(
    ("template", "words"),
    [("hello", "Name at least one"), ("{1}", "1}"), ("{1} {4}", "{1} to {2}")],
)
def test_a_template_that_does_not_go_with_its_columns_is_refused(template, words):
    with pytest.raises(TransformationImpossible) as refused:
        made("template", {"template": template}, ["a"], ["b"])

    assert words in refused.value.message


@given(st.lists(st.text(" {}()a2\n", min_size=1) | st.text(min_size=1), unique=True))
def test_every_column_can_be_written_into_a_template_and_is_told_from_the_others(names):
    written = templates.writable(names)
    said = list(written.values())

    assert list(templates.numbered("".join(f"{{{name}}}" for name in said))[0]) == said
    assert [name for name in names if written[name] == name] == [
        name for name in names if name in said
    ]


def test_a_name_with_braces_is_written_with_round_ones():
    names = ["a", "{a}", "(a)", " b ", "b"]

    assert templates.writable(names) == {
        "a": "a",
        "{a}": "(a) 2",
        "(a)": "(a)",
        " b ": "b 2",
        "b": "b",
    }
