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
    page.get_by_role("button", name="figure").click()
    page.get_by_label("Event", exact=True).nth(1).fill(OWN)
    page.get_by_label("How to compare").select_option("at_least")
    page.get_by_label("Value", exact=True).fill("45")
    page.keyboard.press("Tab")
    expect(page.locator(".preview-number")).to_have_text("2", timeout=WAIT)
    page.get_by_role("button", name="group", exact=True).click()
    page.get_by_role("button", name="Remove this group").click()
    expect(page.get_by_role("group", name=re.compile("^Group"))).to_have_count(0)
    page.get_by_role("button", name="Save the audience").last.click()

    expect(page.get_by_text("evaluated", exact=True)).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name=re.compile("See all 2 members")).click()
    page.get_by_role("link", name="buyer-2", exact=True).click()
    expect(page.get_by_role("link", name="Buyers of the browser", exact=True)).to_be_visible()
    assert complaints == []


def test_an_audience_is_built_and_moved_by_the_keyboard_alone(page: Page, stack, complaints):
    page.goto(f"{stack.url}/audiences/new")
    focused = page.locator("*:focus")

    def press(command: str) -> None:
        page.locator(f'button[value="{command}"]').focus()
        page.keyboard.press("Enter")

    page.get_by_label("Event", exact=True).focus()
    page.keyboard.type("buy")
    for number, event in ((1, "visit"), (2, "basket")):
        press("add did n")
        expect(focused).to_have_id(f"n.{number}:event")
        page.keyboard.type(event)
    press("up n.2")
    # The same button of what was moved, which can be pressed again at once.
    expect(focused).to_have_attribute("value", "up n.1")
    page.keyboard.press("Enter")
    expect(focused).to_have_id("at-n.0")
    expect(page.locator("#sentence")).to_have_text(
        "People who did “basket” and did “buy” and did “visit”."
    )
    events = [page.locator(f'[id="n.{place}:event"]').input_value() for place in range(3)]
    assert events == ["basket", "buy", "visit"]
    press("more where n.1")
    expect(focused).to_have_id("n.1:where.0:property")
    page.keyboard.type("category")
    page.locator('[id="n.1:where.0:op"]').focus()
    page.keyboard.type("is one of")
    expect(page.locator('[id="n.1:where.0:values"]')).to_be_visible()
    page.locator('[id="n.1:where.0:values"]').focus()
    page.keyboard.type("Books")
    page.keyboard.press("Enter")
    page.keyboard.type("Films")
    press("remove n.0")
    expect(page.locator("#sentence")).to_contain_text("category is one of “Books”, “Films”")
    page.get_by_label("Name").fill("By the keyboard")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="By the keyboard", level=1)).to_be_visible()
    page.get_by_role("link", name="Edit").click()
    expect(page.locator('[id="n.0:where.0:values"]')).to_have_value("Books\nFilms")
    page.reload()
    expect(page.locator("#sentence")).to_contain_text("category is one of “Books”, “Films”")
    assert complaints == []


def test_what_is_written_while_an_answer_is_on_its_way_stays(page: Page, stack, complaints):
    page.goto(f"{stack.url}/audiences/new?from=big-spenders")
    waiting = []
    page.route("**/audiences/new", lambda route: waiting.append(route))

    page.locator('[id="n.0:op"]').select_option("more_than")
    page.locator('[id="n.0:value"]').fill("750")
    page.locator('[id="n.0:event"]').fill("visit")
    page.locator('[id="n.0:last"]').focus()
    for each in waiting:
        each.continue_()

    expect(page.locator('[id="n.0:op"] option[selected]')).to_have_text("more than")
    expect(page.locator('[id="n.0:value"]')).to_have_value("750")
    expect(page.locator('[id="n.0:event"]')).to_have_value("visit")
    expect(page.locator("#json")).to_have_value(re.compile("more_than"))
    assert complaints == []


def test_an_audience_is_built_without_scripts(page_without_scripts: Page, stack):
    page = page_without_scripts
    page.goto(f"{stack.url}/audiences/new")
    page.locator('[id="n.0:event"]').fill("buy")
    page.locator('[id="n.0:when"]').select_option("calendar")
    page.get_by_role("button", name="Update this condition").click()
    page.locator('[id="n.0:calendar"]').select_option("this year")
    page.locator('button[value="add any n"]').click()
    expect(page.locator("*:focus")).to_have_id("n.1.0:event")
    page.locator('[id="n.1.0:event"]').fill("visit")
    page.get_by_label("Name").fill("Without scripts")
    page.get_by_role("button", name="Save the audience").last.click()

    expect(page.get_by_text("People who did “buy” this year and did “visit”.")).to_be_visible()


def has_arrived(visitor: Visitor) -> bool:
    visitor.open("/people?search=buyer-")
    return "3 people" in visitor.text
