"""Parsing options as words of a command line: `delimiter=;`, `header_rows=0`, `quote=none`."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from app.tabular.options import FileFormat, OptionsImpossible, ParsingOptions

_MARKS = {"tab": "\t", "space": " ", "spaces": "  ", "none": None, "comma": ",", "semicolon": ";"}
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


def with_words(options: ParsingOptions, words: Iterable[str]) -> ParsingOptions:
    """Return the options changed by words `KEY=VALUE`; raise OptionsImpossible."""
    changes = {}
    for word in words:
        key, is_pair, value = word.partition("=")
        reader = _READERS.get(key)
        if not is_pair or reader is None:
            known = ", ".join(_READERS)
            raise OptionsImpossible(key, f"“{word}” is no option. They are: {known}.")
        try:
            changes[key] = reader(value)
        except ValueError:
            raise OptionsImpossible(key, f"“{value}” is no value for {key}.") from None
    return replace(options, **changes)


def _mark(value: str) -> str | None:
    return _MARKS.get(value, value.encode().decode("unicode_escape")) if value else None


def _truth(value: str) -> bool:
    if value.lower() not in _YES + _NO:
        raise ValueError(value)
    return value.lower() in _YES


def _numbers(value: str) -> tuple[int, ...]:
    return tuple(int(number) for number in value.split(",") if number.strip())


def _words(value: str) -> tuple[str, ...]:
    return tuple(word for word in value.split(",") if word)


def _optional_number(value: str) -> int | None:
    return int(value) if value not in ("", "none") else None


_READERS: dict[str, Callable[[str], Any]] = {
    "format": FileFormat,
    "encoding": str,
    "delimiter": lambda value: _mark(value) or ",",
    "quote": _mark,
    "escape": _mark,
    "is_repeated": _truth,
    "is_padded": _truth,
    "comment": lambda value: None if value in ("", "none") else value,
    "header_rows": int,
    "skipped_rows": int,
    "footer_rows": int,
    "column_starts": _numbers,
    "first_column": int,
    "column_count": _optional_number,
    "has_row_names": _truth,
    "keeps_long_rows": _truth,
    "record_path": str,
    "sheet": str,
    "decimal_mark": str,
    "thousands_mark": str,
    "null_words": _words,
}
