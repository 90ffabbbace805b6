"""The anonymous ids on the page of one person."""

from datetime import timedelta

from app.tracking import services
from tests.factories import NOW
from tests.integration.tracking.sending import make_source, send


def test_very_many_anonymous_ids_come_in_pages_the_newest_first(app, pages):
    source = make_source()
    batch = [
        {
            "type": "identify",
            "userId": "ada",
            "anonymousId": f"a-{n}",
            "timestamp": (NOW - timedelta(days=60 - n)).isoformat(),
        }
        for n in range(45)
    ]
    send(app, source, "/v1/batch", {"batch": batch})
    services.flush_inbox()

    first, last = (
        pages.get(f"/people/profile?id=ada&event=identify&ids={number}").text for number in (1, 5)
    )

    assert [n for n in range(45) if f"<code>a-{n}</code>" in first] == list(range(35, 45))
    assert [n for n in range(45) if f"<code>a-{n}</code>" in last] == list(range(5))
    assert "45 anonymous ids, those identified last first." in first
    assert "event=identify&amp;page=1&amp;ids=2#identities" in first
