"""The pages of segments and of what the webhook received."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import PASSWORD
from tests.integration.site.segments.sending import (
    SECRET,
    changes,
    create,
    encoded,
    make_shop,
    post,
    stored_messages,
    work_all,
)
from tests.pages import Pages

MANY = [(str(1001 + number), True, number) for number in range(120)]


@pytest.mark.parametrize(
    "path", ["/segment-groups", "/webhook-messages", "/webhook-messages/refused"]
)
def test_each_page_says_what_to_do_where_there_is_nothing(pages, path):
    assert pages.get(path).status == 200


def test_the_page_says_how_to_connect_and_keeps_the_secret(pages):
    page = pages.get("/segment-groups")

    assert "platform-1" in page.text
    assert "/cdp/webhook" in page.text
    assert SECRET not in page.text


def test_a_segment_shows_its_members_its_metadata_and_what_came_last(app, pages):
    make_shop(app)
    create(app)
    changes(app, *MANY[:60])
    metadata = [{"key": "a-1", "propertyName": "profileCount", "value": 60}]
    post(app, encoded("metadata", {"changes": metadata}), "m-2")

    group, segment = pages.get("/segment-groups/1"), pages.get("/segments/1")
    second, found = pages.get("/segments/1?page=2"), pages.get("/segments/1?search=1060")

    assert ">60<" in group.text
    assert segment.h1 == ["Buyers"]
    assert "60 members" in segment.text
    assert "profileCount" in segment.text
    assert "1051" in second.text
    assert "1 member whose identifier begins so" in found.text


def test_a_queued_message_is_watched_until_it_is_processed(app, pages, queue):
    make_shop(app)
    create(app)
    changes(app, *MANY)
    message = stored_messages()[1]
    path = f"/webhook-messages/{message.id}"

    queued, waiting = pages.get(path), pages.get(f"{path}/progress")
    work_all(app, queue, datetime.now(UTC) + timedelta(seconds=1))
    done, refreshed = pages.get(path), pages.get(f"{path}/progress")

    assert "Working the items" in queued.text
    assert "120 queued" in waiting.text
    assert "120 applied" in done.text
    assert refreshed.h1 == ["Message 2"]
    assert "Page 1 of 3" in done.text
    assert pages.get(f"/webhook-messages/batches/{message.public_id}").h1 == ["Message 2"]


def test_what_became_of_items_can_be_looked_at_apart_and_tried_again(app, pages, queue):
    make_shop(app)
    create(app)
    changes(app, ("1001", True, 1), ("7", True, 2), (None, True, 3))

    unknown = pages.get("/webhook-messages/2?status=unknown person")
    refused = pages.get("/webhook-messages/2?status=refused")
    tried = pages.send(unknown, "/try-again")

    assert "1 item speaks" in unknown.text
    assert "personId must be a text" in refused.text
    assert "1 item is worked again" in tried.text


def test_refused_requests_are_listed_with_their_reason(app, pages):
    post(app, encoded("heartbeat", {}), "m-1", secret="wrong")

    page = pages.get("/webhook-messages/refused")

    assert "credentials_wrong" in page.text
    assert "platform-1" in page.text


def test_a_viewer_looks_and_changes_nothing(app, viewer):
    make_shop(app)
    create(app)
    changes(app, ("7", True, 1))
    looking = Pages(app, viewer.email, PASSWORD)

    assert "Work them again" not in looking.get("/webhook-messages/2").text
    assert looking.post("/webhook-messages/2/try-again").status == 403
    assert "platform-1" not in looking.get("/segment-groups").text
