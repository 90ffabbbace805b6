"""Parsing options: kept as JSON, and refused when they contradict themselves."""

import json

import pytest

from app.tabular.options import FileFormat, OptionsImpossible, ParsingOptions


def test_options_come_back_from_json_as_they_were():
    options = ParsingOptions(
        FileFormat.FIXED,
        "cp1252",
        ";",
        None,
        "\\",
        comment="#",
        header_rows=0,
        skipped_rows=3,
        column_starts=(0, 8, 20),
        decimal_mark=",",
        thousands_mark=".",
        null_words=("NULL", "-"),
    )

    kept = json.loads(json.dumps(options.to_dict()))

    assert ParsingOptions.from_dict(kept) == options


def test_options_of_another_version_are_read_as_far_as_they_are_known():
    kept = {"delimiter": ";", "has_header": False, "colour": "blue"}

    options = ParsingOptions.from_dict(kept)

    assert options == ParsingOptions(delimiter=";", header_rows=0)


@pytest.mark.parametrize(
    ("option", "changes"),
    [
        ("delimiter", {"delimiter": ""}),
        ("delimiter", {"delimiter": ";" * 9}),
        ("delimiter", {"delimiter": "\n"}),
        ("delimiter", {"delimiter": '"'}),
        ("quote", {"quote": "''"}),
        ("encoding", {"encoding": "klingon"}),
        ("skipped_rows", {"skipped_rows": -1}),
        ("footer_rows", {"footer_rows": -1}),
        ("first_column", {"first_column": -1}),
        ("column_count", {"column_count": 0}),
        ("header_rows", {"header_rows": 4}),
        ("comment", {"comment": " "}),
        ("column_starts", {"column_starts": [4, 4]}),
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
        "Text in columns of fixed width",
        "JSON",
        "NDJSON, one object a line",
        "XML",
        "Workbook (Excel, OpenDocument)",
        "Parquet",
    ]
