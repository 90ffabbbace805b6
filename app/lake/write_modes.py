"""The two ways in which a file is written to a dataset."""

from enum import StrEnum


class WriteMode(StrEnum):
    """How the rows of a file meet those of the dataset."""

    APPEND = "append"
    OVERWRITE = "overwrite"

    @property
    def sentence(self) -> str:
        """Say what it does."""
        if self is WriteMode.OVERWRITE:
            return (
                "The file replaces the dataset: rows that are not in the file are removed. "
                "It happens at once or not at all."
            )
        return (
            "New rows are added, and rows with a known identifier take the new values. "
            "Rows that are not in the file stay as they are."
        )
