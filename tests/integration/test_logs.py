"""Channels of the log: each where the settings want it, and none in the main log."""

import logging

import pytest

import config
from app import create_app, logs
from tests.conftest import SECRETS


def app_with(tmp_path, **channel):
    settings = config.load({**SECRETS, "DATA_DIR": str(tmp_path), "ENVIRONMENT": "staging"})
    channels = {**settings["LOG_CHANNELS"], "cdp.webhook": channel}
    return create_app({**settings, "LOG_CHANNELS": channels})


def test_a_channel_has_a_file_of_its_own_named_for_the_environment(tmp_path, capsys):
    app_with(tmp_path)

    logging.getLogger("cdp.webhook").debug("something.happened", extra={"item_id": 5})

    text = (tmp_path / "logs" / "cdp.webhook.staging.log").read_text()
    assert "DEBUG cdp.webhook something.happened request=- job=- item_id=5" in text
    assert capsys.readouterr().err == ""


def test_a_channel_may_go_to_any_stream_file_or_service(tmp_path, capsys):
    file = {"class": "logging.FileHandler", "filename": str(tmp_path / "own.log")}
    stream = {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "level": "ERROR"}
    service = {"class": "logging.handlers.SysLogHandler", "address": ["127.0.0.1", 9]}
    app_with(tmp_path, level="INFO", handlers=[file, stream, service])
    channel = logging.getLogger("cdp.webhook")

    channel.debug("too.small")
    channel.info("for.the.file")
    channel.error("for.both")

    assert [line.split()[3] for line in (tmp_path / "own.log").read_text().splitlines()] == [
        "for.the.file",
        "for.both",
    ]
    assert "for.both" in capsys.readouterr().out
    assert not (tmp_path / "logs" / "cdp.webhook.staging.log").exists()


@pytest.mark.parametrize(
    "handler",
    [
        {"class": "nowhere.Handler"},
        {"class": "logging.FileHandler"},
        {"class": "logging.StreamHandler", "stream": "ext://nowhere"},
        {"class": "logging.StreamHandler", "level": "LOUD"},
    ],
)
def test_a_handler_that_cannot_be_made_is_named(tmp_path, handler):
    with pytest.raises(logs.ChannelInvalid, match=r"log_channels\.cdp\.webhook"):
        app_with(tmp_path, handlers=[handler])


def test_no_field_makes_a_line_of_its_own(tmp_path):
    app_with(tmp_path)

    forged = "/cdp/webhook/x\r\n2026-11-23T12:00:00Z INFO cdp.webhook message.received"
    logging.getLogger("cdp.webhook").info("request.received", extra={"path": forged})

    text = (tmp_path / "logs" / "cdp.webhook.staging.log").read_text()
    assert len(text.splitlines()) == 1


def test_what_opens_something_is_masked():
    sent = {"Authorization": "Basic eDp5", "X-Client-Secret": "s", "Accept": "*/*"}

    assert logs.masked(sent) == {
        "Authorization": "***",
        "X-Client-Secret": "***",
        "Accept": "*/*",
    }
