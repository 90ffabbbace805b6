"""Parsing options: kept as JSON, and refused when they contradict themselves."""

import json

import pytest

from app.tabular.options import FileFormat, OptionsImpossible, ParsingOptions


def test_options_come_back_from_json_as_they_were():
    options = ParsingOptions(
        FileFormat.NDJSON, "cp1252", ";", None, "\\", False, 3, ",", ".", ("NULL", "-")
    )

    kept = json.loads(json.dumps(options.to_dict()))

    assert ParsingOptions.from_dict(kept) == options


def test_options_of_another_version_are_read_as_far_as_they_are_known():
    kept = {"delimiter": ";", "sheet": "Customers"}

    options = ParsingOptions.from_dict(kept)

    assert options == ParsingOptions(delimiter=";")


@pytest.mark.parametrize(
    ("option", "changes"),
    [
        ("delimiter", {"delimiter": ""}),
        ("delimiter", {"delimiter": ";;"}),
        ("delimiter", {"delimiter": "\n"}),
        ("delimiter", {"delimiter": '"'}),
        ("quote", {"quote": "''"}),
        ("encoding", {"encoding": "klingon"}),
        ("skipped_rows", {"skipped_rows": -1}),
        ("decimal_mark", {"decimal_mark": ";"}),
        ("thousands_mark", {"thousands_mark": "."}),
        ("thousands_mark", {"thousands_mark": "x"}),
        ("format", {"format": "papyrus"}),
    ],
)
def test_options_that_cannot_be_used_name_the_field_at_fault(option, changes):
    with pytest.raises(OptionsImpossible) as refused:
        ParsingOptions.from_dict(changes)

    assert refused.value.option == option


def test_each_format_has_a_name_for_people():
    assert [each.label for each in FileFormat] == [
        "Delimited text (CSV)",
        "JSON array",
        "NDJSON, one object a line",
    ]
