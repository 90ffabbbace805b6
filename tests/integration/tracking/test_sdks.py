"""Published SDKs, unchanged, against real web server processes."""

import re
import time
from datetime import UTC, datetime

import pytest
from rudderstack.analytics.client import Client as RudderClient
from segment.analytics.client import Client as SegmentClient

from app.demo import walking
from app.demo.visiting import Visitor

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
    visitor.open("/sources/new")
    visitor.send("/sources/new", name=name)
    key = re.findall(r"<code data-copied>([\w-]{32})</code>", visitor.text)[0]
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
    assert "1 Jan 2009, 00:00 UTC" in visitor.text


def has_all(visitor: Visitor, page: str) -> bool:
    visitor.open(page)
    time.sleep(0.2)
    return "of 151 events" in visitor.text
