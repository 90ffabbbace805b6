"""One mapping of a file at a time: its keys, its values, and where what is wrong stands."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Any, NoReturn, TypeVar

from app.dataflows.as_code.documents import CodeInvalid, Document

E = TypeVar("E", bound=StrEnum)
_KINDS = {dict: "keys with values", list: "a list", str: "text", bool: "true or false"}


class Part:
    """A mapping within a document, of which only these keys are known."""

    def __init__(self, document: Document, path: str, values: Any, known: Collection[str]) -> None:
        self._document = document
        self._path = path
        if not isinstance(values, dict):
            self.refuse("", f"Write keys with values here: {', '.join(known)}.")
        self._values = values
        for key in values:
            if key not in known:
                self.refuse(key, f"There is no such key here. The keys are {', '.join(known)}.")

    def refuse(self, key: str, sentence: str) -> NoReturn:
        """Raise CodeInvalid with the place of the key."""
        raise CodeInvalid(self._document.place(self._below(key)), sentence)

    def has(self, key: str) -> bool:
        """Tell whether the key is there."""
        return key in self._values

    def text(self, key: str, *, longest: int, default: str | None = None) -> str:
        """Return a text; without a default, one that is not blank."""
        value = self._given(key, str, default)
        if default is None and not value.strip():
            self.refuse(key, "Write something here.")
        if len(value) > longest:
            self.refuse(key, f"This is longer than {longest} characters.")
        if "\0" in value:
            self.refuse(key, "A text holds no zero characters.")
        return str(value)

    def value(self, key: str) -> Any:
        """Return whatever is at a key, for others to check."""
        return self._given(key, object)

    def flag(self, key: str) -> bool:
        """Return whether something is so; false where nothing is said."""
        return bool(self._given(key, bool, False))

    def number(self, key: str, kinds: tuple[type, ...], *, most: float) -> Any:
        """Return a number from 0 on, None where there is none."""
        if key not in self._values:
            return None
        value = self._values[key]
        if type(value) not in kinds or not 0 <= value <= most:
            words = "whole number" if float not in kinds else "number"
            self.refuse(key, f"Write a {words} from 0 to {most:,} here.")
        return value

    def choice(self, key: str, kind: type[E], *, default: E | None = None) -> E:
        """Return one of a few words."""
        value = self._given(key, str, default)
        if value not in set(kind):
            self.refuse(key, f"“{value}” is none of {', '.join(kind)}.")
        return kind(value)

    def part(self, key: str, known: Collection[str]) -> "Part":
        """Return the mapping at a key."""
        return Part(self._document, self._below(key), self._given(key, dict), known)

    def parts(self, key: str, known: Collection[str], *, is_needed: bool = True) -> list["Part"]:
        """Return the mappings of the list at a key."""
        values = self._given(key, list, None if is_needed else [])
        path = self._below(key)
        return [
            Part(self._document, f"{path}[{position}]", value, known)
            for position, value in enumerate(values, 1)
        ]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts at a key."""
        values = self._given(key, list)
        for position, value in enumerate(values, 1):
            if not isinstance(value, str):
                self.refuse(f"{key}[{position}]", self._wrong(value, str))
        return tuple(values)

    def plain(self, key: str) -> dict[str, Any]:
        """Return a mapping of whatever JSON can hold, empty where there is none."""
        values = self._given(key, dict, {})
        self._refuse_unplain(key, values)
        return dict(values)

    def _refuse_unplain(self, key: str, value: Any) -> None:
        if isinstance(value, dict):
            for name, each in value.items():
                self._refuse_unplain(f"{key}.{name}", each)
        elif isinstance(value, list):
            for position, each in enumerate(value, 1):
                self._refuse_unplain(f"{key}[{position}]", each)
        elif not (isinstance(value, str | int | None) or _is_finite(value)):
            self.refuse(key, "This is neither text nor a number. Put it in quotes.")

    def _given(self, key: str, kind: type, default: Any = None) -> Any:
        if key not in self._values:
            if default is None:
                self.refuse(key, "This key is missing.")
            return default
        value = self._values[key]
        if not isinstance(value, kind):
            self.refuse(key, self._wrong(value, kind))
        return value

    def _wrong(self, value: Any, kind: type) -> str:
        if kind is str and isinstance(value, bool | int | float | date):
            return f"{value} is read as no text. Put it in quotes."
        return f"Write {_KINDS[kind]} here."

    def _below(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path and key else self._path or key


def _is_finite(value: object) -> bool:
    return isinstance(value, float) and isfinite(value)
