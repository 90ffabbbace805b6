"""A real web server, queue and worker, and a real browser before them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_httpserver import HTTPServer

from app.stack.tree import Stack
from tests.browser.collecting import Collector

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as Debian packages it."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


class Complaints(list[str]):
    """What the browser complained of: errors of scripts, of loading, of the security policy."""

    def hear(self, page: Page) -> None:
        """Listen to a page."""
        page.on("pageerror", lambda failure: self.append(str(failure)))
        page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.append(f"{message.text} {message.location}")


def sign_in(page: Page, stack: Stack) -> None:
    """Sign in as the administrator."""
    page.goto(f"{stack.url}/sign-in")
    page.get_by_label("E-mail").fill(stack.admin_email)
    page.get_by_label("Password").fill(stack.admin_password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{stack.url}/")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A desktop window of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def collector(httpserver: HTTPServer) -> Collector:
    """A site with our tracker, and what it sends."""
    return Collector(httpserver)


@pytest.fixture
def complaints() -> Complaints:
    """What the browser complained of during the test."""
    return Complaints()


@pytest.fixture
def page(context: BrowserContext, stack: Stack, complaints: Complaints) -> Page:
    """A page, signed in."""
    page = context.new_page()
    complaints.hear(page)
    sign_in(page, stack)
    return page


@pytest.fixture
def page_without_scripts(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A page, signed in, in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, stack)
    yield page
    context.close()
