"""`flask cdp …`: what is printed, and with which exit code it ends."""

import json

import pytest
from werkzeug import Response

from app.site.sample_shop import services


@pytest.fixture
def runner(app, httpserver):
    services.create_sample_shop(url=app.config["SITE_SAMPLE_SHOP_URL"])
    app.config["SITE_PLATFORM_URL"] = httpserver.url_for("").rstrip("/")
    return app.test_cli_runner()


def test_a_dry_run_prints_the_first_records_and_sends_nothing(runner, httpserver):
    done = runner.invoke(args=["cdp", "stream-user-data", "--dry-run"])

    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [record["id"] for record in records] == [1001, 1002, 1003, 1004, 1005]
    assert httpserver.log == []


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("stream-user-data", ("--user-content-type", "business")),
        ("stream-product-data", ("--product-type", "bundle")),
        ("stream-content-data", ("--content-type", "recipe")),
    ],
)
def test_only_the_types_asked_for_are_exported(runner, command, kind):
    done = runner.invoke(args=["cdp", command, "--dry-run", *kind])

    assert {json.loads(line)["type"] for line in done.stdout.splitlines()} == {kind[1]}


def test_limit_and_offset_choose_the_rows(runner):
    done = runner.invoke(
        args=["cdp", "stream-user-data", "--dry-run", "--limit", "2", "--offset", "3"]
    )

    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1004, 1005]


def test_a_confirmed_file_ends_with_its_count(runner, httpserver):
    answer = json.dumps({"rows": 10, "size": 1})
    httpserver.expect_request("/stream/default").respond_with_handler(
        lambda _request: Response(answer, 201, content_type="application/json")
    )

    done = runner.invoke(
        args=["cdp", "stream-user-data", "--stream-id", "s", "--limit", "10", "--no-draft"]
    )

    assert done.exit_code == 0
    assert "10 rows in 1 part, a production file" in done.stdout


def test_a_refusal_is_one_sentence_and_exit_code_one(runner, httpserver):
    problem = {"detail": "No stream has this id."}
    httpserver.expect_request("/stream/default").respond_with_json(problem, status=404)

    done = runner.invoke(args=["cdp", "stream-user-data", "--stream-id", "s"])

    assert done.exit_code == 1
    assert done.stderr.strip().endswith("Error: No stream has this id.")


def test_a_missing_stream_id_is_a_usage_error(runner):
    done = runner.invoke(args=["cdp", "stream-user-data"])

    assert done.exit_code == 2
    assert "--stream-id" in done.stderr
