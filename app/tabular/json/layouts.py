"""What lists say of each other: names of columns apart from rows, records described elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from app.tabular.json.finding import Found
from app.tabular.json.names import are_names, naming_field
from app.tabular.json.paths import LISTS, RecordPath, is_writable

_LEAST = 2
_BY_FAR = 3


class Names(NamedTuple):
    """Where the names of columns may stand, and the list that holds them."""

    path: tuple[str | int, ...]
    holder: Found
    names: tuple[str, ...]


def with_names(rows: Found, lists: Sequence[Found]) -> tuple[Found, list[Names]]:
    """Return a list of lists with the path of its columns' names, and all that may be names.

    Those nearest to the rows are the names; of equally near ones, a list of texts.
    """
    others = () if rows.is_of(dict) else lists
    found = [names for each in others if each is not rows for names in _names_in(each, rows)]
    found = [names for names in found if is_writable(RecordPath(names.path))]
    if not found:
        return rows, []
    found.sort(key=lambda names: (-_shared(names.holder, rows), names.holder.is_of(dict)))
    return replace(rows, path=RecordPath(rows.path.keys, LISTS, found[0].path)), found


def are_certain(rows: Found, found: Sequence[Names]) -> bool:
    """Return whether texts beside the rows are all that may name the columns, and no row does.

    As many texts as there are rows may name those instead.
    """
    is_beside = len(found) == 1 and found[0].holder.path.keys[:-1] == rows.path.keys[:-1]
    is_again = is_beside and list(found[0].names) == rows.first[0]
    is_of_rows = rows.count == len(rows.first[0])
    return is_beside and not found[0].holder.is_of(dict) and not (is_again or is_of_rows)


def is_rival(other: Found, best: Found) -> bool:
    """Return whether another list is about as long as the best, or has more records like those."""
    keys, others = _keys(best), _keys(other)
    has_same_fields = bool(keys) and len(keys & others) * _LEAST > len(keys | others)
    return (has_same_fields and other.count >= _LEAST) or other.count * _BY_FAR > best.count


def telling_of_others(lists: Sequence[Found]) -> list[Found]:
    """Return the lists that only tell of the fields of others; none where all would."""
    found = [each for each in lists if _tells_of_another(each, lists)]
    return found if len(found) < len(lists) else []


def _tells_of_another(found: Found, lists: Sequence[Found]) -> bool:
    of_lists = (other for other in lists if other is not found and not other.is_of(dict))
    is_of_columns = found.is_of(dict) and any(list(_names_in(found, other)) for other in of_lists)
    return is_of_columns or any(_describes(found, other) for other in lists)


def _describes(other: Found, records: Found) -> bool:
    """Return whether each entry of a list tells of one field of the records in another."""
    if other is records or not other.is_of(dict) or not records.is_of(dict):
        return False
    keys = _keys(records)
    return any(_are_keys(_texts(other.first, field), keys) for field in _keys(other))


def _keys(found: Found) -> set[str]:
    return {key for entry in found.first if isinstance(entry, dict) for key in entry}


def _are_keys(texts: set[str], keys: set[str]) -> bool:
    return len(texts & keys) >= _LEAST and (texts <= keys or keys <= texts)


def _texts(entries: Sequence[Any], field: str) -> set[str]:
    values = (entry.get(field) for entry in entries if isinstance(entry, dict))
    return {value for value in values if isinstance(value, str)}


def _names_in(found: Found, rows: Found) -> Iterator[Names]:
    """Yield the names that a list gives to the columns of rows as long as it."""
    width = len(rows.first[0])
    if width < _LEAST or found.count != width or len(found.first) != width:
        return
    keys, entries = found.path.keys, found.first
    if are_names(entries):
        yield Names(keys, found, tuple(entries))
    elif field := naming_field(entries):
        yield Names((*keys, field), found, tuple(entry[field] for entry in entries))


def _shared(found: Found, rows: Found) -> int:
    """Return how many keys lead to both lists."""
    pairs = zip(found.path.keys, rows.path.keys, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), 0)
