"""Runs in a browser: taken back, stopped, mended; and the switches of their dataflow."""

import re
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from app.demo import walking
from app.demo.visiting import Visitor

WAIT = 30_000
DRAFT = b"id,name,spend\n1,Ada,10.5\n2,Eve,7.25\n"
PRODUCTION = b"id,name,spend\n1,Ada,10.5\n2,Eve,7.25\n3,Lin,n/a\n"


@pytest.fixture
def walked(stack, tmp_path: Path, request) -> tuple[Visitor, walking.Walk]:
    """A dataflow with a run that added two rows and rejected one, and who stands on its page."""
    draft = tmp_path / "people.csv"
    draft.write_bytes(DRAFT)
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    walk = walking.make_active(visitor, request.node.name[:80], draft, identifier="id")
    sent(walk, stack, "people.csv", PRODUCTION)
    walking.finished_run(visitor, walk, 1)
    return visitor, walk


@pytest.fixture
def run_page(page: Page, walked) -> Page:
    """The page of that run."""
    page.goto(walked[0].url)
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


def head(page: Page) -> Locator:
    """Return the switches of a dataflow's page, beside its state."""
    return page.locator("#dataflow-switches")


def sent(walk: walking.Walk, stack, name: str, content: bytes) -> None:
    address = f"{stack.url}/api/v1/streams/{walk.stream_id}/files/{name}?kind=production"
    assert requests.put(address, data=content, timeout=30).status_code == 201


def policy_set(visitor: Visitor, walk: walking.Walk, policy: str) -> None:
    """Choose a policy for files that differ, and activate it."""
    base = f"/dataflows/{walk.dataflow_id}"
    visitor.open(f"{base}/transform-map")
    visitor.send(f"{base}/transform-map", drift_policy=policy)
    walking.wait_until(lambda: "finished" in opened(visitor, f"{base}/activate"), "the dry run")
    walking.activate(visitor, walk)


def opened(visitor: Visitor, path: str) -> str:
    visitor.open(path)
    return visitor.text


@pytest.fixture
def flow(run_page: Page, stack, walked) -> Page:
    """The page of the dataflow of that run."""
    run_page.goto(f"{stack.url}/dataflows/{walked[1].dataflow_id}")
    return run_page


def test_a_dataflow_is_paused_resumed_cloned_and_deleted(flow: Page, stack, walked):
    walk = walked[1]
    here = flow.url
    head(flow).get_by_role("button", name="Pause").click()
    expect(head(flow)).to_contain_text("paused")
    sent(walk, stack, "waits.csv", PRODUCTION + b"4,Zoe,1\n")
    resume = head(flow).get_by_role("button", name="Resume")
    resume.focus()
    with flow.expect_response(re.compile("/runs$")):
        pass
    # The second is asked for once what the first one brought is on the page.
    with flow.expect_response(re.compile("/runs$")):
        pass
    expect(resume).to_be_focused()
    expect(flow.get_by_role("row", name=re.compile("waits.csv"))).to_have_count(0)
    # Somebody else resumes it: state and switches follow together, though nobody loads the page.
    visitor = walked[0]
    visitor.open(here)
    visitor.send("/resume")
    expect(head(flow).get_by_role("button", name="Pause")).to_be_visible(timeout=WAIT)
    expect(head(flow).get_by_role("button", name="Resume")).to_have_count(0)
    expect(flow.get_by_role("row", name=re.compile("waits.csv.*finished"))).to_be_visible(
        timeout=WAIT
    )

    flow.get_by_role("button", name="Clone").click()
    expect(flow.get_by_label("Name")).to_have_value(re.compile("copy", re.IGNORECASE))
    flow.goto(here)
    flow.get_by_role("button", name="Delete").click()
    dialog = flow.get_by_role("dialog")
    expect(dialog.get_by_text("1 version and 2 runs go for good")).to_be_visible()
    dialog.get_by_role("button", name="Delete").click()
    expect(flow.get_by_text("is deleted. Its dataset is still there")).to_be_visible()


def test_a_long_run_is_stopped_and_can_be_tried_again(flow: Page, stack, walked):
    rows = b"".join(b"%d,Name,%d\n" % (number, number) for number in range(10, 1_000_000))
    sent(walked[1], stack, "long.csv", b"id,name,spend\n" + rows * 10)
    flow.get_by_role("row", name=re.compile("long.csv")).get_by_role("link", name="Run").click()
    flow.get_by_role("button", name="Stop it").click()
    expect(flow.get_by_text("Somebody stopped this run")).to_be_visible(timeout=WAIT)
    expect(flow.get_by_role("button", name="Try again")).to_be_visible()


def test_files_that_differ_are_followed_by_the_policy_in_versions_that_say_what_changed(
    flow: Page, stack, walked
):
    visitor, walk = walked
    here = flow.url
    policy_set(visitor, walk, "ignore")
    sent(walk, stack, "ignored.csv", b"id,name,spend,city\n5,Ann,1,Oslo\n")
    walking.finished_run(visitor, walk, 2)
    flow.goto(visitor.url)
    expect(flow.get_by_role("row", name=re.compile("New “city” is in the file"))).to_be_visible()
    outcome(flow, "Added", 1)

    policy_set(visitor, walk, "add")
    sent(walk, stack, "added.csv", b"id,name,spend,city\n6,Bob,2,Bergen\n")
    walking.finished_run(visitor, walk, 3)
    flow.goto(visitor.url)
    expect(flow.get_by_text("1 column added to the schema")).to_be_visible()
    expect(flow.get_by_role("row", name=re.compile("Bob.*Bergen"))).to_be_visible()

    flow.goto(here)
    versions = flow.get_by_role("region", name="Versions")
    expect(versions.get_by_role("row", name=re.compile("Version 4 active.*city"))).to_be_visible()
    expect(versions.get_by_text("the policy is Ignore, was Stop")).to_be_visible()
    expect(versions.get_by_role("row", name=re.compile("Version 1 .*The first"))).to_be_visible()
