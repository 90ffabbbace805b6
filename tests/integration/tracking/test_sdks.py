"""Published SDKs, unchanged, against real web server processes."""

from datetime import UTC, datetime

import pytest
from rudderstack.analytics.client import Client as RudderClient
from segment.analytics.client import Client as SegmentClient

from app.demo import walking
from app.demo.visiting import PageUnexpected, Visitor

WHEN = datetime(2009, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def visitor(stack):
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    return visitor


@pytest.mark.parametrize("is_gzip", [True, False])
@pytest.mark.parametrize("sdk", [SegmentClient, RudderClient])
def test_an_sdk_sends_a_history_that_arrives_once_with_its_time(stack, visitor, sdk, is_gzip):
    name = f"{sdk.__module__.partition('.')[0]} {is_gzip}"
    key = walking.create_source(visitor, name)
    failures: list[object] = []
    client = sdk(key, host=stack.url, gzip=is_gzip, on_error=lambda *found: failures.append(found))

    for number in range(150):
        client.track(name, "Order Completed", {"total": number}, timestamp=WHEN)
    client.identify(name, {"plan": "gold"})
    client.flush()
    client.join()

    assert failures == []
    page = f"/people/profile?id={name}"
    walking.wait_until(lambda: has_all(visitor, page), "the events")
    assert 'datetime="2009-01-01T00:00:00+00:00"' in visitor.text


def has_all(visitor: Visitor, page: str) -> bool:
    try:
        visitor.open(page)
    except PageUnexpected:
        # Nobody is known by this name before the first event is stored.
        return False
    return "of 151 events" in visitor.text
