"""Comparing a stored column with texts as people write them, so that files' statistics help."""

import sys
from collections.abc import Sequence
from typing import cast

import ibis
import ibis.expr.types as ir

from app.lake import readable


def equals(column: ir.Column, texts: Sequence[str]) -> ir.BooleanValue:
    """Return whether a value, as text, is one of these; missing ones are not."""
    if column.type().is_integer():
        numbers = [int(each) for each in texts if _is_whole(each)]
        return column.isin(numbers).fill_null(False) if numbers else _NEVER
    stored = column if column.type().is_string() else readable.expression(column)
    return stored.isin(list(texts)).fill_null(False) if texts else _NEVER


def equals_in_any_case(column: ir.Column, text: str) -> ir.BooleanValue:
    """Return whether a value is this text but for capitals; the engine folds both sides."""
    return readable.expression(column).lower() == ibis.literal(text).lower()


def begins(column: ir.Column, text: str) -> ir.BooleanValue:
    """Return whether a value, as text, begins so."""
    found = readable.expression(column).startswith(text)
    if not column.type().is_string():
        return cast("ir.BooleanValue", found)
    after = _after(text)
    ranged = column >= text
    return found & (ranged & (column < after) if after else ranged)


def _after(text: str) -> str | None:
    """Return the first text, by code points, after all that begin so; none after the last."""
    kept = text.rstrip(chr(sys.maxunicode))
    if not kept:
        return None
    last = ord(kept[-1]) + 1
    # No text holds half of a pair.
    return kept[:-1] + chr(0xE000 if 0xD800 <= last <= 0xDFFF else last)


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) < 19 and str(int(text)) == text


_NEVER = cast("ir.BooleanValue", ibis.literal(False))
