"""Bodies of the collector: one message that is wrong loses no other."""

import json
from datetime import UTC, datetime

import pytest

from app.tracking import bodies
from app.tracking.bodies import Refusal
from app.tracking.messages import Message, MessageType

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
GOOD = '{"type": "track", "event": "visit", "userId": "1"}'


def checked(body, kind=None):
    raw = body if isinstance(body, bytes) else body.encode()
    return list(bodies.checked(bodies.read(raw, kind), kind, NOW))


def spoiled(inside):
    return GOOD.replace("}", ', "properties": %s}' % inside)  # noqa: UP031  # braces all over


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (spoiled('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}"), "64 levels"),
        (spoiled('{"a": ' + '{"b": ' * 5_000 + "1" + "}" * 5_000 + "}"), "64 levels"),
        (spoiled('{"a": ' + "[" * 70 + "]" * 70 + "}"), "64 levels"),
        (spoiled('{"a": "\\ud800"}'), "Unicode"),
        (spoiled('{"a": "%s"}' % ("x" * 40_000)), "32768"),
        ("5", "JSON object"),
    ],
)
def test_one_bad_message_among_good_ones_is_refused_alone(bad, reason):
    body = '{"batch": [%s, %s, %s]}' % (GOOD, bad, GOOD)  # noqa: UP031

    first, refused, last = checked(body)

    assert isinstance(first, Message)
    assert isinstance(last, Message)
    assert isinstance(refused, Refusal)
    assert reason in refused.reason


def test_bytes_that_are_no_utf_8_refuse_only_the_message_they_stand_in():
    body = f'{{"batch": [{GOOD}, {spoiled("{}")}]}}'.encode().replace(b"{}", b'{"a": "\xff"}')

    taken, refused = checked(body)

    assert isinstance(taken, Message)
    assert refused.reason == "A text in the message is not valid Unicode."


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_is_read_as_nothing(word):
    (message,) = checked('{"batch": [%s]}' % spoiled('{"price": %s}' % word))  # noqa: UP031

    assert message.properties == {"price": None}


def test_an_endless_number_is_kept_as_text_and_is_no_identifier():
    digits = "9" * 5_000
    text = '{"batch": [%s, {"type": "track", "event": "a", "userId": %s}]}'
    message, refused = checked(text % (spoiled('{"price": %s}' % digits), digits))  # noqa: UP031

    assert message.properties == {"price": digits}
    assert refused.reason == "userId must have 1 to 200 signs."


def test_brackets_within_texts_are_no_levels():
    deep = spoiled('{"a": "%s", "b": %s}' % ("[" * 200, "[" * 2000 + "]" * 2000))  # noqa: UP031
    plain = spoiled('{"a": "\\"[[[{{{"}')

    taken, refused = checked(f'{{"batch": [{plain}, {deep}]}}')

    assert taken.properties == {"a": '"[[[{{{'}
    assert "64 levels" in refused.reason


@pytest.mark.parametrize("text", ["[" * 100_000, '{"batch": [' + "[" * 5_000, '{"a": ' * 5_000])
def test_a_body_that_is_never_closed_is_no_json(text):
    with pytest.raises(bodies.BodyInvalid) as failure:
        checked(text)
    assert failure.value.code == "not_json"


def test_one_message_alone_that_is_nested_too_deep_is_refused():
    (refused,) = checked(spoiled('{"a": ' + "[" * 300 + "]" * 300 + "}"), MessageType.TRACK)

    assert "64 levels" in refused.reason
    with pytest.raises(bodies.BodyInvalid) as failure:
        checked(spoiled('{"a": ' + "[" * 9_000 + "]" * 9_000 + "}"), MessageType.TRACK)
    assert failure.value.code == "message_invalid"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_any_unicode_encoding_is_read(encoding):
    body = json.dumps({"batch": [json.loads(GOOD)]}).encode(encoding)

    assert isinstance(checked(body)[0], Message)
