"""What our tracker stores and sends before consent, with it, and once it is taken back."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.collecting import opened, stored, wait_until


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of nobody's; it need not be ours."""
    return context.new_page()


def test_before_consent_nothing_is_stored_sent_or_kept_for_later(page, collector):
    calls = "headwater.push(['track', 'early'])"
    opened(page, collector.site('data-consent="required"', calls))
    page.evaluate("headwater.login('ada'); headwater.alias('ada'); headwater.page()")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.wait_for_timeout(600)
    before = (stored(page), collector.requests[:])
    page.evaluate("headwater.consent(true)")
    wait_until(page, lambda: len(collector.messages) == 2)

    assert before == ([], [])
    assert collector.names == ["consent", "page"]
    assert collector.messages[0]["properties"] == {"given": True}


def test_consent_that_is_told_on_every_page_is_one_event(page, collector):
    calls = "headwater.push(['consent', true])"
    for _ in range(2):
        opened(page, collector.site('data-consent="required"', calls))
        page.wait_for_timeout(500)

    assert sorted(collector.names) == ["consent", "page", "page"]


@pytest.mark.parametrize("attributes", ['data-consent="required"', ""])
def test_taking_consent_back_is_the_last_that_is_told(page, collector, attributes):
    opened(page, collector.site(attributes))
    page.evaluate("headwater.consent(true); headwater.identify('ada')")
    wait_until(page, lambda: "identify" in collector.names)
    page.evaluate("headwater.visit(); headwater.consent(false); headwater.visit()")
    wait_until(page, lambda: collector.names.count("consent") == 2)
    page.reload()
    page.wait_for_timeout(600)

    last = collector.messages[-1]
    assert (last["event"], last["properties"]) == ("consent", {"given": False})
    assert last["userId"] == "ada"
    assert "visit" not in collector.names
    assert stored(page) == ["coid_consent"]


def test_nothing_is_stored_for_what_was_on_its_way_when_consent_was_taken_back(page, collector):
    opened(page, collector.site('data-auto="off"'))
    page.evaluate(
        """() => {
          window.fetch = async () => {
            window.wasSent = true;
            await new Promise((done) => setTimeout(done, 500));
            return new Response("{}", {status: 503});
          };
          headwater.visit();
        }"""
    )
    page.wait_for_function("window.wasSent")
    page.evaluate("headwater.consent(false)")
    page.wait_for_timeout(900)

    assert stored(page) == ["coid_consent"]


def test_a_refusal_of_what_was_never_given_is_told_to_nobody(page, collector):
    opened(page, collector.site('data-consent="required"'))
    page.evaluate("headwater.consent(false)")
    page.wait_for_timeout(500)

    assert collector.requests == []
    assert stored(page) == ["coid_consent"]
