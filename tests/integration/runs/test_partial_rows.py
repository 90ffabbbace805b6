"""Rows that lack columns altogether: what a row does not have, it leaves."""

import json

from tests.factories import make_active
from tests.integration.runs.carrying_out import finished, rows_of

BEFORE = [{"id": 1, "name": "Ada", "points": 1}, {"id": 2, "name": "Bo", "points": 2}]


def row_of(dataflow, number: int) -> dict[str, str]:
    return next(row for row in rows_of(dataflow) if row["id"] == str(number))


def test_rows_of_one_identifier_each_leave_what_the_other_sets(app):
    dataflow = make_active(json.dumps(BEFORE))
    finished(dataflow, json.dumps(BEFORE))

    run = finished(
        dataflow,
        json.dumps(
            [
                {"id": 1, "name": "Old", "points": 5},
                {"id": 1, "name": "New"},
                {"id": 1, "points": None},
                {"id": 2, "points": 9},
                {"id": 3, "name": "Cy"},
                {"id": 3, "points": 3},
            ]
        ),
    )

    assert row_of(dataflow, 1) == {"id": "1", "name": "New", "points": ""}
    assert row_of(dataflow, 2) == {"id": "2", "name": "Bo", "points": "9"}
    assert row_of(dataflow, 3) == {"id": "3", "name": "Cy", "points": "3"}
    assert run.buckets == {"added": 1, "changed": 2, "same": 0, "rejected": 0, "superseded": 3}
