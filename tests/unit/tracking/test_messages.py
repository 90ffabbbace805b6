"""Messages as clients write them: what is taken, what is refused and why, when it happened."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tracking import messages
from app.tracking.messages import Message, MessageInvalid, MessageType

RECEIVED = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
BASIC = {"type": "track", "event": "buy", "userId": "1", "messageId": "m-1"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = ("type", "event", "userId", "anonymousId", "messageId", "timestamp", "properties")


def parsed(**changes):
    sent_at = changes.pop("batch_sent_at", None)
    return messages.parsed({**BASIC, **changes}, kind=None, received_at=RECEIVED, sent_at=sent_at)


def test_a_message_tells_who_did_what():
    message = parsed(properties={"value": 3}, anonymousId="a-1")

    assert (message.person_id, message.anonymous_id) == ("1", "a-1")
    assert (message.name, message.properties) == ("buy", {"value": 3})
    assert Message.from_dict(message.to_dict()) == message


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"type": "shout"}, "type"),
        ({"type": None}, "type"),
        ({"event": ""}, "needs an event"),
        ({"event": 5}, "needs an event"),
        ({"event": "x" * 201}, "needs an event"),
        ({"userId": None}, "userId or an anonymousId"),
        ({"userId": {"id": 1}}, "userId must be text"),
        ({"userId": True}, "userId must be text"),
        ({"userId": "x" * 201}, "1 to 200"),
        ({"properties": [1]}, "must be objects"),
        ({"timestamp": "yesterday"}, "timestamp is no date"),
        ({"timestamp": 5}, "must be a date"),
        ({"sentAt": "soon", "timestamp": "2020-01-01"}, "sentAt is no date"),
        ({"properties": {"text": "x" * 40_000}}, "at most 32768"),
        ({"properties": {"text": "\ud800"}}, "not valid Unicode"),
        ({"type": "alias"}, "previousId"),
    ],
)
def test_what_cannot_be_taken_is_said(changes, said):
    with pytest.raises(MessageInvalid, match=said):
        parsed(**changes)


def test_a_message_without_an_id_is_given_one():
    assert parsed(messageId=None).message_id != parsed(messageId=None).message_id


@pytest.mark.parametrize(
    ("timestamp", "expected"),
    [
        ("2009-01-01T00:00:00Z", datetime(2009, 1, 1, tzinfo=UTC)),
        ("2009-01-01T01:00:00+01:00", datetime(2009, 1, 1, tzinfo=UTC)),
        ("2009-01-01", datetime(2009, 1, 1, tzinfo=UTC)),
        ("2009-01-01T00:00:00.123456", datetime(2009, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)),
        (None, RECEIVED),
    ],
)
def test_imported_history_keeps_its_time(timestamp, expected):
    sent = (RECEIVED - timedelta(milliseconds=80)).isoformat()

    assert parsed(timestamp=timestamp, batch_sent_at=sent).occurred_at == expected


def test_a_wrong_clock_is_corrected_by_what_was_sent_when():
    wrong = RECEIVED - timedelta(hours=3)

    message = parsed(timestamp=(wrong - timedelta(minutes=1)).isoformat(), sentAt=wrong.isoformat())

    assert message.occurred_at == RECEIVED - timedelta(minutes=1)


def test_a_time_beyond_all_calendars_is_refused():
    with pytest.raises(MessageInvalid, match="out of range"):
        parsed(timestamp="9999-12-31T00:00:00Z", sentAt="0001-01-02T00:00:00Z")


def test_pages_carry_their_name_and_people_their_traits():
    page = parsed(type="page", name="Home", properties={"category": "Books"})
    person = parsed(type="identify", traits={"plan": "gold"})

    assert (page.name, page.properties) == ("page", {"name": "Home", "category": "Books"})
    assert (person.name, person.properties) == ("identify", {"plan": "gold"})


@given(raw=st.dictionaries(st.sampled_from(NAMES), JSON) | JSON)
def test_whatever_is_sent_is_taken_or_refused(raw):
    try:
        message = messages.parsed(raw, kind=None, received_at=RECEIVED)
    except MessageInvalid:
        return
    assert Message.from_dict(message.to_dict()) == message
    assert isinstance(message.type, MessageType)


@pytest.mark.parametrize(
    ("context", "consent"),
    [
        (
            {"consent": {"categoryPreferences": {"Ads": False, "Analytics": True}}},
            {"Ads": False, "Analytics": True},
        ),
        (
            {
                "consentManagement": {
                    "provider": "oneTrust",
                    "allowedConsentIds": ["C1"],
                    "deniedConsentIds": ["C2"],
                }
            },
            {"C1": True, "C2": False},
        ),
        (
            {"consentManagement": {"allowedConsentIds": {"C1": 1}, "deniedConsentIds": [7, None]}},
            None,
        ),
        ({"consent": "yes", "consentManagement": None}, None),
        ({"consent": {"categoryPreferences": {}}}, None),
        ([], None),
    ],
)
def test_the_consent_that_an_sdk_tells_beside_is_kept_by_purpose(context, consent):
    assert parsed(context=context).properties.get("consent") == consent
