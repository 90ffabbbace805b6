"""A custom column in a browser: added, tried another way, saved under another name."""

import pytest
import requests
from playwright.sync_api import Page, expect

from app.demo import walking
from app.demo.visiting import Visitor


@pytest.fixture
def address(stack) -> str:
    """Step 4 of a draft."""
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    walk = walking.create_dataflow(visitor, "Edited columns")
    requests.put(
        f"{stack.url}/api/v1/streams/{walk.stream_id}/files/one?kind=draft",
        data=b"id,first,last\n1,Ada,Lovelace\n2,Bob,\n",
        timeout=30,
    )
    visitor.open(f"/dataflows/{walk.dataflow_id}/download")
    visitor.send("/download/validate")
    visitor.send("/file-mapping/columns")
    return f"{stack.url}/dataflows/{walk.dataflow_id}/transform-map"


def test_a_custom_column_is_edited_from_its_row(page: Page, address, complaints):
    page.goto(address)
    page.locator("summary", has_text="Add a custom column").click()
    page.get_by_role("button", name="Map values").click()
    page.get_by_label("Made from").select_option("first")
    page.get_by_label("Values", exact=True).fill('"Ada" = "a = b"')
    page.get_by_label("Name of the custom column").fill("short")
    page.get_by_role("button", name="Add the column").click()

    page.get_by_role("button", name="Edit short").click()
    expect(page.get_by_role("heading", name="Custom column “short”", level=1)).to_be_visible()
    expect(page.get_by_label("Values", exact=True)).to_have_value("Ada = a = b")
    page.get_by_label("Made from").select_option("last")
    page.get_by_label("Values", exact=True).fill("Lovelace = L")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("row", name="Lovelace L")).to_be_visible()
    page.get_by_label("Name of the custom column").fill("letter")
    page.get_by_role("button", name="Save the column").click()

    row = page.get_by_role("row", name="letter")
    expect(row).to_contain_text("Lovelace → L")
    expect(page.get_by_role("row", name="short")).to_have_count(0)
    assert complaints == []
