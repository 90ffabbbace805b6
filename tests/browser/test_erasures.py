"""A person erased in a browser: asked with numbers, watched, and not taken in again."""

import re

import requests
from playwright.sync_api import Page, expect

from app.demo import walking
from app.demo.visiting import Visitor

WAIT = 60_000
WHO = "erased-in-the-browser"


def test_a_person_is_erased_as_one_watches(page: Page, stack, complaints):
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    key = walking.create_source(visitor, "Erasing")
    send(stack, key, WHO, "somebody-else-there")
    walking.wait_until(lambda: is_known(visitor, WHO), "the events")

    page.goto(f"{stack.url}/people/profile?id={WHO}")
    page.get_by_role("button", name="Erase this person").click()
    expect(page.get_by_role("heading", name=f"Erase {WHO}?")).to_be_visible()
    expect(page.get_by_text(re.compile("^1 event"))).to_be_visible()
    page.get_by_role("button", name="Erase this person").click()

    expect(page.get_by_role("heading", name=re.compile("^Erasure"))).to_be_visible()
    waiting = page.get_by_text("It waits until nobody can have files of earlier versions open")
    expect(waiting).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("row", name="1 Events", exact=True)).to_be_visible()
    send(stack, key, WHO, "comes-later")
    walking.wait_until(lambda: is_known(visitor, "comes-later"), "the events")

    assert not is_known(visitor, WHO)
    assert is_known(visitor, "somebody-else-there")
    told = page.request.get(f"{page.url}/report").json()
    assert (told["status"], told["removed"]["events"]) == ("waiting", 1)
    assert complaints == []


def send(stack, key: str, *people: str) -> None:
    batch = [{"type": "track", "userId": who, "event": "visit"} for who in people]
    requests.post(f"{stack.url}/v1/batch", json={"batch": batch}, auth=(key, ""), timeout=30)


def is_known(visitor: Visitor, who: str) -> bool:
    visitor.open(f"/people?search={who}")
    return "Nobody fits" not in visitor.text
