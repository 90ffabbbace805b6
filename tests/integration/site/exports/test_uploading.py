"""Sending a file to a platform that fails, lies or refuses."""

import gzip
import json
import logging
from dataclasses import replace

import pytest
import requests
from werkzeug import Response

from app.logs import FieldFormatter
from app.site.exports import uploading
from app.site.exports.uploading import (
    Destination,
    NotConfirmed,
    NothingToSend,
    PlatformUnreachable,
    UploadRefused,
)

RECORDS = [{"id": number} for number in range(5)]


@pytest.fixture
def destination(httpserver):
    return Destination(
        httpserver.url_for("").rstrip("/"), "default", "the-stream", is_draft=True, file_id="f"
    )


def confirmed(rows: int) -> Response:
    return Response(json.dumps({"rows": rows, "size": 1}), 201, content_type="application/json")


def send(destination, pauses=None, **changes):
    return uploading.send(
        RECORDS,
        destination,
        **{"part_rows": 2, "pause": (pauses if pauses is not None else []).append, **changes},
    )


def test_records_go_in_parts_and_the_last_closes_the_file(httpserver, destination):
    httpserver.expect_request("/stream/default").respond_with_handler(lambda _r: confirmed(5))

    sent = send(destination)

    requests_seen = [request for request, _answer in httpserver.log]
    bodies = [json.loads(gzip.decompress(request.data)) for request in requests_seen]
    assert (sent.rows, sent.parts) == (5, 3)
    assert [row["id"] for body in bodies for row in body] == [0, 1, 2, 3, 4]
    assert [request.headers["x-part"] for request in requests_seen] == ["1", "2", "3"]
    assert [request.headers.get("x-complete") for request in requests_seen] == [None, None, "3"]
    assert {request.headers["x-isdraft"] for request in requests_seen} == {"true"}


def test_a_part_is_tried_again_after_the_pause_asked_for(httpserver, destination):
    answers = [Response("", 503, headers={"Retry-After": "7"}), Response("", 500), confirmed(5)]
    httpserver.expect_request("/stream/default").respond_with_handler(
        lambda _request: answers.pop(0) if len(answers) > 1 else answers[0]
    )
    pauses: list[float] = []

    send(destination, pauses)

    assert pauses[0] == 7
    assert len(pauses) == 2


def test_a_platform_that_is_not_there_is_said(destination):
    nowhere = Destination("http://127.0.0.1:9", "default", "s", is_draft=False, file_id="f")
    pauses: list[float] = []

    with pytest.raises(PlatformUnreachable, match="Is it running"):
        send(nowhere, pauses)

    assert len(pauses) == uploading.MOST_TRIES - 1
    assert pauses[-1] > pauses[0]


def test_a_dropped_connection_is_tried_again(httpserver, destination, monkeypatch):
    httpserver.expect_request("/stream/default").respond_with_handler(lambda _r: confirmed(5))
    real, failures = requests.Session.post, [requests.ConnectionError()]

    def post(self, *args, **kwargs):
        if failures:
            raise failures.pop()
        return real(self, *args, **kwargs)

    monkeypatch.setattr(requests.Session, "post", post)

    assert send(destination).rows == 5


def test_a_refusal_is_final_and_in_the_platforms_words(httpserver, destination):
    problem = {"detail": "No stream has this id."}
    httpserver.expect_request("/stream/default").respond_with_json(problem, status=404)
    pauses: list[float] = []

    with pytest.raises(UploadRefused, match="No stream has this id"):
        send(destination, pauses)

    assert pauses == []


def test_a_redirect_is_not_followed(httpserver, destination):
    httpserver.expect_request("/stream/default").respond_with_data(
        status=302, headers={"Location": httpserver.url_for("/elsewhere")}
    )

    with pytest.raises(UploadRefused, match="302"):
        send(destination)


@pytest.mark.parametrize("rows", [4, 6, None])
def test_another_count_than_was_sent_is_no_success(httpserver, destination, rows):
    httpserver.expect_request("/stream/default").respond_with_json({"rows": rows}, status=201)

    with pytest.raises(NotConfirmed):
        send(destination)


def test_an_answer_that_is_no_json_is_no_success(httpserver, destination):
    httpserver.expect_request("/stream/default").respond_with_data("<html>", status=200)

    with pytest.raises(NotConfirmed):
        send(destination)


def test_nothing_is_sent_where_there_is_nothing(httpserver, destination):
    with pytest.raises(NothingToSend):
        uploading.send([], destination, part_rows=2)

    assert httpserver.log == []


def test_no_part_is_larger_than_a_part_may_be(httpserver, destination, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_PART_BYTES", 20)
    httpserver.expect_request("/stream/default").respond_with_handler(lambda _r: confirmed(5))

    sent = send(destination, part_rows=1000)

    assert sent.parts == 3


def test_each_call_is_logged_without_its_secrets(httpserver, destination, caplog):
    caplog.set_level(logging.DEBUG, logger="cdp.requests")
    answers = [Response("", 503), confirmed(5)]
    httpserver.expect_request("/stream/default").respond_with_handler(lambda _r: answers.pop(0))
    platform = destination.platform_url.replace("://", "://someone:password@")

    send(replace(destination, platform_url=platform, key="hw_secret"), part_rows=9)

    calls = [each for each in caplog.records if each.name == "cdp.requests"]
    assert [(each.message, each.levelname) for each in calls] == [("request.sent", "DEBUG")] * 2
    assert [(each.method, each.status) for each in calls] == [("POST", "503"), ("POST", "201")]
    assert {each.url for each in calls} == {httpserver.url_for("/stream/default")}
    assert all(0 <= each.seconds < 60 for each in calls)
    lines = "".join(map(FieldFormatter().format, calls))
    assert not [secret for secret in ("the-stream", "hw_secret", "password") if secret in lines]


def test_a_call_that_got_no_answer_is_logged_with_the_reason(destination, caplog):
    caplog.set_level(logging.DEBUG, logger="cdp.requests")
    nowhere = replace(destination, platform_url="http://someone:password@127.0.0.1:9")

    with pytest.raises(PlatformUnreachable) as refused:
        send(nowhere)

    calls = [each.status for each in caplog.records if each.name == "cdp.requests"]
    assert calls == ["ConnectionError"] * uploading.MOST_TRIES
    assert "password" not in str(refused.value)
