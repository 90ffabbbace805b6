"""Names of columns that stand apart from rows: a list of texts, or of objects that have one."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from app.tabular.files.source import FileUnreadable
from app.tabular.json.document import Document, Readable
from app.tabular.json.values import Number, scalar_text

Keys = tuple[str | int, ...]
# Where each column is described by several texts, that of such a field is what people call it.
_NAMING = re.compile(
    r"(?i)(?:^|.*[_. -])(?:name|title|label|caption)$|.*[a-z](?:Name|Title|Label)$"
)


def names_at(text: Readable, keys: Keys) -> tuple[str, ...]:
    """Return the texts at the path in a document, of all entries of lists; raise FileUnreadable."""
    document = Document(text)
    found = tuple(scalar_text(value) or "" for value in _values(document, keys))
    if not found:
        message = "The file has no names of columns where they are expected."
        raise FileUnreadable("no_records", message, "Choose other records.", line=document.line)
    return found


def _values(document: Document, keys: Keys) -> Iterator[Any]:
    sign = document.sign()
    if sign == "[":
        for _ in document.entries():
            yield from _values(document, keys)
    elif keys and sign == "{":
        for name in document.members():
            if name == keys[0]:
                yield from _values(document, keys[1:])
            else:
                document.skip()
    elif keys:
        document.skip()
    else:
        yield document.value()[0]


def naming_field(entries: Sequence[Any]) -> str | None:
    """Return the field of objects that tells each by a text of its own; None without any."""
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        return None
    fields = [key for key in entries[0] if are_names([entry.get(key) for entry in entries])]
    return next((key for key in fields if _NAMING.fullmatch(key)), fields[0] if fields else None)


def are_names(values: Sequence[Any]) -> bool:
    """Return whether the values are texts, none of them empty or there twice."""
    are_texts = all(
        isinstance(value, str) and not isinstance(value, Number) and value.strip()
        for value in values
    )
    return are_texts and len(set(values)) == len(values)
