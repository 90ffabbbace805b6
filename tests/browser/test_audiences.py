"""An audience built in a browser, counted while it is edited, and its members found."""

import re

import requests
from playwright.sync_api import Page, expect

from app.demo import walking
from app.demo.visiting import Visitor

WAIT = 30_000
# The stack is shared with other tests, which have buyers of their own.
OWN = "bought in the browser"


def test_an_audience_is_built_and_counted_as_one_goes(page: Page, stack, complaints):
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    key = walking.create_source(visitor, "Browser")
    batch = [
        {"type": "track", "userId": f"buyer-{number}", "event": OWN, "properties": {"value": n}}
        for number, n in enumerate((10, 45, "45.10"))
    ]
    requests.post(f"{stack.url}/v1/batch", json={"batch": batch}, auth=(key, ""), timeout=30)
    walking.wait_until(lambda: has_arrived(visitor), "the events")

    page.goto(f"{stack.url}/audiences")
    page.get_by_role("link", name="Build new audience").first.click()
    page.get_by_label("Name").fill("Buyers of the browser")
    page.get_by_label("Event", exact=True).fill(OWN)
    page.keyboard.press("Tab")
    expect(page.locator(".preview-number")).to_have_text("3", timeout=WAIT)
    page.get_by_role("button", name="have figure").click()
    page.get_by_label("Event", exact=True).nth(1).fill(OWN)
    page.get_by_label("Compared").select_option("at_least")
    page.get_by_label("Value", exact=True).fill("45")
    page.keyboard.press("Tab")
    expect(page.locator(".preview-number")).to_have_text("2", timeout=WAIT)
    page.get_by_role("button", name="group").click()
    page.get_by_role("button", name="Remove this group").click()
    expect(page.get_by_text("Group: people who meet")).to_have_count(0)
    page.get_by_role("button", name="Save the audience").last.click()

    expect(page.get_by_text("evaluated", exact=True)).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name=re.compile("See all 2 members")).click()
    page.get_by_role("link", name="buyer-2").click()
    expect(page.get_by_role("link", name="Buyers of the browser")).to_be_visible()
    assert complaints == []


def has_arrived(visitor: Visitor) -> bool:
    visitor.open("/people?search=buyer-")
    return "3 people" in visitor.text
