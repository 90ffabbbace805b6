"""A run in a browser: taken back, and its rejected row corrected and taken up."""

import re
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

from app.demo import walking
from app.demo.visiting import Visitor

WAIT = 30_000
DRAFT = b"id,name,spend\n1,Ada,10.5\n2,Eve,7.25\n"
PRODUCTION = b"id,name,spend\n1,Ada,10.5\n2,Eve,7.25\n3,Lin,n/a\n"


@pytest.fixture
def run_page(page: Page, stack, tmp_path: Path, request) -> Page:
    """The page of a run that added two rows and rejected one."""
    draft = tmp_path / "people.csv"
    draft.write_bytes(DRAFT)
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    walk = walking.make_active(visitor, request.node.name[:80], draft, identifier="id")
    address = f"{stack.url}/api/v1/streams/{walk.stream_id}/files/people.csv?kind=production"
    assert requests.put(address, data=PRODUCTION, timeout=30).status_code == 201
    walking.finished_run(visitor, walk, 1)
    page.goto(visitor.url)
    return page


def outcome(page: Page, name: str, count: int) -> None:
    """Wait for a number of the outcome."""
    row = page.get_by_role("row", name=re.compile(f"^{name} {count}( |$)"))
    expect(row).to_be_visible(timeout=WAIT)


def test_a_run_is_undone_and_the_undoing_too(run_page: Page, complaints):
    outcome(run_page, "Added", 2)
    first = run_page.url
    run_page.get_by_role("button", name="Undo this run").click()
    dialog = run_page.get_by_role("dialog")
    expect(dialog.get_by_text("2 rows it added would go")).to_be_visible()
    dialog.get_by_role("button", name="Undo this run").click()

    outcome(run_page, "Removed", 2)
    run_page.get_by_role("row", name=re.compile("^Removed")).get_by_role("link").click()
    expect(run_page.get_by_role("cell", name="Eve")).to_be_visible()
    run_page.get_by_role("link", name="Back to the run").first.click()
    undoing = run_page.url
    run_page.goto(first)
    expect(run_page.get_by_text("This run was taken back")).to_be_visible()
    expect(run_page.get_by_role("button", name="Undo this run")).to_have_count(0)

    run_page.goto(undoing)
    run_page.get_by_role("button", name="Undo this run").click()
    run_page.get_by_role("dialog").get_by_role("button", name="Undo this run").click()
    outcome(run_page, "Added", 2)
    run_page.goto(first)
    expect(run_page.get_by_role("button", name="Undo this run")).to_be_visible()
    assert complaints == []


def test_a_rejected_row_is_corrected_and_taken_up(run_page: Page, complaints):
    run_page.get_by_role("link", name=re.compile("Search, correct")).click()
    run_page.get_by_role("link", name="Correct line 4").click()
    cell = run_page.get_by_label("spend")
    expect(cell).to_have_value("n/a")
    cell.fill("eight")
    run_page.get_by_role("button", name="Check and save").click()
    expect(run_page.get_by_text("spend 'eight' is not a number").first).to_be_visible()
    # The browser reports every answer of 422 as an error; that one was expected.
    assert ["422" in each for each in complaints] == [True]
    complaints.clear()

    run_page.get_by_label("spend").fill("8.75")
    run_page.get_by_role("button", name="Check and save").click()
    expect(run_page.locator(".badge", has_text="corrected")).to_be_visible()
    run_page.get_by_role("button", name=re.compile("^All 1 by")).click()

    outcome(run_page, "Added", 1)
    run_page.get_by_role("row", name=re.compile("^Added")).get_by_role("link").click()
    expect(run_page.get_by_role("row", name=re.compile("3 Lin 8.75"))).to_be_visible()
    assert complaints == []
