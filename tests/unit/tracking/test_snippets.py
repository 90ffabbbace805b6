"""What a sender pastes."""

import json
import shlex
from html.parser import HTMLParser

import pytest

from app.tracking import snippets

SECTIONS = snippets.sections("https://cdp.example", "key-1")
SNIPPETS = [each for section in SECTIONS for each in section.snippets]


class Pasted(HTMLParser):
    """What a page shows of a snippet, and the scripts it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shown, self.scripts, self._is_script = "", list[dict[str, str | None]](), False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_script = tag == "script"
        self.scripts.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._is_script = False

    def handle_data(self, data: str) -> None:
        if not self._is_script:
            self.shown += data.strip()


@pytest.mark.parametrize(
    "snippet", [each for each in SNIPPETS if "<script" in each.text], ids=lambda each: each.label
)
def test_a_snippet_for_pages_shows_nothing_and_takes_calls_before_it_has_loaded(snippet):
    pasted = Pasted(snippet.text)

    assert pasted.shown == ""
    assert snippet.text.startswith("<script>window.headwater = window.headwater || [];</script>")
    assert pasted.scripts[-1]["src"] == "https://cdp.example/track.js"
    assert pasted.scripts[-1]["data-write-key"] == "key-1"


def test_one_snippet_waits_for_consent():
    waiting = [each for each in SNIPPETS if 'data-consent="required"' in each.text]

    assert [Pasted(each.text).scripts[-1]["data-consent"] for each in waiting] == ["required"]


def test_commands_need_no_newer_curl_than_people_have():
    commands = [shlex.split(each.text) for each in SNIPPETS if each.text.startswith("curl")]

    assert [words[:5] for words in commands] == [
        ["curl", "-u", "key-1:", "https://cdp.example/v1/track", "-d"]
    ] * 2
    assert [json.loads(words[5])["event"] for words in commands] == ["buy", "buy in store"]
