"""YAML that strangers may have written: bounded, without aliases or tags, each key once."""

from dataclasses import dataclass
from typing import Any

import yaml

LARGEST = 2_000_000
DEEPEST = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CodeInvalid(Exception):
    """The file is none to go by; `place` says where, the sentence why and what to do."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(f"{place}: {sentence}" if place else sentence)
        self.place = place
        self.sentence = sentence


@dataclass(frozen=True)
class Document:
    """What a file holds, and the line on which each value begins, by its path."""

    values: Any
    lines: dict[str, int]

    def place(self, path: str) -> str:
        """Return where a value stands, for a person; the whole file has no place."""
        line = self.lines.get(path)
        return f"line {line}, {path}" if line and path else path


def document_of(raw: bytes) -> Document:
    """Return what a dataflow's file holds; raise CodeInvalid."""
    return yaml_of(text_of(raw, LARGEST), DEEPEST, _LOADER)


def text_of(raw: bytes, largest: int) -> str:
    """Return the text of a file; raise CodeInvalid."""
    if len(raw) > largest:
        limit = f"{largest // 1_000_000} MB"
        raise CodeInvalid("", f"The file is larger than {limit}. What is described never is.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        sentence = f"The file is no UTF-8 text (byte {failure.start}). Save it as UTF-8."
        raise CodeInvalid("", sentence) from None


def yaml_of(text: str, deepest: int, loader: Any) -> Document:
    """Return what a text holds, so many levels deep at most; raise CodeInvalid."""
    try:
        _refuse_tricks(text, deepest, loader)
        node = yaml.compose(text, Loader=loader)
        lines: dict[str, int] = {}
        if node is not None:
            _note(node, "", lines)
        # The safe loader, as safe_load has it, where there is one in C.
        return Document(yaml.load(text, Loader=loader), lines)
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        place = f"line {mark.line + 1}" if mark else ""
        raise CodeInvalid(place, f"This is no YAML: {failure.problem}.") from None
    except (yaml.YAMLError, ValueError) as failure:
        first = str(failure).splitlines()[0]
        raise CodeInvalid("", f"This is no YAML: {first}.") from None


def _refuse_tricks(text: str, deepest: int, loader: Any) -> None:
    """Raise CodeInvalid for what makes much of little, or nests without end."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = f"line {event.start_mark.line + 1}" if event.start_mark else ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise CodeInvalid(line, "Anchors and aliases (& and *) are not read. Write it out.")
        if getattr(event, "tag", None):
            raise CodeInvalid(line, "Tags (!) are not read. Write the plain value.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > deepest:
            raise CodeInvalid(line, f"Values are nested deeper than {deepest} levels.")


def _note(node: yaml.Node, path: str, lines: dict[str, int]) -> None:
    """Note the line of each value below the node; raise CodeInvalid for a key that comes twice."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for position, each in enumerate(node.value, 1):
            _note(each, f"{path}[{position}]", lines)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            below = _key(key, path, seen)
            _note(value, below, lines)
            lines[below] = key.start_mark.line + 1


def _key(key: yaml.Node, path: str, seen: set[str]) -> str:
    """Return the path of a key's value; raise CodeInvalid."""
    line = key.start_mark.line + 1
    if not isinstance(key, yaml.ScalarNode):
        raise CodeInvalid(f"line {line}", "A key is one word or text.")
    if key.tag != "tag:yaml.org,2002:str":
        sentence = f"The key {key.value} is no text. Put it in quotes."
        raise CodeInvalid(f"line {line}", sentence)
    below = f"{path}.{key.value}" if path else key.value
    if key.value in seen:
        raise CodeInvalid(f"line {line}, {below}", "The key stands here twice. Keep one.")
    seen.add(key.value)
    return below
