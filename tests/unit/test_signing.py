"""Standard Webhooks, against the example of the specification and a signature made by hand."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import signing
from tests.integration.site.segments.sending import signature

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@given(body=st.text().map(str.encode), message_id=st.from_regex(r"[a-z_0-9]{1,30}", fullmatch=True))
def test_the_signature_is_the_one_the_specification_says(body, message_id):
    made = signing.headers("a secret of ours", message_id, body, NOW)

    timestamp = str(int(NOW.timestamp()))
    assert made == {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature("a secret of ours", message_id, timestamp, body),
    }


def test_another_time_zone_changes_nothing():
    east = NOW.astimezone(timezone(timedelta(hours=5)))

    assert signing.headers("s", "m", b"{}", east) == signing.headers("s", "m", b"{}", NOW)


def test_what_was_signed_now_is_taken_and_what_was_changed_is_not():
    made = signing.headers("s", "m", b"{}", datetime.now(UTC))

    signing.check("s", b"{}", made)
    for secret, body in (("t", b"{}"), ("s", b"{ }"), ("s", b"\xff")):
        with pytest.raises(signing.SignatureMismatch):
            signing.check(secret, body, made)


@given(made=st.dictionaries(st.sampled_from(signing.HEADERS), st.text(max_size=40)))
def test_no_headers_make_it_fail_otherwise(made):
    with pytest.raises((signing.SignatureMismatch, signing.TimestampStale)):
        signing.check("s", b"{}", made)
