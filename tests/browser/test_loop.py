"""An audience built in a browser, activated, and seen as a segment of the site."""

import re

import requests
from dotenv import dotenv_values
from playwright.sync_api import Page, expect

from app.demo import walking
from app.demo.visiting import Visitor

WAIT = 30_000
# The stack is shared with other tests, which have buyers of their own.
OWN = "bought in the loop"
# The first users of the sample shop; the site knows no others.
KNOWN, STRANGER = ("1001", "1002"), "somebody else"


def test_an_audience_is_built_activated_and_seen_in_the_segment(page: Page, stack, complaints):
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    key = walking.create_source(visitor, "Loop")
    send(stack, key, [*KNOWN, STRANGER])
    walking.wait_until(lambda: has_arrived(visitor), "the events")

    build(page, stack)
    create_activation(page, stack)
    page.get_by_role("button", name="Test connection").click()
    expect(page.get_by_text("The connection works")).to_be_visible(timeout=WAIT)
    page.get_by_label("Audience").select_option("Buyers of the loop")
    page.get_by_role("button", name="Attach").click()
    expect(page.get_by_text("all in deliveries")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("row", name=re.compile("delivered membershipChanges"))).to_be_visible(
        timeout=WAIT
    )

    page.get_by_role("link", name="Segments", exact=True).click()
    page.get_by_role("link", name="headwater", exact=True).click()
    page.get_by_role("link", name="Buyers of the loop").click()
    expect(page.get_by_text("2 members.")).to_be_visible()
    for person in KNOWN:
        expect(page.get_by_role("region", name="Members").get_by_text(person)).to_be_visible()
    page.get_by_role("link", name=re.compile("^Message")).first.click()
    expect(page.get_by_text("1 item speaks of persons this site does not know")).to_be_visible()
    assert complaints == []


def build(page: Page, stack) -> None:
    page.goto(f"{stack.url}/audiences/new")
    page.get_by_label("Name").fill("Buyers of the loop")
    page.get_by_label("Event", exact=True).fill(OWN)
    page.get_by_role("button", name="Save the audience").last.click()
    expect(page.get_by_text("evaluated", exact=True)).to_be_visible(timeout=WAIT)


def create_activation(page: Page, stack) -> None:
    """Fill the form with what the site's own page and settings say."""
    secrets = dotenv_values(stack.data_dir / "headwater.env")
    page.get_by_role("link", name="Activations", exact=True).click()
    page.get_by_role("link", name="New Ibexa activation").first.click()
    page.get_by_label("Name").fill("The shop")
    page.get_by_label("Client id").fill(secrets["SITE_CLIENT_ID"] or "")
    page.get_by_label("Client secret").fill(secrets["SITE_CLIENT_SECRET"] or "")
    page.get_by_label("Segment group identifier").fill("headwater")
    page.get_by_label("Base URL").fill(f"{stack.url}/cdp/webhook")
    page.get_by_role("button", name="Save the activation").click()
    expect(page.get_by_role("heading", name="The shop", level=1)).to_be_visible()


def send(stack, key: str, people: list[str]) -> None:
    batch = [{"type": "track", "userId": person, "event": OWN} for person in people]
    requests.post(f"{stack.url}/v1/batch", json={"batch": batch}, auth=(key, ""), timeout=30)


def has_arrived(visitor: Visitor) -> bool:
    visitor.open(f"/events?event={OWN}")
    return "of 3 events" in visitor.text
