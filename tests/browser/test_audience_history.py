"""The history of an audience and the overlap of two, by keyboard and with no script."""

import re

import pytest
import requests
from playwright.sync_api import Page, expect

from app.demo import walking
from app.demo.visiting import Visitor
from tests.browser.test_accessibility import violations_by_scheme

NAMES = ("Readers of the history", "Writers of the history")


@pytest.fixture(scope="module")
def audiences(stack) -> dict[str, str]:
    """Two audiences with one person in both, evaluated: their addresses by name."""
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    key = walking.create_source(visitor, "History")
    did = (("hist-1", "read it"), ("hist-2", "read it"), ("hist-2", "wrote it"))
    batch = [{"type": "track", "userId": person, "event": event} for person, event in did]
    requests.post(f"{stack.url}/v1/batch", json={"batch": batch}, auth=(key, ""), timeout=30)
    walking.wait_until(lambda: has_arrived(visitor), "the events")
    found = {}
    for name, event in zip(NAMES, ("read it", "wrote it"), strict=True):
        visitor.open("/audiences/new")
        visitor.send("/audiences/new", **{"name": name, "n.0:event": event})
        found[name] = visitor.url.removeprefix(stack.url)
    for address in found.values():
        walking.wait_until(lambda at=address: is_evaluated(visitor, at), "the members")
    return found


def has_arrived(visitor: Visitor) -> bool:
    visitor.open("/people?search=hist-")
    return "2 people" in visitor.text


def is_evaluated(visitor: Visitor, address: str) -> bool:
    visitor.open(address)
    return "evaluated</span>" in visitor.text


def test_a_bar_is_reached_and_opened_by_the_keyboard(page: Page, stack, audiences, complaints):
    page.goto(stack.url + audiences[NAMES[0]])

    page.get_by_role("link", name="Read as a table").focus()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Changes", level=1)).to_be_visible()
    assert focused is not None
    assert focused.endswith("2 in, 2 entered, 0 left")
    expect(page.get_by_role("link", name="hist-1")).to_be_visible()
    expect(page.get_by_role("link", name="hist-2")).to_be_visible()
    assert complaints == []


def test_the_table_opens_for_who_would_rather_read(page: Page, stack, audiences, complaints):
    page.goto(stack.url + audiences[NAMES[0]])

    page.get_by_role("link", name="Read as a table").click()

    table = page.get_by_role("region", name=re.compile("at each evaluation"))
    expect(table).to_be_visible()
    members, entered = table.get_by_role("link", name="2", exact=True).all()
    expect(members).to_have_attribute("href", re.compile("until="))
    entered.click()
    expect(page.get_by_role("link", name="hist-2")).to_be_visible()
    assert complaints == []


def test_audiences_are_compared_with_no_script(page_without_scripts: Page, stack, audiences):
    page = page_without_scripts
    page.goto(f"{stack.url}/audiences")

    page.get_by_role("link", name="Compare audiences").click()
    for name in audiences:
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("link", name=f"1 in {NAMES[0]} and {NAMES[1]}").click()

    expect(page.get_by_role("heading", name=" and ".join(NAMES), level=1)).to_be_visible()
    expect(page.get_by_role("link", name="hist-2")).to_be_visible()
    page.get_by_role("navigation", name="Where people are").get_by_text("Only in Readers").click()
    expect(page.get_by_role("link", name="hist-1")).to_be_visible()


def test_axe_finds_no_violation_and_a_phone_is_wide_enough(page: Page, stack, audiences):
    matrix = f"{stack.url}/audiences/overlap"
    page.goto(matrix)
    for name in audiences:
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_role("button", name="Compare").click()
    matrix = page.url
    page.get_by_role("link", name=f"1 in {NAMES[0]} and {NAMES[1]}").click()
    page.emulate_media(reduced_motion="reduce")

    found, wide = [], []
    for address in (matrix, page.url, *(stack.url + each for each in audiences.values())):
        page.goto(address)
        found.extend(violations_by_scheme(page))
        page.set_viewport_size({"width": 320, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
        page.set_viewport_size({"width": 1280, "height": 900})

    assert found == []
    assert wide == []
