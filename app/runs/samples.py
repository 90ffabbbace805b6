"""Rows of a journal as people read them: text, under the names of the schema."""

from collections.abc import Mapping
from typing import Any

from app.lake.buckets import Bucket
from app.lake.journal import Entry
from app.lake.planning import Plan
from app.lake.readable import as_text


def shown(plan: Plan, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a plan's samples by bucket; `names` has the name people know each column by."""
    return {
        bucket.value: [sample(entry, names) for entry in entries]
        for bucket, entries in plan.samples.items()
    }


def sample(entry: Entry, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a row with its line and its values after and before, where it was and is there."""
    has_after = entry.bucket is not Bucket.REMOVED
    has_before = entry.bucket in {Bucket.CHANGED, Bucket.REMOVED, Bucket.KEPT}
    return {
        "line": entry.line,
        "after": _texts(entry.after, names) if has_after else None,
        "before": _texts(entry.before, names) if has_before else None,
    }


def _texts(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    return {name: as_text(values[field]) for field, name in names.items() if field in values}
