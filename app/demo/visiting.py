"""A visitor without a browser: opens pages, fills in their forms, sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests

TIMEOUT_SECONDS = 60


class PageUnexpected(Exception):
    """A page answered with another status, or lacks the form looked for."""


@dataclass
class PageForm:
    """A form of a page with the values it would send."""

    action: str
    values: dict[str, Any] = field(default_factory=dict)


class Visitor:
    """Keeps the session and the page it stands on."""

    def __init__(self, base: str) -> None:
        self._session = requests.Session()
        self.url = base
        self.text = ""
        self.forms: list[PageForm] = []

    def open(self, path: str) -> None:
        """Open a page; raise PageUnexpected where it is not answered with 200."""
        self._take(self._session.get(urljoin(self.url, path), timeout=TIMEOUT_SECONDS))

    def send(self, action: str, files: Any = None, **changes: Any) -> None:
        """Send the form whose action ends so, with these values changed; follow where it leads."""
        form = next((form for form in self.forms if form.action.endswith(action)), None)
        if form is None:
            raise PageUnexpected(f"{self.url} has no form that goes to {action}.")
        address = urljoin(self.url, form.action)
        values = {**form.values, **changes}
        self._take(self._session.post(address, data=values, files=files, timeout=TIMEOUT_SECONDS))

    def _take(self, answer: requests.Response) -> None:
        self.url, self.text = answer.url, answer.text
        if answer.status_code != 200:
            raise PageUnexpected(f"{answer.url} answered with status {answer.status_code}.")
        self.forms = forms_of(answer.text)


def forms_of(page: str) -> list[PageForm]:
    """Return the forms of a page, each with what a browser would send if nothing were touched."""
    reader = _FormReader()
    reader.feed(page)
    return reader.forms


class _FormReader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(values.get("action", "")))
        elif self.forms and tag in {"input", "select", "textarea", "option"}:
            getattr(self, f"_take_{tag}")(values)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            # A line end at its very beginning is no part of what it holds.
            values = self.forms[-1].values
            values[self._area] = values[self._area].removeprefix("\r").removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].values[self._area] += data

    def _take_input(self, values: dict[str, str]) -> None:
        kind = values.get("type", "text")
        if kind in {"checkbox", "radio"} and "checked" not in values:
            return
        if not values.get("name") or kind == "file":
            return
        value = values.get("value", "on")
        if kind == "text":
            # One line, as in a browser.
            value = value.replace("\r", "").replace("\n", "")
        self._put(values["name"], value, kind)

    def _put(self, name: str, value: str, kind: str) -> None:
        """Note a value; of several boxes with one name, each that is checked counts."""
        values = self.forms[-1].values
        if kind != "checkbox" or name not in values:
            values[name] = value
        elif isinstance(values[name], list):
            values[name].append(value)
        else:
            values[name] = [values[name], value]

    def _take_select(self, values: dict[str, str]) -> None:
        self._select = values.get("name", "")

    def _take_textarea(self, values: dict[str, str]) -> None:
        self._area = values.get("name", "")
        self.forms[-1].values[self._area] = ""

    def _take_option(self, values: dict[str, str]) -> None:
        chosen = self.forms[-1].values
        if self._select and ("selected" in values or self._select not in chosen):
            chosen[self._select] = values.get("value", "")
