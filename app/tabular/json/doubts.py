"""Whether records may be none: an answer around a longer list, several kinds, columns in lists."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_DEEPEST = 4
_BY_FAR = 3
_LEAST = 2
_FEW = 10
Keys = tuple[str | int, ...]


class Doubt(NamedTuple):
    """Why records may be none, and the keys that lead to what is likelier, if anything is."""

    sentence: str
    keys: Keys = ()


def doubt_of(records: Sequence[Any], count: int, lengths: Sequence[int] = ()) -> Doubt | None:
    """Return why the first of `count` records may be no rows of one table; None where they are.

    `lengths` are those of lists of single values beside the records.
    """
    if any(isinstance(record, list) for record in records):
        return _of_mixed(records)
    objects = [record for record in records if isinstance(record, dict)]
    return (
        _of_longer_list(objects, count)
        or _of_cells(objects)
        or _of_tables(objects)
        or _of_columns(objects, lengths)
        or _of_kinds(objects)
    )


def _of_mixed(records: Sequence[Any]) -> Doubt:
    """Return the doubt about objects and lists in one list: the records may be in one of them."""
    sizes = {
        number: len(record)
        for number, record in enumerate(records)
        if isinstance(record, list) and _are_objects(record)
    }
    longest = max(sizes, key=sizes.__getitem__, default=None)
    sentence = "The list holds objects and lists: it may be an answer around the records."
    return Doubt(sentence, () if longest is None else (longest,))


def _of_longer_list(records: Sequence[dict[str, Any]], count: int) -> Doubt | None:
    found = [each for record in records for each in _lists_in(record, ())]
    of_objects = [(len(value), keys) for keys, value in found if _are_objects(value)]
    size, keys = max(of_objects, key=lambda each: each[0], default=(0, ()))
    if count == 1 and size >= _LEAST:
        sentence = f"The list has a single object, with a list of {size:,} objects in it."
        return Doubt(sentence, keys)
    if size > count * _BY_FAR:
        sentence = f"An object of the list has a list of {size:,} in it, which may be the records."
        return Doubt(sentence)
    if count == 1 and (_are_columns([value for _, value in found]) or of_objects):
        return Doubt("The list has a single object, with lists in it that may be the table.")
    return None


def _are_columns(lists: Sequence[list[Any]]) -> bool:
    """Return whether lists may be columns, because some are equally long, or one has rows."""
    sizes = [len(each) for each in lists if len(each) >= _LEAST]
    return len(set(sizes)) < len(sizes) or any(map(_are_rows, lists))


def _of_tables(records: Sequence[dict[str, Any]]) -> Doubt | None:
    """Return the doubt about records that each have rows of their own, as series do."""
    fields = [
        {key for key, value in record.items() if isinstance(value, list) and _are_rows(value)}
        for record in records
    ]
    if not fields or not (shared := set.intersection(*fields)):
        return None
    return Doubt(f"Each record has rows of its own in “{min(shared)}”: they may be the table.")


def _of_cells(records: Sequence[dict[str, Any]]) -> Doubt | None:
    """Return the doubt about records of one field only, which is a list of cells."""
    values = [value for record in records if len(record) == 1 for value in record.values()]
    lists = [value for value in values if isinstance(value, list)]
    if (
        len(lists) < max(_LEAST, len(records))
        or len({key for record in records for key in record}) > 1
    ):
        return None
    return Doubt("The only field of each record is a list: it may hold the cells of a row.")


def _of_columns(records: Sequence[dict[str, Any]], lengths: Sequence[int]) -> Doubt | None:
    """Return the doubt about records that have a list as long as one beside them: columns."""
    fields = {key for record in records for key in record}
    for field in fields:
        values = [record.get(field) for record in records]
        sizes = {len(value) if isinstance(value, list) else 0 for value in values}
        if len(sizes) == 1 and sizes & {size for size in lengths if size >= _LEAST}:
            sentence = f"The lists in “{field}” are as long as a list beside: they may be columns."
            return Doubt(sentence)
    return None


def _of_kinds(records: Sequence[dict[str, Any]]) -> Doubt | None:
    """Return the doubt about records of two kinds or more, which have no field in common."""
    kinds: list[tuple[set[str], int]] = []
    for record in records:
        keys, count = set(record), 1
        apart = []
        for fields, others in kinds:
            if fields & keys:
                keys, count = keys | fields, count + others
            else:
                apart.append((fields, others))
        kinds = [*apart, (keys, count)] if keys else apart
    outside = sum(count for _, count in kinds) - max((count for _, count in kinds), default=0)
    if outside * _FEW < max(len(records), 1) and outside < _LEAST or not outside:
        return None
    return Doubt("Some records have no field in common with others: they are of several kinds.")


def _lists_in(record: dict[str, Any], keys: Keys) -> Iterator[tuple[Keys, list[Any]]]:
    for key, value in record.items():
        if isinstance(value, list):
            yield (*keys, key), value
        elif isinstance(value, dict) and len(keys) < _DEEPEST:
            yield from _lists_in(value, (*keys, key))


def _are_objects(values: Sequence[Any]) -> bool:
    return sum(isinstance(value, dict) for value in values) * 2 > len(values)


def _are_rows(values: Sequence[Any]) -> bool:
    """Return whether the values are lists of equal length."""
    are_lists = len(values) >= _LEAST and all(isinstance(value, list) for value in values)
    return are_lists and len({len(value) for value in values}) == 1
