"""Axe finds nothing to complain of, in light and dark; a phone's width is enough."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe

from app.demo import looping, walking
from app.demo.looping import Built
from app.demo.visiting import Visitor
from tests.browser.conftest import sign_in

CUSTOMERS = Path(__file__).parent.parent / "data" / "chinook_customer.csv"
# Every kind of condition, four deep.
NESTED = {
    "all": [
        {
            "did": {
                "event": "buy",
                "where": [{"property": "category", "op": "is_one_of", "value": ["Books", "Films"]}],
                "when": {"last": "30d"},
                "then": [{"did": {"event": "visit", "without": ["return"]}}],
            }
        },
        {"any": [{"all": [{"none": [{"split": {"name": "test", "from": 0, "to": 50}}]}]}]},
        {
            "have": {
                "aggregate": {
                    "function": "sum",
                    "event": "buy",
                    "when": {"since": {"event": "visit"}},
                },
                "op": "between",
                "value": ["1", "9"],
            }
        },
        {"have": {"attribute": {"schema": "", "column": "nothing"}, "op": "is", "value": "1"}},
        {"not_in": "nobody"},
    ]
}
SPOILED = "1,again\n,nobody,,x,y,,,,,,,,\n"


@pytest.fixture(scope="module")
def addresses(stack) -> list[str]:
    """Every page, after a run with rejected rows; with a draft at its start beside it."""
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    visitor.open("/")
    walk = walking.create_dataflow(visitor, "Looked at")
    walking.upload_draft(visitor, walk, CUSTOMERS)
    walking.map_and_try(visitor, walk, schema="Looked at", identifier="id")
    drafted = walking.create_dataflow(visitor, "Begun")
    base, begun = f"/dataflows/{walk.dataflow_id}", f"/dataflows/{drafted.dataflow_id}"
    walking.activate(visitor, walk)
    requests.put(
        f"{stack.url}/api/v1/streams/{walk.stream_id}/files/one?kind=production",
        data=CUSTOMERS.read_bytes() + SPOILED.encode(),
        timeout=30,
    )
    walking.finished_run(visitor, walk, 1)
    run = visitor.url.removeprefix(stack.url)
    visitor.open("/datasets")
    schema = visitor.text.rsplit("/datasets/", 1)[1].split('"')[0]
    source, audience = track_and_build(visitor, stack)
    steps = ("general-information", "download", "file-mapping", "transform-map", "activate")
    return [
        *("/", "/dataflows", "/datasets", "/schemas", "/streams", "/dataflows/new", "/nowhere"),
        *(f"{base}/{step}" for step in steps),
        *(base, f"{base}/transform-map/columns/split/new", f"{begun}/download"),
        *(run, f"/datasets/{schema}", f"/schemas/{schema}", "/streams/1"),
        f"/datasets/{schema}?search=nothing-has-this",
        f"/schemas/new?dataflow_id={walk.dataflow_id}",
        *("/exports", "/events", "/events/names", "/events/refused", "/events?event=buy"),
        *("/sources", "/sources/new", source, "/people", "/people/profile?id=1"),
        *("/people/profile?id=1&event=buy&since=2026-01-01", "/people/profile?id=nobody"),
        *("/people/erasures", "/people/suppressed"),
        *("/audiences", "/audiences/new", f"/audiences/new?tree={quote(json.dumps(NESTED))}"),
        *(
            "/audiences/new?from=basket-abandoners",
            audience,
            f"{audience}/edit",
            f"{audience}/members",
            f"{audience}/changes",
            "/audiences/overlap",
            f"{audience}/versions",
            f"{audience}/split",
            "/audiences/priorities",
            "/audiences/new-list",
        ),
        *(f"{audience}/explain?person={who}" for who in ("1", "nobody", "")),
        *activate(visitor, stack, audience),
        f"/datasets/{schema}/row?key=1",
        *what_a_run_leads_to(visitor, walk, run),
    ]


def what_a_run_leads_to(visitor: Visitor, walk: walking.Walk, run: str) -> list[str]:
    """Undo the run and undo that; return the addresses of its pages and of both undos."""
    visitor.open(f"{run}/rejects")
    reject = "/rejects/" + visitor.text.rsplit('"/rejects/', 1)[1].split('"')[0]
    values = f"{run}/rejects/values?rule=not_email&column=email"
    visitor.open(run)
    replay = visitor.text.split("/replay")[0].rsplit('"', 1)[1] + "/replay"
    undos = [undone(visitor, run)]
    undos.append(undone(visitor, undos[0]))
    visitor.open(replay)
    visitor.send("/replay", save="try")
    tried = ended(visitor)
    buckets = ("added", "changed", "superseded", "removed")
    return [
        *(f"{run}/rows/{bucket}" for bucket in buckets),
        *(f"{run}/rejects", f"{run}/rejects?search=none-has-this", reject, values, replay, tried),
        *(*undos, f"{undos[0]}/rows/removed", f"{undos[0]}/rows/kept"),
        *("/dataflows?view=cards", f"/dataflows/{walk.dataflow_id}"),
    ]


def undone(visitor: Visitor, run: str) -> str:
    visitor.open(run)
    visitor.send("/undo", confirmed="yes")
    return ended(visitor)


def ended(visitor: Visitor) -> str:
    """Wait for the run that the visitor looks at, and return its address."""
    address = "/runs/" + visitor.url.rsplit("/runs/", 1)[1]

    def has_ended() -> bool:
        visitor.open(address)
        return ">finished<" in visitor.text.replace("</svg>", ">")

    walking.wait_until(has_ended, "the end of the run")
    return address


def activate(visitor: Visitor, stack, audience: str) -> list[str]:
    """Send an audience to the site of the same stack; return the addresses of both ends."""
    secrets = stack.data_dir / "headwater.env"
    activation = looping.create_activation(visitor, stack.url, secrets)
    looping.attach(visitor, activation, Built(audience, "Looked at"))
    requests.post(f"{stack.url}/cdp/webhook", data=b"{}", timeout=30)
    visitor.open(f"{activation.path}/deliveries")
    delivery = "/deliveries/" + visitor.text.rsplit('"/deliveries/', 1)[1].split('"')[0]
    messages = "/webhook-messages"
    return [
        *("/activations", "/activations/new", activation.path, f"{activation.path}/edit"),
        *(f"{activation.path}/deliveries", f"{activation.path}/deliveries?status=failed", delivery),
        *("/segment-groups", "/segment-groups/1", "/segments/1", "/segments/1?search=none"),
        *(messages, f"{messages}?status=queued", f"{messages}/1", f"{messages}/3"),
        f"{messages}/refused",
    ]


def track_and_build(visitor: Visitor, stack) -> tuple[str, str]:
    """Send events and build an audience; return the addresses of the source and the audience."""
    key = walking.create_source(visitor, "Looked at")
    source = visitor.url.removeprefix(stack.url)
    sent = {"userId": "1", "event": "buy", "properties": {"value": 50, "category": "Books"}}
    for message in (sent, {"event": "buy"}):
        requests.post(f"{stack.url}/v1/track", json=message, auth=(key, ""), timeout=30)
    visitor.open("/audiences/new")
    fields = {"n.0:event": "buy", "n.0:when": "last", "n.0:last": "30"}
    visitor.send("/audiences/new", do="more where n.0", name="Looked at", **fields)
    chosen = {"n.0:where.0:property": "category", "n.0:where.0:value": "Books"}
    visitor.send("/audiences/new", **chosen)
    audience = visitor.url.removeprefix(stack.url)
    walking.wait_until(lambda: has_members(visitor, audience), "the members")
    return source, audience


def has_members(visitor: Visitor, audience: str) -> bool:
    visitor.open(audience)
    if ">evaluated<" in visitor.text.replace("</svg>", ">") and "entered" in visitor.text:
        return True
    if "Finding the members" not in visitor.text:
        visitor.send("/refresh")
    return False


def test_axe_finds_no_violation(browser, stack, addresses):
    # Colours that are still changing are nobody's.
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{stack.url}/sign-in")
    found = violations_by_scheme(page)
    sign_in(page, stack)

    for address in addresses:
        page.goto(stack.url + address)
        found.extend(violations_by_scheme(page))

    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_every_page_without_scrolling_sideways(browser, stack, addresses, width):
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    sign_in(page, stack)

    wide = []
    for address in addresses:
        page.goto(stack.url + address)
        if page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ):
            wide.append(address)

    context.close()
    assert wide == []


def violations_by_scheme(page) -> list[str]:
    """Return what axe complains of on a page in light, and in dark, which changes colours alone."""
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    return found + violations(page, only=["color-contrast"])


def violations(page, only=None) -> list[str]:
    """Return what axe complains of on a page, by all rules or only these."""
    # Preloading would fetch style sheets again, which the policy for content rightly refuses.
    rules = {"runOnly": only} if only else {}
    answer = Axe().run(page, options={"preload": False, **rules}).response
    return [
        f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in answer["violations"]
    ]
