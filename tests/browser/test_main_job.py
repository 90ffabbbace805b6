"""The main job in a browser: five steps, a real file, a real queue and worker."""

import re
from pathlib import Path

import requests
from playwright.sync_api import Page, expect

from app.demo import walking
from app.demo.visiting import Visitor

DATA = Path(__file__).parent.parent / "data"
CUSTOMERS = DATA / "chinook_customer.csv"
WAIT = 30_000
NAME_OF_FOCUS = """() => {
    const focus = document.activeElement;
    if (!focus.matches("a, button, input, select, textarea, summary")) return "";
    return [focus.ariaLabel, focus.labels?.[0]?.innerText, focus.innerText].join("|");
}"""


def test_a_file_becomes_a_dataset_in_five_steps(page: Page, stack, complaints):
    page.get_by_role("link", name="Create a dataflow").first.click()
    page.get_by_label("Name").fill("Customers of the browser")
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("heading", name="Download", level=1)).to_be_visible()
    stream_id = page.locator("[data-copied]").first.inner_text()
    page.locator("input[type=file]").set_input_files(CUSTOMERS)
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name=re.compile("Validate & download")).click()

    expect(page.get_by_role("heading", name="File mapping", level=1)).to_be_visible()
    expect(page.get_by_text("59 rows, 13 columns.", exact=True)).to_be_visible()
    page.get_by_label("id is mandatory", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()

    page.get_by_role("button", name="Create schema based on the downloaded columns").click()
    page.get_by_label("Name", exact=True).fill("Customers of the browser")
    page.get_by_role("button", name="Create the schema").click()
    expect(page.get_by_label("Column that fills userid")).to_have_value("id")
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("heading", name="Activate", level=1)).to_be_visible()
    activate = page.get_by_role("button", name="Run and activate")
    expect(activate).to_be_enabled(timeout=WAIT)
    expect(page.get_by_role("row", name=re.compile("Added 59"))).to_be_visible()
    activate.click()

    expect(page.get_by_text("waiting for a file")).to_be_visible()
    address = f"{stack.url}/api/v1/streams/{stream_id}/files/one?kind=production"
    assert requests.put(address, data=CUSTOMERS.read_bytes(), timeout=30).status_code == 201
    page.get_by_role("link", name=re.compile(r"Run \d+")).first.click(timeout=WAIT)
    expect(page.locator(".badge", has_text="finished")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("row", name=re.compile("Added 59"))).to_be_visible()

    page.get_by_role("link", name="Datasets").click()
    page.get_by_role("link", name="Customers of the browser").click()
    page.get_by_role("searchbox").fill("köhler")
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="Leonie")).to_be_visible()
    assert complaints == []


def test_the_page_of_a_dataflow_keeps_its_runs_and_its_state_fresh(page: Page, stack):
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    walk = walking.make_active(visitor, "Watched", CUSTOMERS, identifier="id")
    page.goto(f"{stack.url}/dataflows/{walk.dataflow_id}")
    expect(page.locator("#dataflow-state")).to_have_text("waiting for a file")

    address = f"{stack.url}/api/v1/streams/{walk.stream_id}/files/other?kind=production"
    requests.put(address, data=b"a,b\n1,2\n", timeout=30)

    expect(page.get_by_role("row", name=re.compile("other.*failed"))).to_be_visible(timeout=WAIT)
    expect(page.locator("#dataflow-state")).to_have_text("failed", timeout=WAIT)


