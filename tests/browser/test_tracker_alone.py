"""Our tracker before a collector of a test: its queue, calls and cookies."""

import json
import time

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.collecting import opened, wait_until


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of nobody's; it need not be ours."""
    return context.new_page()


def waiting(page):
    """Return what waits in the queue, in no order."""
    return page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('coid_queue.'))"
        ".map(([key, value]) => JSON.parse(value))"
    )


def test_a_page_view_has_where_the_visitor_is_and_came_from(page, collector):
    opened(page, collector.site())
    page.evaluate("history.pushState({}, '', '/books'); headwater.page({shelf: 3})")
    wait_until(page, lambda: len(collector.messages) == 2)

    first, second = (each["properties"] for each in collector.messages)
    assert (first["title"], first["path"], first["referrer"]) == ("Shop", "/", "")
    assert (second["path"], second["shelf"], second["referrer"]) == ("/books", 3, first["url"])


def test_without_a_first_page_view_pages_are_told_by_hand(page, collector):
    opened(page, collector.site('data-auto="off"'))
    page.wait_for_timeout(500)
    before = list(collector.names)
    page.evaluate("headwater.page()")
    wait_until(page, lambda: collector.names == ["page"])

    assert before == []


def test_calls_made_before_the_file_is_there_are_not_lost(page, collector):
    calls = "headwater.push(['identify', 4711], ['track', 'Song Played', {id: 7}])"
    opened(page, collector.site('data-auto="off"', calls))
    wait_until(page, lambda: collector.names == ["identify", "Song Played"])

    assert [each["userId"] for each in collector.messages] == ["4711", "4711"]


def test_signing_in_joins_the_visitor_with_the_person(page, collector):
    opened(page, collector.site('data-auto="off"'))
    page.evaluate("headwater.login('ada', {method: 'password'}); headwater.alias('ada', 'a-0')")
    wait_until(page, lambda: len(collector.messages) == 3)

    identify, login, alias = collector.messages
    assert (identify["type"], identify["userId"]) == ("identify", "ada")
    assert identify["anonymousId"] == login["anonymousId"]
    assert (login["event"], login["properties"]) == ("login", {"method": "password"})
    assert (alias["type"], alias["previousId"], alias["userId"]) == ("alias", "a-0", "ada")


@pytest.mark.parametrize(
    "nobody", ["null", "undefined", "''", "' '", "{plan: 'gold'}", "'x'.repeat(201)"]
)
def test_nobody_is_identified_by_what_is_no_id(page, collector, nobody):
    opened(page, collector.site('data-auto="off"'))
    page.evaluate(
        "headwater.identify('ada');"
        f"headwater.identify({nobody}); headwater.alias({nobody}); headwater.visit()"
    )
    wait_until(page, lambda: len(collector.messages) == 2)

    assert [(each["type"], each["userId"]) for each in collector.messages] == [
        ("identify", "ada"),
        ("track", "ada"),
    ]


@pytest.mark.parametrize("nobody", ["", "null", "''"])
def test_a_login_without_an_id_is_an_event_only(page, collector, nobody):
    opened(page, collector.site('data-auto="off"'))
    page.evaluate(f"headwater.login({nobody})")
    wait_until(page, lambda: collector.names == ["login"])

    assert "userId" not in collector.messages[0]


def test_after_signing_out_it_is_somebody_else(page, collector):
    opened(page, collector.site('data-auto="off"'))
    page.evaluate("headwater.identify('ada'); headwater.reset(); headwater.visit()")
    wait_until(page, lambda: len(collector.messages) == 2)

    identify, visit = collector.messages
    assert "userId" not in visit
    assert visit["anonymousId"] != identify["anonymousId"]


def test_a_visitor_is_known_for_a_year_from_the_last_event_on(page, context, collector):
    opened(page, collector.site())
    wait_until(page, lambda: len(collector.messages) == 1)

    (cookie,) = [each for each in context.cookies() if each["name"] == "coid"]
    assert cookie["value"] == collector.messages[0]["anonymousId"]
    assert cookie["sameSite"] == "Lax"
    assert cookie["expires"] == pytest.approx(time.time() + 365 * 86400, abs=120)


def test_what_the_collector_cannot_take_now_waits_as_long_as_it_asks(page, collector):
    collector.status, collector.headers = (
        503,
        {
            "Retry-After": "2",
            "Access-Control-Expose-Headers": "Retry-After",
        },
    )
    opened(page, collector.site())
    wait_until(page, lambda: len(collector.requests) == 1)
    collector.status, collector.headers = 200, {}
    page.evaluate("headwater.visit()")
    page.reload()
    wait_until(page, lambda: len(collector.requests) > 1)

    assert collector.arrived_at[1] - collector.arrived_at[0] >= 1.9
    assert collector.names == ["page", "visit", "page"]


def test_what_is_refused_for_good_is_not_sent_again(page, collector):
    collector.status = 400
    opened(page, collector.site())
    wait_until(page, lambda: len(collector.requests) == 1)
    collector.status = 200
    page.evaluate("headwater.visit()")
    wait_until(page, lambda: len(collector.requests) == 2)

    assert [each["event"] for each in collector.requests[1]] == ["visit"]


def test_a_page_that_is_left_at_once_sends_what_it_has(page, collector):
    opened(page, collector.site('data-auto="off"'))
    page.evaluate("headwater.buy({value: 3})")
    page.goto("about:blank")

    wait_until(page, lambda: collector.names == ["buy"])


