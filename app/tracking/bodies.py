"""What a body of the collector says: its messages one by one, whatever is wrong with others."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.tracking import messages
from app.tracking.messages import TOO_DEEP, Message, MessageInvalid, MessageType

MOST_MESSAGES = 10_000
LONGEST_NUMBER = 1_000
# A message is an element of the list within the body.
_LEVEL_OF_MESSAGES = 2
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


class BodyInvalid(Exception):
    """A body is none that could have messages; `code` names why, the sentence says it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Refusal:
    """A message that cannot be taken in, and why."""

    reason: str
    raw: Any

    def raw_text(self, longest: int) -> str:
        """Return the beginning of the message as it was sent; nothing where it is past writing."""
        try:
            return json.dumps(self.raw)[:longest]
        except RecursionError:
            return ""


def read(body: bytes, kind: MessageType | None) -> dict[str, Any]:
    """Return the object that a body is; raise BodyInvalid. `kind` is None for a batch.

    NaN and the infinities are no JSON, but Python's clients send them: they are read as null.
    An endless number is read as the text of its digits.
    Bytes that are no UTF-8 are kept as halves of signs, for which only their message is refused.
    """
    try:
        text = body.decode(json.detect_encoding(body), "surrogateescape")
        found = _parsed(text, _LEVEL_OF_MESSAGES if kind is None else 0)
    except ValueError as failure:
        raise BodyInvalid("not_json", "The body is not readable as JSON.") from failure
    if found == TOO_DEEP:
        raise BodyInvalid("message_invalid", messages.DEEP_SENTENCE)
    if not isinstance(found, dict):
        raise BodyInvalid("not_an_object", "Send a JSON object.")
    return found


def listed(document: dict[str, Any], kind: MessageType | None) -> list[Any]:
    """Return the raw messages of a body; raise BodyInvalid. `kind` is None for a batch."""
    if kind is not None:
        return [document]
    given = document.get("batch")
    if not isinstance(given, list) or not given:
        raise BodyInvalid("batch_missing", "Send the messages as a list named batch.")
    return given


def checked(
    document: dict[str, Any], kind: MessageType | None, received_at: datetime
) -> Iterator[Message | Refusal]:
    """Yield each message of a body, or why it is refused; raise BodyInvalid."""
    sent_at = None if kind is not None else document.get("sentAt")
    for raw in listed(document, kind):
        try:
            yield messages.parsed(raw, kind=kind, received_at=received_at, sent_at=sent_at)
        except MessageInvalid as failure:
            yield Refusal(printable(str(failure)), raw)


def printable(text: str) -> str:
    """Return a text that a database and a page take, whatever was sent that it repeats."""
    return text.encode(errors="replace").decode().replace("\0", "")


def _parsed(text: str, level: int) -> Any:
    try:
        return json.loads(text, parse_constant=_nothing)
    except RecursionError:
        # One message nested without end must not lose the others, nor one with an endless number.
        return json.loads(_without_depths(text, level), parse_constant=_nothing)
    except ValueError:
        return json.loads(text, parse_constant=_nothing, parse_int=_whole_number)


def _nothing(_word: str) -> None:
    return None


def _whole_number(digits: str) -> int | str:
    """Return a number, or as text one that is longer than Python reads."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def _without_depths(text: str, level: int) -> str:
    """Return the text with each value at the level that is nested too deep replaced by a word."""
    kept, end, begin = [], 0, 0
    depth = deepest = 0
    for token in _TOKENS.finditer(text):
        if token[0] in "{[":
            begin = token.start() if depth == level else begin
            deepest = 0 if depth == level else deepest
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in "}]":
            depth -= 1
            if depth == level and deepest > level + messages.MOST_LEVELS:
                kept += [text[end:begin], json.dumps(TOO_DEEP)]
                end = token.end()
    if depth or not kept:
        raise ValueError("nested too deep, or never closed")
    return "".join([*kept, text[end:]])
