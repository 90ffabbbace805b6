"""What can become of a row in a run."""

from enum import StrEnum


class Bucket(StrEnum):
    """What became of a row; `removed` and `kept` are rows of the dataset, not of a file."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    SUPERSEDED = "superseded"
    REMOVED = "removed"
    KEPT = "kept"

    @property
    def sentence(self) -> str:
        """Say what rows in it are."""
        return _SENTENCES[self]


_SENTENCES = {
    Bucket.ADDED: "Their identifier was new to the dataset.",
    Bucket.CHANGED: "They took new values; the old ones are struck through.",
    Bucket.SAME: "The dataset had these very values already.",
    Bucket.SUPERSEDED: "A later row with the same identifier counts in their place.",
    Bucket.REMOVED: "They were in the dataset before, and no longer are.",
    Bucket.KEPT: "They were written after the run that was taken back, and were left alone.",
}
