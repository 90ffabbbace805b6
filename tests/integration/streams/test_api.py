"""The Streaming API: whole files or none, and a clear answer to whatever is sent."""

import base64
import errno
import gzip
import hashlib
import io
import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.accounts import services as accounts
from app.accounts.models import Scope
from app.extensions import db
from app.streams import services as streams
from app.streams.models import FileStatus, StreamFile, StreamPart
from app.streams.queries import source_of
from tests.conftest import NOW
from tests.factories import make_dataflow

ROWS = [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Zoë"}]
BODY = json.dumps(ROWS).encode()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def stream(app):
    return make_dataflow().stream


def push(client, stream, body=BODY, **headers):
    named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    return client.post(
        "/stream/default", data=body, headers={"x-streamid": stream.stream_id, **named}
    )


def kept_files(app) -> list[Path]:
    return [path for path in Path(app.config["FILES_URL"]).rglob("*") if path.is_file()]


def nothing_is_kept(app) -> bool:
    return db.session.scalar(select(func.count(StreamPart.id))) == 0 and not kept_files(app)


def test_a_call_without_a_file_id_is_a_whole_file(client, stream):
    answer = push(client, stream, x_isdraft="true")

    assert answer.status_code == 201
    assert answer.json["rows"] == 2
    assert answer.json["kind"] == "draft"
    assert answer.json["size"] == len(BODY)
    assert answer.json["sha256"] == hashlib.sha256(BODY).hexdigest()


def test_what_is_stored_is_what_was_sent(client, stream):
    push(client, stream, gzip.compress(BODY), Content_Encoding="gzip")

    file = db.session.scalars(select(StreamFile)).one()

    assert source_of(file.id).open().read() == BODY


def test_parts_become_a_file_only_when_it_is_closed(client, stream):
    first = push(client, stream, x_stream_file="f", x_part=1)
    status_before = db.session.scalars(select(StreamFile)).one().status

    last = push(client, stream, b'[{"id": 3}]', x_stream_file="f", x_part=2, x_complete=2)

    assert first.status_code == 202
    assert status_before is FileStatus.OPEN
    assert last.status_code == 201
    assert last.json["rows"] == 3
    assert last.json["parts"] == 2


def test_a_part_sent_again_changes_nothing(app, client, stream):
    push(client, stream, x_stream_file="f", x_part=1)

    again = push(client, stream, x_stream_file="f", x_part=1)

    assert again.status_code == 202
    assert len(kept_files(app)) == 1


def test_a_part_sent_again_with_other_bytes_is_refused(app, client, stream):
    push(client, stream, x_stream_file="f", x_part=1)

    again = push(client, stream, b'[{"id": 9}]', x_stream_file="f", x_part=1)

    assert again.status_code == 409
    assert len(kept_files(app)) == 1


def test_the_closing_call_sent_again_is_answered_as_before(client, stream):
    first = push(client, stream, x_stream_file="f", x_part=1, x_complete=1)

    again = push(client, stream, x_stream_file="f", x_part=1, x_complete=1)

    assert again.status_code == 201
    assert again.json == first.json


def test_closing_too_early_names_the_missing_parts(client, stream):
    push(client, stream, x_stream_file="f", x_part=1)

    answer = push(client, stream, b'[{"id": 3}]', x_stream_file="f", x_part=4, x_complete=4)

    assert answer.status_code == 409
    assert answer.json["missing"] == [2, 3]


@pytest.mark.parametrize(
    ("body", "headers", "code"),
    [
        (b"", {}, "empty_file"),
        (b"[]", {}, "empty_file"),
        (b'{"id": 1}', {}, "no_records"),
        (b'[{"id": 1}', {}, "bad_syntax"),
        (b'[{"id": {"a": 1}}]', {}, "nested_value"),
        (b'[{"id": 1, "id": 2}]', {}, "duplicate_key"),
        (b"[1]", {}, "not_an_object"),
        (b'[{"id": "\xff"}]', {}, "bad_encoding"),
        (gzip.compress(BODY, mtime=0)[:-9], {"Content_Encoding": "gzip"}, "body_truncated"),
        (b"not gzip at all", {"Content_Encoding": "gzip"}, "body_corrupt"),
        (BODY, {"Content_Digest": f"sha-256=:{base64.b64encode(bytes(32)).decode()}:"}, "digest"),
        (BODY, {"Content_Digest": "md5=:nonsense:"}, "digest_unreadable"),
        (BODY, {"x_stream_file": "f", "x_part": "zero"}, "header_invalid"),
        (BODY, {"x_stream_file": "f" * 300}, "file_id_invalid"),
        (BODY, {"x_isdraft": "maybe"}, "header_invalid"),
    ],
)
def test_a_broken_body_is_refused_in_words_and_leaves_nothing(
    app, client, stream, body, headers, code
):
    answer = push(client, stream, body, **headers)

    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"].startswith(code)
    assert answer.json["detail"].endswith(".")
    assert nothing_is_kept(app)


def test_a_nested_value_is_named_by_record_and_field(client, stream):
    answer = push(client, stream, b'[{"id": 1}, {"address": {"city": "Oslo"}}]')

    assert answer.json["where"]["line"] == 2
    assert answer.json["where"]["column"] == "address"


def test_too_large_a_body_is_refused_and_leaves_nothing(app, client, stream):
    app.config["MAX_STREAM_PART_BYTES"] = 10

    answer = push(client, stream)

    assert answer.status_code == 413
    assert nothing_is_kept(app)


def test_an_unknown_stream_is_not_found(client):
    answer = client.post("/stream/default", data=BODY, headers={"x-streamid": "nobody"})

    assert answer.status_code == 404
    assert answer.json["code"] == "stream_unknown"


def test_a_wrong_key_is_refused_though_the_id_alone_would_do(client, stream):
    answer = push(client, stream, Authorization="Bearer wrong")

    assert answer.status_code == 401


def test_a_stream_may_ask_for_a_key(client, stream):
    streams.save_settings(stream_pk=stream.id, is_id_enough=False, is_one_call_whole=False)
    key = accounts.create_api_key(name="shop", scope=Scope.STREAM_WRITE, now=NOW)

    without = push(client, stream)
    with_key = push(client, stream, Authorization=f"Bearer {key}")

    assert without.status_code == 401
    assert with_key.status_code == 201


def test_an_overwriting_stream_refuses_a_production_call_without_a_file_id(client, stream):
    stream.is_overwriting = True
    db.session.commit()

    production = push(client, stream)
    draft = push(client, stream, x_isdraft="true")

    assert production.status_code == 409
    assert draft.status_code == 201


def test_any_bytes_can_be_put(client, stream):
    body = b"id;name\n1;Ada\n"
    path = f"/api/v1/streams/{stream.stream_id}/files/people?kind=production"

    answer = client.put(path, data=body)
    again = client.put(path, data=body)
    other = client.put(path, data=b"id;name\n")

    assert answer.status_code == 201
    assert answer.json["rows"] is None
    assert answer.json["sha256"] == hashlib.sha256(body).hexdigest()
    assert again.json == answer.json
    assert other.status_code == 409


def test_an_encoding_that_is_not_known_is_refused(app, client, stream):
    answer = push(client, stream, Content_Encoding="br")

    assert answer.status_code == 415
    assert answer.json["code"] == "encoding_unknown"
    assert nothing_is_kept(app)


@pytest.mark.parametrize("failure", [None, OSError("reset"), ValueError("bad chunk")])
def test_a_body_that_breaks_off_is_no_file(app, client, stream, failure):
    """A server ends the stream early, or with a failure of its own, when the sender goes away."""

    class Broken(io.BytesIO):
        def read(self, size=-1):
            found = super().read(size)
            if not found and failure is not None:
                raise failure
            return found

    answer = client.put(
        f"/api/v1/streams/{stream.stream_id}/files/x?kind=draft",
        input_stream=Broken(b"id,name"),
        environ_overrides={"CONTENT_LENGTH": "500", "wsgi.input_terminated": True},
    )

    assert answer.status_code == 400
    assert answer.json["code"] == "body_truncated"
    assert nothing_is_kept(app)


@pytest.mark.parametrize(
    "failure",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")),
    ],
    ids=["disk", "quota", "database"],
)
def test_a_full_disk_is_said_and_leaves_nothing(app, client, stream, monkeypatch, failure):
    def no_room(_file):
        raise failure

    monkeypatch.setattr("app.streams.storage._force_to_disk", no_room)

    answer = push(client, stream)

    assert answer.status_code == 507
    assert answer.json["title"] == "The disk is full"
    assert nothing_is_kept(app)


def test_a_kind_that_is_none_is_refused(client, stream):
    answer = client.put(f"/api/v1/streams/{stream.stream_id}/files/x?kind=both", data=b"a")

    assert answer.status_code == 400


def test_parts_of_a_file_never_closed_expire(app, client, stream):
    push(client, stream, x_stream_file="f", x_part=1)
    far = NOW.replace(year=2100)

    gone = streams.expire_open_files(older_than=far - NOW.replace(year=2099), now=far)

    assert gone == 1
    assert nothing_is_kept(app)
