"""Rows that lack columns altogether: what a row does not have, it leaves."""

import json

from app.dataflows import services as dataflows
from app.dataflows.custom_columns import services as custom_columns
from app.tabular.columns.transforming import Transformation
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import make_active, make_parsed, make_schema
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


def test_a_custom_column_is_left_where_a_column_that_it_is_made_of_is_lacking(app):
    before = [{"id": 1, "first": "a", "last": "b"}, {"id": 2, "first": "c", "last": "d"}]
    dataflow = make_parsed(json.dumps(before))
    whole = Transformation("template", ("first", "last"), "whole", {"template": "{1} {2}"})
    either = Transformation("coalesce", ("first", "last"), "either", {})
    for step in (whole, either):
        dataflow = custom_columns.add_transformation(
            dataflow_id=dataflow.id,
            version=dataflow.version,
            step=step,
            type_=ColumnType.TEXT,
            now=NOW,
        )
    schema = make_schema(dict.fromkeys(("id", "whole", "either"), ColumnType.TEXT), "id")
    dataflow = dataflows.choose_schema(
        dataflow_id=dataflow.id, version=dataflow.version, schema_id=schema.id, now=NOW
    )
    dataflows.activate(dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW)
    finished(dataflow, json.dumps(before))

    finished(dataflow, json.dumps([{"id": 1, "first": "X"}, {"id": 2, "first": "Y", "last": "Z"}]))

    assert row_of(dataflow, 1) == {"id": "1", "whole": "a b", "either": "X"}
    assert row_of(dataflow, 2) == {"id": "2", "whole": "Y Z", "either": "Y"}
