"""A site with our tracker, before a collector that answers as a test says."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

TRACKER = Path(__file__).parent.parent.parent / "static" / "tracker" / "track.js"
STUB = "<script>window.headwater = window.headwater || [];{calls}</script>"


class Collector:
    """A site with the snippet, and what its tracker sends."""

    def __init__(self, server: HTTPServer) -> None:
        self.requests: list[list[dict[str, Any]]] = []
        self.arrived_at: list[float] = []
        self.status, self.headers = 200, dict[str, str]()
        self._server = server
        server.expect_request("/track.js").respond_with_data(
            TRACKER.read_text(), content_type="text/javascript"
        )
        server.expect_request("/v1/batch").respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        self.requests.append(json.loads(request.data)["batch"])
        self.arrived_at.append(time.monotonic())
        return Response("{}", status=self.status, headers=self.headers)

    def site(self, attributes: str = "", calls: str = "") -> str:
        """Return the address of a page with the snippet."""
        script = f'<script async src="/track.js" data-write-key="k" {attributes}></script>'
        self._server.expect_request("/").respond_with_data(
            f'<!doctype html><link rel="icon" href="data:,"><title>Shop</title>'
            f"{STUB.replace('{calls}', calls)}{script}",
            content_type="text/html",
        )
        return self._server.url_for("/")

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages that came, each once."""
        return list({each["messageId"]: each for one in self.requests for each in one}.values())

    @property
    def names(self) -> list[str]:
        """What they are: the event, or the type."""
        return [each.get("event", each["type"]) for each in self.messages]


def wait_until(page: Page, is_so: Callable[[], bool], seconds: float = 8) -> None:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert is_so()


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function("typeof window.headwater?.track === 'function'", timeout=5000)


def stored(page: Page) -> list[str]:
    """Return the names of all that the tracker keeps in the browser."""
    kept = page.evaluate("[document.cookie.replace(/=[^;]*/g, ''), ...Object.keys(localStorage)]")
    return sorted(name for each in kept for name in each.split("; ") if name)
