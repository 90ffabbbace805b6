"""`flask events tail` and `flask events export`: what they print, with values hidden."""

import json

import pytest

from app.tracking import commands
from tests.integration.tracking.sending import make_source, send, stored, track

SECRET = "ada@example.com"


@pytest.fixture
def run(app):
    """Return the lines that a command printed and its exit code."""
    source = make_source()
    track(app, source, event="visit", properties={"email": SECRET, "sku": "B-1"})
    stored()
    track(app, source, event="Song Played", anonymousId="a-1")
    send(app, source, "/v1/track", {"userId": "2"})
    runner = app.test_cli_runner()

    def called(*arguments):
        done = runner.invoke(args=["events", *arguments])
        return done.output.strip().splitlines(), done.exit_code

    return called


def test_the_last_messages_are_printed_the_newest_at_the_end(run):
    lines, code = run("tail")

    assert code == 0
    assert [word in line for word, line in zip(("visit", "Song", "needs"), lines, strict=True)] == [
        True,
        True,
        True,
    ]
    assert SECRET not in "".join(lines)


def test_messages_are_told_in_json_and_filtered(run):
    lines, _code = run("tail", "--json", "--event", "visit", "--show-values", "--source", "Shop")

    (told,) = map(json.loads, lines)
    assert (told["state"], told["name"]) == ("stored", "visit")
    assert SECRET in told["brought"]


def test_a_source_that_is_not_there_is_said(run):
    lines, code = run("tail", "--source", "Nowhere")

    assert (lines, code) == (["Error: There is no source called Nowhere."], 1)


def test_following_prints_each_message_once(run, monkeypatch):
    looked = []

    def stop_at_the_third(_seconds):
        looked.append(1)
        if len(looked) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(commands.time, "sleep", stop_at_the_third)

    lines, _code = run("tail", "--follow", "--json")

    assert len([line for line in lines if line.startswith("{")]) == 3


@pytest.mark.parametrize("shows", [True, False])
def test_all_events_are_written_as_ndjson(run, shows):
    lines, code = run("export", *(["--show-values"] if shows else []))

    (told,) = map(json.loads, lines)
    assert code == 0
    assert (told["event"], told["properties"]["sku"]) == ("visit", "B-1")
    assert told["properties"]["email"] == (SECRET if shows else "••••")
