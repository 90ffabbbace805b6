"""Profiles as they are kept: what was stored long ago is still read."""

import json
from dataclasses import asdict

from app.tabular.columns.profiles import ColumnProfile
from app.tabular.types import ColumnType

OLD = {
    "name": "age",
    "original_name": "Age",
    "type": "text",
    "confidence": 0.8,
    "row_count": 3,
    "empty_count": 0,
    "distinct_count": 3,
    "is_distinct_exact": True,
    "minimum": "1",
    "maximum": "x",
    "longest": 1,
    "samples": ["1", "x"],
    "sample_lines": [2, 3],
    "nearly": "integer",
    "counter_examples": [{"line": 3, "value": "x"}],
    "pattern": None,
    "note": "",
}


def test_a_profile_stored_before_there_were_histograms_is_still_read():
    found = ColumnProfile.from_dict(OLD)

    assert (found.nearly, found.histogram, found.top_values) == (ColumnType.INTEGER, (), ())
    assert (found.null_word, found.null_count) == ("", 0)


def test_what_is_new_comes_back_from_json_as_it_was():
    new = {
        **OLD,
        "histogram": [1, 2],
        "histogram_from": "1",
        "histogram_to": "9",
        "top_values": [["1", 2]],
        "null_words": [["NA", 40], ["-", 2]],
        "null_type": "integer",
    }

    found = ColumnProfile.from_dict(new)

    assert found.top_values == (("1", 2),)
    assert (found.null_word, found.null_count, found.null_type) == ("NA", 42, ColumnType.INTEGER)
    assert ColumnProfile.from_dict(json.loads(json.dumps(asdict(found)))) == found
