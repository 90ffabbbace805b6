"""Reads texts as one kind: which of them fit, and the numbers and extremes of those.

Where all texts fit, that is found out at the speed of Arrow's own casts, of which each accepts
hardly more than the kind does. Where not all do, or Arrow accepts too much, care takes longer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.converting import typed
from app.tabular.columns.emails import which_are_plain
from app.tabular.columns.kinds import Kind
from app.tabular.columns.plain_numbers import are_plain_numbers
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

_LARGEST_INTEGER = 10**15
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
_DAY = 86_400_000_000
_WITHOUT_ZONE, _WITH_ZONE = (10, 16, 19, 21, 22, 23, 24, 25, 26), (20,)


@dataclass(frozen=True)
class Reading:
    """Which texts fit, the numbers that those are (for a histogram), and the extremes."""

    fits: np.ndarray
    numbers: np.ndarray | None = None
    least: Any = None
    most: Any = None


def reading(kind: Kind, texts: pa.Array, options: ParsingOptions) -> Reading:
    """Return how texts, of which none is null, are read as one kind."""
    quick = _QUICK.get(kind.type) if kind.pattern is None and len(texts) else None
    try:
        found = quick(kind, texts, options) if quick else None
    except pa.ArrowInvalid:
        found = None
    return found or _careful(kind, texts, options)


def _careful(kind: Kind, texts: pa.Array, options: ParsingOptions) -> Reading:
    fits = pc.match_substring_regex(texts, kind.shape).to_numpy(zero_copy_only=False)
    if not fits.any():
        return Reading(fits)
    if kind.type is ColumnType.BOOLEAN:
        words = pc.min_max(pc.utf8_lower(texts.filter(pa.array(fits)))).as_py()
        return Reading(fits, None, words["min"], words["max"])
    values = typed(texts.filter(pa.array(fits)), kind.type, options, kind.pattern)
    is_one = pc.is_valid(values).to_numpy(zero_copy_only=False)
    fits = fits.copy()
    fits[fits] = is_one
    return _read(fits, values.drop_null(), kind)


def _read(fits: np.ndarray, values: pa.Array, kind: Kind) -> Reading:
    if kind.type.is_text or not len(values):
        return Reading(fits)
    extremes = pc.min_max(values).as_py()
    return Reading(fits, _numbers(values), extremes["min"], extremes["max"])


def _numbers(values: pa.Array) -> np.ndarray:
    if pa.types.is_timestamp(values.type):
        values = values.view(pa.int64())
    elif pa.types.is_date32(values.type):
        values = values.view(pa.int32())
    numbers: np.ndarray = values.cast(pa.float64(), safe=False).to_numpy()
    return numbers


def _integers(kind: Kind, texts: pa.Array, options: ParsingOptions) -> Reading | None:
    numbers = pc.cast(texts, pa.int64())
    extremes = pc.min_max(numbers).as_py()
    if max(-extremes["min"], extremes["max"]) >= _LARGEST_INTEGER:
        return None
    # Written out again they are the same: no zeros in front, no sign that says nothing.
    if not are_plain_numbers(texts) and not _are_same(pc.cast(numbers, pa.string()), texts):
        return None
    return _read(_all(texts), numbers, kind)


def _decimals(kind: Kind, texts: pa.Array, options: ParsingOptions) -> Reading | None:
    if options.decimal_mark != "." or options.thousands_mark:
        return None
    numbers = pc.cast(texts, pa.float64()).to_numpy()
    if not are_plain_numbers(texts) and not _all_match(texts, kind.shape):
        return None
    least, most = (
        choose(map(Decimal, texts.filter(pa.array(numbers == edge)).unique().to_pylist()))
        for choose, edge in ((min, numbers.min()), (max, numbers.max()))
    )
    return Reading(_all(texts), numbers, least, most)


def _dates(kind: Kind, texts: pa.Array, options: ParsingOptions) -> Reading | None:
    days = pc.cast(texts, pa.date32())
    numbers = days.view(pa.int32()).to_numpy()
    if _lengths(texts) != {10} or numbers.min() < _FIRST_DAY or numbers.max() > _LAST_DAY:
        return None
    return _read(_all(texts), days, kind)


def _datetimes(kind: Kind, texts: pa.Array, options: ParsingOptions) -> Reading | None:
    has_zone = texts[0].as_py().endswith("Z")
    if not _lengths(texts) <= set(_WITH_ZONE if has_zone else _WITHOUT_ZONE):
        return None
    if has_zone and not pc.all(pc.ends_with(texts, "Z")).as_py():
        return None
    times = pc.cast(texts, pa.timestamp("us", "UTC" if has_zone else None))
    numbers = times.view(pa.int64()).to_numpy()
    if numbers.min() < _FIRST_DAY * _DAY or numbers.max() >= (_LAST_DAY + 1) * _DAY:
        return None
    return _read(_all(texts), times.cast(pa.timestamp("us", "UTC")), kind)


def _emails(kind: Kind, texts: pa.Array, options: ParsingOptions) -> Reading | None:
    fits = which_are_plain(texts)
    if not fits.all():
        others = texts.filter(pa.array(~fits))
        fits[~fits] = _careful(kind, others, options).fits
    return Reading(fits)


def _are_same(some: pa.Array, others: pa.Array) -> bool:
    return bool(pc.all(pc.equal(some, others)).as_py())


def _all_match(texts: pa.Array, shape: str) -> bool:
    return bool(pc.all(pc.match_substring_regex(texts, shape)).as_py())


def _lengths(texts: pa.Array) -> set[int]:
    return set(np.flatnonzero(np.bincount(pc.binary_length(texts).to_numpy())).tolist())


def _all(texts: pa.Array) -> np.ndarray:
    return np.ones(len(texts), dtype=bool)


_QUICK: dict[ColumnType, Callable[[Kind, pa.Array, ParsingOptions], Reading | None]] = {
    ColumnType.INTEGER: _integers,
    ColumnType.DECIMAL: _decimals,
    ColumnType.DATE: _dates,
    ColumnType.DATETIME: _datetimes,
    ColumnType.EMAIL: _emails,
}
