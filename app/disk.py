"""Telling a lack of room from other failures."""

import errno

# What SQLite, DuckDB and delta-rs say of it, which give no number.
WORDS = ("disk is full", "No space left on device", "Disk quota exceeded")


def is_full(failure: BaseException | None) -> bool:
    """Tell whether a failure, or one behind it, is a lack of room."""
    while failure is not None:
        has_number = getattr(failure, "errno", None) in {errno.ENOSPC, errno.EDQUOT}
        if has_number or any(words in str(failure) for words in WORDS):
            return True
        failure = failure.__cause__
    return False
