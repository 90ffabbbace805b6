"""A file that is sent starts a run, or another does so at the same moment."""

import pytest

from app.extensions import db
from app.runs import services as runs
from tests.factories import make_dataflow


@pytest.fixture
def stream(app):
    return make_dataflow().stream


def test_a_file_is_confirmed_where_another_starts_its_run_first(app, stream, monkeypatch):
    def lose(**_run):
        # As where the database refuses the second of two runs that start at once.
        db.session.rollback()
        raise runs.RunAlreadyActive

    monkeypatch.setattr(runs, "start_run", lose)
    client, stream_id = app.test_client(), stream.stream_id
    path = f"/api/v1/streams/{stream_id}/files/people?kind=production"

    put = client.put(path, data=b"id;name\n1;Ada\n")
    pushed = client.post("/stream/default", data=b'[{"id": 1}]', headers={"x-streamid": stream_id})

    assert (put.status_code, put.json["parts"]) == (201, 1)
    assert (pushed.status_code, pushed.json["rows"]) == (201, 1)
