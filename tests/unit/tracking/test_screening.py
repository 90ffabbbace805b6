"""The quick look: what it vouches for, the thorough look takes, message by message."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.tracking import bodies
from app.tracking.messages import Message, MessageType
from app.tracking.screening import vouched

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
GOOD = {"type": "track", "event": "visit", "userId": "1"}

moments = st.sampled_from(
    [
        *("2026-11-26T12:00:00Z", "2026-11-26t12:00:00z", "2026-11-26 12:00:00.1234567+02:00"),
        *("2026-11-26", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "2046-01-01T00:00:00"),
        *("2026-11-26T24:00:00Z", "2026-11-26T12:00:60Z", "26 Nov", "", " 2026-11-26T12:00:00Z "),
        *("2026-11-26T12:00:00+0000", "2026-W48-4", None, 5),
    ]
)
ids = st.one_of(
    st.none(),
    st.text(max_size=3),
    st.sampled_from(["", " ", "\0", "\ud800", "x" * 200, "x" * 201, "\t a", True, 1.5, [], {}]),
    st.integers(),
    st.sampled_from([10**199, 10**200, 2**63, -(2**64)]),
)
values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)
single_messages = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from([*MessageType, "other", 5, None]),
        "event": ids,
        "userId": ids,
        "anonymousId": ids,
        "previousId": ids,
        "messageId": ids,
        "timestamp": moments,
        "originalTimestamp": moments,
        "sentAt": moments,
        "properties": values,
        "traits": values,
        "context": values,
        "writeKey": ids,
    },
)
likely_messages = single_messages.map(lambda found: {**GOOD, **found})


def checked(body, kind):
    return list(bodies.checked(bodies.read(body, kind), kind, NOW))


@settings(max_examples=400)
@given(
    found=st.one_of(single_messages, likely_messages),
    kind=st.sampled_from(MessageType),
    is_ascii=st.booleans(),
)
def test_a_message_that_is_vouched_for_is_taken(found, kind, is_ascii):
    body = json.dumps(found, ensure_ascii=is_ascii).encode("utf-8", "surrogatepass")

    quick = vouched(body, kind)

    if quick is not None:
        assert [type(each) for each in checked(body, kind)] == [Message]


@settings(max_examples=400)
@given(
    batch=st.lists(st.one_of(likely_messages, single_messages), max_size=4),
    sent=st.fixed_dictionaries({}, optional={"sentAt": moments}),
)
def test_a_batch_that_is_vouched_for_is_taken_whole(batch, sent):
    body = json.dumps({"batch": batch, **sent}).encode()

    quick = vouched(body, None)

    if quick is not None:
        assert [type(each) for each in checked(body, None)] == [Message] * quick.message_count


@settings(max_examples=300)
@given(body=st.binary(max_size=60))
def test_any_bytes_are_vouched_for_only_if_they_can_be_read(body):
    quick = vouched(body, None)

    assert quick is None or len(checked(body, None)) == quick.message_count


@pytest.mark.parametrize("kind", [None, MessageType.TRACK])
def test_what_sdks_send_is_vouched_for(kind):
    message = {
        **GOOD,
        "messageId": "m-1",
        "timestamp": "2026-11-26T12:00:00.123Z",
        "context": {"page": {"url": "https://shop.example/"}},
        "properties": {"price": 12.5, "name": "Kaffee, geröstet", "tags": ["a", {"b": None}]},
    }
    body = message if kind else {"batch": [message] * 100, "sentAt": "2026-11-26T12:00:01Z"}

    quick = vouched(json.dumps(body, ensure_ascii=False).encode(), kind)

    assert quick is not None
    assert quick.message_count == (1 if kind else 100)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"properties": {"note": "x" * 32_768}},
        {"properties": {"a": json.loads("[" * 70 + "]" * 70)}},
        {"properties": [1]},
        {"event": ""},
        {"userId": None},
    ],
)
def test_one_message_that_is_not_fine_sends_the_whole_batch_to_the_thorough_look(spoiled):
    body = json.dumps({"batch": [GOOD, {**GOOD, **spoiled}]}).encode()

    assert vouched(body, None) is None
    assert [type(each) for each in checked(body, None)] == [Message, bodies.Refusal]
