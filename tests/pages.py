"""Opens pages and sends forms; every page opened is held against the style of the house."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.demo.visiting import forms_of

LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button"}


@dataclass
class Page:
    """What a test asks of a page."""

    status: int
    path: str
    text: str
    h1: list[str] = field(default_factory=list)


class Pages:
    """A visitor of the app, signed in where an e-mail is given."""

    def __init__(self, app: Flask, email: str = "", password: str = "") -> None:
        self.client = app.test_client()
        if email:
            self.post("/sign-in", email=email, password=password)

    def get(self, path: str) -> Page:
        """Open a page, following redirects, and check how it is made."""
        answer = self.client.get(path, follow_redirects=True)
        return _checked(answer)

    def send(self, page: Page, action: str, pressed: str = "", **changes: Any) -> Page:
        """Send the form of a page whose action ends so, as it stands but for the changes.

        `pressed` is how the address ends of a button that sends the form elsewhere.
        """
        form = next(form for form in forms_of(page.text) if form.action.endswith(action))
        to = re.findall(f'formaction="([^"]*{pressed})"', page.text)[0] if pressed else form.action
        answer = self.client.post(to, data={**form.values, **changes}, follow_redirects=True)
        return _checked(answer)

    def post(self, path: str, **values: Any) -> Page:
        """Send a form with the CSRF token of the session, following redirects."""
        answer = self.client.post(
            path, data={**values, "csrf_token": self._token()}, follow_redirects=True
        )
        return _checked(answer)

    def _token(self) -> str:
        page = self.client.get("/sign-in", follow_redirects=True).get_data(as_text=True)
        return page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def _checked(answer: TestResponse) -> Page:
    text = answer.get_data(as_text=True)
    page = Page(answer.status_code, answer.request.path, text)
    if not (answer.content_type or "").startswith("text/html") or "<html" not in text:
        return page
    reader = PageReader()
    reader.feed(text)
    page.h1 = reader.h1
    assert reader.complaints() == [], f"{page.path}: {reader.complaints()}"
    return page


class PageReader(HTMLParser):
    """Reads a page and says what is wrong with how it is made."""

    def __init__(self) -> None:
        super().__init__()
        self.h1: list[str] = []
        self.title = ""
        self._inside: list[str] = []
        self._ids: list[str] = []
        self._labels: set[str] = set()
        self._controls: list[dict[str, str]] = []
        self._forms: list[dict[str, str]] = []
        self._found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self._ids.append(values["id"])
        if "style" in values or any(name.startswith("on") for name in values):
            self._found.append(f"inline style or script on <{tag}>")
        if tag == "script" and "src" not in values:
            self._found.append("inline script")
        if tag == "h1":
            self.h1.append("")
        if tag in {"title", "h1", "label"}:
            self._inside.append(tag)
        self._note_form_part(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            self._inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if "h1" in self._inside:
            self.h1[-1] += data
        if "title" in self._inside and "h1" not in self._inside:
            self.title += data

    def _note_form_part(self, tag: str, values: dict[str, str]) -> None:
        if tag == "form":
            self._forms.append({**values, "has_token": ""})
        if tag == "label" and "for" in values:
            self._labels.add(values["for"])
        if tag not in LABELLED:
            return
        if values.get("name") == "csrf_token" and self._forms:
            self._forms[-1]["has_token"] = "yes"
        if values.get("type") not in NEEDS_NO_LABEL:
            self._controls.append({**values, "in_label": str("label" in self._inside)})

    def complaints(self) -> list[str]:
        """Return what is wrong."""
        found = list(self._found)
        if len(self.h1) != 1:
            found.append(f"{len(self.h1)} h1")
        elif not self.title.strip().startswith(self.h1[0].strip()):
            found.append(f"title {self.title!r} does not start with h1 {self.h1[0]!r}")
        found.extend(f"id {name} twice" for name in self._ids if self._ids.count(name) > 1)
        for control in self._controls:
            named = control.get("id") in self._labels or control["in_label"] == "True"
            if not named and not control.get("aria-label"):
                found.append(f"no label for {control.get('name')}")
        found.extend(filter(None, map(_form_complaint, self._forms)))
        return found


def _form_complaint(form: dict[str, str]) -> str:
    if form.get("method") == "dialog":
        return ""
    if form.get("method") not in {"get", "post"} or not form.get("action"):
        return f"form without method or action: {form}"
    if form["method"] == "post" and not form["has_token"]:
        return f"form without token: {form['action']}"
    return ""
