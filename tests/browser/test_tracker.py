"""Our own tracker on a page of another site, in a real browser."""

from playwright.sync_api import BrowserContext
from pytest_httpserver import HTTPServer

from app.demo import walking
from app.demo.visiting import PageUnexpected, Visitor
from tests.browser.conftest import Complaints


def site(httpserver: HTTPServer, stack, key: str, more: str = "") -> str:
    """Return the address of a page of another origin that has the snippet."""
    script = f'<script src="{stack.url}/track.js" data-write-key="{key}"{more}></script>'
    httpserver.expect_request("/").respond_with_data(
        f'<!doctype html><link rel="icon" href="data:,"><title>Shop</title>{script}',
        content_type="text/html",
    )
    return httpserver.url_for("/")


def signed_in(stack) -> Visitor:
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    return visitor


def has_events(visitor: Visitor, person: str, *events: str) -> bool:
    try:
        visitor.open(f"/people/profile?id={person}")
    except PageUnexpected:
        return False
    return all(f"<span>{event}</span>" in visitor.text for event in events)


def test_what_a_visitor_does_before_and_after_signing_in_is_theirs(
    context: BrowserContext, stack, httpserver, complaints: Complaints
):
    visitor = signed_in(stack)
    key = walking.create_source(visitor, "Tracker")
    page = context.new_page()
    complaints.hear(page)
    page.goto(site(httpserver, stack, key))
    page.evaluate("headwater.visit({category: 'Books'}); headwater.basket({sku: 'B-1', price: 2})")
    page.wait_for_timeout(500)
    page.evaluate("headwater.identify('tracked 1', {plan: 'gold'}); headwater.buy({value: 4.5})")
    # Left at once: what waits is sent by a beacon.
    page.goto("about:blank")

    walking.wait_until(
        lambda: has_events(visitor, "tracked 1", "visit", "basket", "identify", "buy"),
        "the events of the tracker",
    )
    assert "</span> 4.5<" in visitor.text
    assert "<span>page</span>" in visitor.text
    assert complaints == []


def test_nothing_is_stored_or_sent_before_consent(
    context: BrowserContext, stack, httpserver, complaints: Complaints
):
    visitor = signed_in(stack)
    key = walking.create_source(visitor, "Consent")
    page = context.new_page()
    complaints.hear(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto(site(httpserver, stack, key, ' data-consent="required"'))
    page.evaluate("headwater.buy({value: 1}); headwater.identify('nobody yet')")
    page.wait_for_timeout(600)
    before = (list(sent), page.evaluate("document.cookie"))
    page.evaluate("headwater.consent(true); headwater.identify('agreed')")

    walking.wait_until(lambda: has_events(visitor, "agreed", "visit", "identify"), "the events")
    assert not any("/v1/batch" in url for url in before[0])
    assert before[1] == ""
    assert "coid=" in page.evaluate("document.cookie")
    assert not has_events(visitor, "nobody yet", "identify")
    assert complaints == []
