"""Step 3 in a browser: a file as it stands beside how it is read, while options are tried."""

from itertools import count

import pytest
import requests
from playwright.sync_api import Page, expect

from app.demo import walking
from app.demo.visiting import Visitor

TILL = b"# till 4\nid;day;status\n" + b"".join(b"%d;03/04/2025;NA\n" % n for n in range(300))
NUMBERS = count(1)


@pytest.fixture
def address(stack) -> str:
    """Step 3 of a draft that is parsed."""
    name = f"Options {next(NUMBERS)}"
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    walk = walking.create_dataflow(visitor, name)
    requests.put(
        f"{stack.url}/api/v1/streams/{walk.stream_id}/files/one?kind=draft", data=TILL, timeout=30
    )
    visitor.open(f"/dataflows/{walk.dataflow_id}/download")
    visitor.send("/download/validate")
    return f"{stack.url}/dataflows/{walk.dataflow_id}/file-mapping"


def cells(page: Page):
    return page.locator("#preview").get_by_role("cell")


def test_options_are_tried_while_they_are_changed_and_kept_when_parsed(
    page: Page, address, complaints
):
    page.goto(address)
    expect(page.get_by_text("300 rows, 3 columns.")).to_be_visible()
    page.locator(".option-group-title").get_by_text("Header", exact=True).click()
    page.locator(".option-group-title").get_by_text("Lines left out", exact=True).click()

    page.get_by_label("Lines to leave out above the header").fill("2")
    expect(page.get_by_text("This is how it would be read.")).to_be_visible()
    expect(page.locator(".raw-above")).to_have_count(2)
    expect(page.get_by_label("Lines to leave out above the header")).to_be_focused()
    page.get_by_label("Header rows").fill("9")
    expect(page.locator("#preview")).to_contain_text("A header has 0 to 3 rows")
    page.get_by_label("Header rows").fill("0")
    expect(page.locator("#preview").get_by_text("column_1")).to_be_visible()
    page.get_by_role("button", name="Parse File").click()

    expect(page.get_by_label("Name of column_1")).to_be_visible()
    page.get_by_role("button", name="Recognise again").click()
    expect(page.get_by_label("Name of id", exact=True)).to_be_visible()
    assert complaints == []


def test_only_options_of_the_chosen_format_are_shown(page: Page, address):
    page.goto(address)
    page.locator("summary", has_text="The file is text in lines.").click()

    page.get_by_label("Format").select_option("workbook")

    expect(page.locator("summary", has_text="Sheet")).to_be_visible()
    expect(page.locator("summary", has_text="Cells")).to_be_hidden()
    expect(page.locator("#preview")).to_contain_text("Bytes of the file")


def test_a_line_is_gone_to_in_place(page: Page, address):
    page.goto(address)

    page.get_by_label("Go to line").fill("250")
    page.keyboard.press("Enter")

    expect(page.locator("#preview").get_by_role("row").nth(1)).to_contain_text("247")
    assert page.url.rstrip("#") == address


def test_all_of_it_works_without_scripts(page_without_scripts: Page, address):
    page = page_without_scripts
    page.goto(address)
    page.locator(".option-group-title").get_by_text("Header", exact=True).click()

    page.get_by_label("Header rows").fill("0")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview").get_by_text("column_1")).to_be_visible()
    page.get_by_label("Go to line").fill("250")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator("#preview").get_by_role("row").nth(1)).to_contain_text("247")
    page.get_by_role("button", name="Read it so").first.click()
    expect(page.get_by_label("Name of column_1")).to_be_visible()