def test_a_person_says_how_ambiguous_dates_are_written(page: Page, stack):
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    walk = walking.create_dataflow(visitor, "Dates in two ways")
    address = f"{stack.url}/api/v1/streams/{walk.stream_id}/files/one?kind=draft"
    requests.put(address, data=b"id,joined\n1,03/02/2026\n2,04/02/2026\n", timeout=30)
    visitor.open(f"/dataflows/{walk.dataflow_id}/download")
    visitor.send("/download/validate")
    visitor.send("/file-mapping/columns")

    page.goto(f"{stack.url}/dataflows/{walk.dataflow_id}/transform-map")
    kind = page.get_by_label("Type of joined")
    expect(kind).to_have_value("text")
    kind.select_option(label="31/12/2026")
    expect(page.get_by_text("03/02/2026 → 2026-02-03")).to_be_visible()
    kind.select_option(label="12/31/2026")
    expect(page.get_by_text("03/02/2026 → 2026-03-02")).to_be_visible()
    kind.select_option(label="Integer")
    page.get_by_label("Fallback of joined").fill("0")
    page.get_by_label("Fallback of joined").blur()
    expect(page.get_by_text("03/02/2026 → 0 (fallback)")).to_be_visible()
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    expect(page.get_by_label("Type of joined")).to_have_value("text")
    assert asked == ["beforeunload"]


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control with this name, or text, has the focus."""
    for _press in range(150):
        page.keyboard.press("Tab")
        said = page.evaluate(NAME_OF_FOCUS)
        if name in said:
            return
    raise AssertionError(f"Tab never reached {name!r}")


def test_the_five_steps_can_be_walked_by_keyboard_alone(page: Page, stack):
    keys = page.keyboard
    tab_to(page, "Create a dataflow")
    keys.press("Enter")
    page.wait_for_url("**/dataflows/new")
    tab_to(page, "Name")
    keys.type("By keyboard")
    tab_to(page, "Save and continue")
    keys.press("Enter")
    page.wait_for_url("**/download")
    stream_id = page.locator("[data-copied]").first.inner_text()
    address = f"{stack.url}/api/v1/streams/{stream_id}/files/one?kind=draft"
    requests.put(address, data=CUSTOMERS.read_bytes(), timeout=30)

    expect(page.get_by_role("button", name=re.compile("Validate"))).to_be_visible(timeout=WAIT)
    tab_to(page, "Validate & download")
    keys.press("Enter")
    page.wait_for_url("**/file-mapping")
    tab_to(page, "id is mandatory")
    keys.press("Space")
    tab_to(page, "Save and continue")
    keys.press("Enter")
    page.wait_for_url("**/transform-map")
    tab_to(page, "Create schema based on")
    keys.press("Enter")
    page.wait_for_url("**/schemas/new*")
    tab_to(page, "Create the schema")
    keys.press("Enter")
    page.wait_for_url("**/transform-map*")
    tab_to(page, "Save and continue")
    keys.press("Enter")
    page.wait_for_url("**/activate")
    expect(page.get_by_role("button", name="Run and activate")).to_be_enabled(timeout=WAIT)
    tab_to(page, "Run and activate")
    keys.press("Enter")

    expect(page.get_by_text("waiting for a file")).to_be_visible()


def test_what_waits_for_a_large_draft_changes_by_itself_and_keeps_the_focus(page: Page, stack):
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    walk = walking.create_dataflow(visitor, "A large draft")
    rows = "".join(f"{number},Ada Lovelace,2026-01-02,{number}.5\n" for number in range(400_000))
    address = f"{stack.url}/api/v1/streams/{walk.stream_id}/files/large?kind=draft"
    requests.put(address, data=f"id,name,joined,paid\n{rows}", timeout=60)
    base = f"{stack.url}/dataflows/{walk.dataflow_id}"

    page.goto(f"{base}/download")
    page.get_by_role("button", name=re.compile("Validate & download")).click()
    expect(page.get_by_text(re.compile("Waiting for a worker|Parsing the file"))).to_be_visible()
    page.evaluate("window.isSamePage = true")
    expect(page.get_by_label("id is mandatory", exact=True)).to_be_visible(timeout=WAIT)
    assert page.evaluate("window.isSamePage")
    page.get_by_role("button", name="Save and continue").click()
    visitor.open(f"/schemas/new?dataflow_id={walk.dataflow_id}")
    visitor.send(f"/schemas/new?dataflow_id={walk.dataflow_id}", name="Large", identifier="id")
    page.goto(f"{base}/transform-map")
    page.get_by_role("button", name="Save and continue").click()

    activate = page.get_by_role("button", name="Run and activate")
    expect(activate).to_be_disabled()
    page.get_by_role("link", name="Save as draft").focus()
    page.evaluate("window.isSamePage = true")
    expect(activate).to_be_enabled(timeout=WAIT)
    expect(page.get_by_role("row", name=re.compile("Added 400"))).to_be_visible()
    assert page.evaluate("window.isSamePage")
    expect(page.get_by_role("link", name="Save as draft")).to_be_focused()


def test_deleting_without_javascript_asks_on_a_page(page_without_scripts, stack):
    page = page_without_scripts
    page.goto(f"{stack.url}/dataflows/new")
    page.get_by_label("Name").fill("To be deleted")
    page.get_by_label("Name").press("Enter")
    page.get_by_role("link", name="General Information").click()

    page.get_by_role("button", name="Delete this draft").click()
    expect(page.get_by_role("heading", name="Delete “To be deleted”?")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="General Information").click()
    page.get_by_role("button", name="Delete this draft").click()
    page.get_by_role("button", name="Delete", exact=True).click()

    expect(page.get_by_text("The dataflow “To be deleted” is deleted")).to_be_visible()


def test_the_first_steps_work_without_javascript(page_without_scripts, stack):
    page = page_without_scripts
    page.goto(f"{stack.url}/dataflows/new")
    page.get_by_label("Name").fill("Without scripts")
    page.get_by_role("button", name="Save and continue").click()
    page.locator("input[type=file]").set_input_files(CUSTOMERS)
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name=re.compile("Validate & download")).click()
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("heading", name="Transform & Map", level=1)).to_be_visible()
