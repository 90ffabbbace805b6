"""The files store, the lake, its engine and the staging folder of the running app."""

from pathlib import Path

from flask import current_app

from app.lake.tables import Lake
from app.streams.storage import FileStore


def files() -> FileStore:
    """Return where raw stream files are kept."""
    return FileStore(current_app.config["FILES_URL"])


def lake() -> Lake:
    """Return where datasets are kept."""
    return Lake(current_app.config["LAKE_URL"], locks=str(current_app.config["LOCKS_DIR"]))


def staging() -> Path:
    """Return the folder for rows on their way into a dataset."""
    return Path(current_app.config["STAGING_DIR"])


def spill() -> Path:
    """Return the folder for what a question puts on disk that does not fit in memory."""
    return staging() / "spill"


def engine_url() -> str:
    """Return which engine finds the members of audiences; empty for the one in this process."""
    return str(current_app.config["ENGINE_URL"])