def test_what_was_done_offline_arrives_after_the_page_was_closed(context, collector):
    page = context.new_page()
    opened(page, collector.site('data-auto="off"'))
    context.set_offline(True)
    page.evaluate("headwater.basket({sku: 'B-1'}); headwater.buy({value: 3})")
    page.wait_for_timeout(600)
    page.close()
    context.set_offline(False)
    assert collector.names == []
    again = context.new_page()
    opened(again, collector.site('data-auto="off"'))

    wait_until(again, lambda: collector.names == ["basket", "buy"])


def test_back_online_what_waits_is_sent_at_once(context, page, collector):
    opened(page, collector.site('data-auto="off"'))
    context.set_offline(True)
    page.evaluate("headwater.visit()")
    page.wait_for_timeout(600)
    context.set_offline(False)

    wait_until(page, lambda: collector.names == ["visit"], seconds=3)


def test_a_beacon_that_is_refused_leaves_its_messages_in_the_queue(page, collector):
    opened(page, collector.site('data-auto="off"'))
    page.evaluate("navigator.sendBeacon = () => false; headwater.buy({value: 3})")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    kept = len(waiting(page))

    wait_until(page, lambda: collector.names == ["buy"])
    assert kept == 1


def test_much_is_sent_in_pieces_that_a_beacon_can_take(page, collector):
    opened(page, collector.site('data-auto="off"'))
    sizes = page.evaluate(
        """() => {
          const sizes = [];
          navigator.sendBeacon = (url, body) => sizes.push(new Blob([body]).size) > 0;
          for (let n = 0; n < 30; n++) headwater.track("much", {n, text: "ö".repeat(4000)});
          dispatchEvent(new Event("pagehide"));
          return sizes;
        }"""
    )

    wait_until(page, lambda: len(collector.messages) == 30)
    assert len(sizes) > 3
    assert max(sizes) < 64 * 1024
    assert all(
        len(json.dumps(one, ensure_ascii=False).encode()) < 65536 for one in collector.requests
    )


def test_the_queue_keeps_the_last_hundred(page, collector):
    collector.status = 503
    opened(page, collector.site('data-auto="off"'))
    page.evaluate("for (let n = 0; n < 250; n++) headwater.track('many', {n})")

    kept = sorted(waiting(page), key=lambda each: each["at"])
    assert [each["message"]["properties"]["n"] for each in kept] == list(range(150, 250))


def test_what_is_unreadable_in_the_queue_keeps_nothing_else(page, collector):
    opened(page, collector.site('data-auto="off"'))
    page.evaluate("localStorage['coid_queue.a'] = '{'; localStorage['coid_queue.b'] = 'null'")
    page.evaluate("localStorage.coid_queue = '{}'; headwater.visit()")

    wait_until(page, lambda: collector.names == ["visit"])
    wait_until(page, lambda: page.evaluate("Object.keys(localStorage)") == [])


def test_no_tab_writes_over_what_another_added(context, collector):
    collector.status = 503
    tabs = [context.new_page() for _ in range(3)]
    for tab in tabs:
        opened(tab, collector.site('data-auto="off"'))
    adding = """async (tab) => {
      for (let n = 0; n < 30; n++) {
        headwater.track("many", {tab, n});
        await new Promise((done) => setTimeout(done, 5));
      }
      return "done";
    }"""
    for number, tab in enumerate(tabs):
        tab.evaluate(f"window.added = ({adding})({number})")
    for tab in tabs:
        tab.evaluate("window.added")
    collector.status = 200
    late = context.new_page()
    opened(late, collector.site('data-auto="off"'))
    late.evaluate("localStorage.removeItem('coid_queue'); headwater.visit()")

    # What may have been on its way is sent once more, and kept once by its messageId.
    wait_until(late, lambda: len({each["messageId"] for each in collector.messages}) == 91)


def test_two_tabs_send_nothing_twice(context, collector):
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        opened(tab, collector.site('data-auto="off"'))
    for number in range(10):
        for tab in tabs:
            tab.evaluate("n => headwater.track('both', {n})", number)
            tab.wait_for_timeout(40)
    wait_until(tabs[0], lambda: len(collector.messages) == 20)

    assert sum(map(len, collector.requests)) == 20


def test_without_local_storage_messages_still_arrive(page, collector):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('none') }})"
    )
    opened(page, collector.site())
    page.evaluate("headwater.visit()")

    wait_until(page, lambda: collector.names == ["page", "visit"])


def test_what_cannot_be_sent_is_said_in_the_console_and_stops_nothing(page, collector):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    opened(page, collector.site('data-auto="off"'))
    page.evaluate("headwater.track('big', {text: 'x'.repeat(40000)})")
    page.evaluate("const a = {}; a.a = a; headwater.track('ring', a); headwater.visit()")
    page.evaluate("headwater.push(null, 'text', ['nothing'], 5)")

    wait_until(page, lambda: collector.names == ["visit"])
    assert len(said) == 2
    assert said[0] == "headwater.track: a message has at most 32 KiB"


def test_a_snippet_that_stands_twice_counts_once(page, collector):
    address = collector.site()
    opened(page, address)
    page.add_script_tag(url=f"{address}track.js")
    page.wait_for_timeout(600)

    assert collector.names == ["page"]
