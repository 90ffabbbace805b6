"""Files without a record: nothing differs in them, and a dataset that they replace stays."""

import json

import pytest

from app.lake.write_modes import WriteMode
from app.runs.models import RunStatus
from tests.factories import make_active
from tests.integration.runs.carrying_out import finished, rows_of

RECORDS = [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Bo"}]
XML = "<rows><row><id>1</id><name>Ada</name></row><row><id>2</id><name>Bo</name></row></rows>"
FILES = [
    pytest.param(json.dumps(RECORDS), "[]", id="a list"),
    pytest.param(json.dumps({"rows": RECORDS}), '{"rows": []}', id="a list within"),
    pytest.param("\n".join(map(json.dumps, RECORDS)), "\n", id="a record a line"),
    pytest.param(XML, "<rows></rows>", id="elements"),
    pytest.param("id,name\n1,Ada\n2,Bo\n", "id,name\n", id="lines"),
]


@pytest.mark.parametrize(("whole", "empty"), FILES)
def test_appending_a_file_without_records_changes_nothing(app, whole, empty):
    dataflow = make_active(whole)
    finished(dataflow, whole)

    run = finished(dataflow, empty)

    assert (run.status, run.failure) == (RunStatus.FINISHED, None)
    assert run.received_count == 0
    assert not run.drift
    assert len(rows_of(dataflow)) == 2


@pytest.mark.parametrize(("whole", "empty"), FILES)
def test_a_file_without_records_is_refused_where_it_replaces_the_dataset(app, whole, empty):
    dataflow = make_active(whole, write_mode=WriteMode.OVERWRITE)
    finished(dataflow, whole)

    run = finished(dataflow, empty)

    assert run.status is RunStatus.FAILED
    assert run.failure.startswith("The file has no rows")
    assert len(rows_of(dataflow)) == 2
