"""The tables of the lake: where they are, what version they are at, who may write."""

import fcntl
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
from deltalake import DeltaTable

WAIT_SECONDS = 120.0
POLL_SECONDS = 0.05
# Tidying up makes versions that change no row: so many of the last are looked through for others.
LOOKED_BACK = 10
# The commits that are marked so have the same rows in other files.
TIDYING = "headwater.tidying"


class LakeAddressInvalid(Exception):
    """The folder of the lake has a name that its tables cannot be read from."""


class TableNameInvalid(Exception):
    """A table name has other signs than a-z, 0-9, the underscore, and one slash."""


class TableBusy(Exception):
    """Another writer kept the table for longer than the wait."""


class Lake:
    """Delta tables under one address, each written by one process at a time."""

    def __init__(
        self, url: str, *, locks: str, storage_options: dict[str, str] | None = None
    ) -> None:
        self._url = url.removeprefix("file://").rstrip("/")
        self._is_local = "://" not in self._url
        if self._is_local and re.search(r"\\|%[0-9a-fA-F]{2}", self._url):
            # delta-rs 1.6 writes there, then looks for the log in the folder's decoded name.
            raise LakeAddressInvalid(
                f"The lake cannot be kept in {self._url}: a folder of it has a backslash, or a "
                "percent sign before two digits, in its name. Choose another folder."
            )
        self._locks = Path(locks)
        self.storage_options = storage_options

    def address(self, name: str) -> str:
        """Return where the table is; raise TableNameInvalid.

        A plain name is a dataset's; tables of other features name their folder: tracking/events.
        """
        if re.fullmatch(r"([a-z0-9_]+/)?[a-z0-9_]+", name) is None:
            raise TableNameInvalid(name)
        return f"{self._url}/{name if '/' in name else f'datasets/{name}'}"

    def exists(self, name: str) -> bool:
        """Tell whether the table was ever written."""
        return DeltaTable.is_deltatable(self.address(name), self.storage_options)

    def table(self, name: str, version: int | None = None) -> DeltaTable:
        """Open the table, as it is now or was at a version."""
        return DeltaTable(self.address(name), version, self.storage_options)

    def find(self, name: str) -> DeltaTable | None:
        """Open the table as it is now; none where it was never written."""
        return self.table(name) if self.exists(name) else None

    def version(self, name: str) -> int | None:
        """Return the version of the table, or none where it was never written."""
        table = self.find(name)
        return int(table.version()) if table is not None else None

    def data_version(self, name: str) -> int | None:
        """Return the version that wrote the rows as they are: tidying up after it wrote none."""
        table = self.find(name)
        if table is None:
            return None
        commits = table.history(LOOKED_BACK)
        written = [
            each["version"]
            for each in commits
            if not each["operation"].startswith("VACUUM") and TIDYING not in each
        ]
        return int(max(written, default=table.version()))

    def schema(self, name: str) -> pa.Schema:
        """Return the columns of the table, as Arrow types."""
        return pa.schema(self.table(name).schema())

    def files(self, name: str, version: int | None = None) -> list[str]:
        """Return the Parquet files the table consists of; none where it was never written."""
        return self.files_of(self.table(name, version)) if self.exists(name) else []

    def files_of(self, table: DeltaTable) -> list[str]:
        """Return the Parquet files of an open table, under names the file system knows."""
        # delta-rs names local files as in an address: a space in a folder comes as %20.
        return [unquote(uri) if self._is_local else uri for uri in table.file_uris()]

    def row_counts(self, name: str) -> dict[str, int]:
        """Return the number of rows of each file, from the log alone."""
        table = self.find(name)
        if table is None:
            return {}
        added = pa.table(table.get_add_actions(flatten=True))
        return dict(zip(self.files_of(table), added["num_records"].to_pylist(), strict=True))

    def row_count(self, name: str) -> int:
        """Return the number of rows, from the log alone."""
        table = self.find(name)
        return int(table.count()) if table is not None else 0

    def drop(self, name: str) -> None:
        """Remove the table with all its versions and journals."""
        with self.writer_lock(name):
            shutil.rmtree(self.address(name), ignore_errors=True)
            shutil.rmtree(self.journals(name), ignore_errors=True)

    def vacuum(self, name: str, *, older_than: timedelta) -> None:
        """Remove files that no version since then consists of, and what killed writers left."""
        with self.writer_lock(name):
            table = self.find(name)
            if table is None:
                return
            vacuum = partial(
                table.vacuum,
                int(older_than.total_seconds() // 3600),
                enforce_retention_duration=False,
                full=True,
            )
            # A vacuum is a version of its own: none is made where there is nothing to remove.
            if any((Path(self.address(name)) / file).exists() for file in vacuum(dry_run=True)):
                vacuum(dry_run=False)

    def count_leftovers(self, name: str) -> int:
        """Return how many files are in the table's folder that it no longer consists of."""
        return len(list(Path(self.address(name)).glob("*.parquet"))) - len(self.files(name))

    def journals(self, name: str) -> Path:
        """Return the folder of the journals of a dataset's runs."""
        self.address(name)
        return Path(self._url) / "journals" / name

    def journal(self, name: str, run: int) -> Path:
        """Return where the journal of a run of a dataset is, or would be."""
        return self.journals(name) / f"run-{run}.parquet"

    def list_journals(self, name: str) -> dict[int, Path]:
        """Return the journals of a dataset that are kept, by run, the newest run first."""
        found = self.journals(name).glob("run-*.parquet")
        by_run = {int(path.stem.removeprefix("run-")): path for path in found}
        return dict(sorted(by_run.items(), reverse=True))

    def keep_journal(self, name: str, run: int, journal: Path) -> Path:
        """Move a journal in for good, whole or not at all, and return where it is."""
        target = self.journal(name, run)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".writing")
        try:
            shutil.move(journal, draft)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        draft.replace(target)
        return target

    def forget_journal(self, name: str, run: int) -> None:
        """Remove the journal of a run, kept or half moved in."""
        target = self.journal(name, run)
        for path in (target, target.with_suffix(".writing")):
            path.unlink(missing_ok=True)

    @contextmanager
    def writer_lock(self, name: str, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
        """Keep other writers out; raise TableBusy or TableNameInvalid.

        A lock of the operating system on a file: it dies with the process that holds it, even by
        kill -9. It holds on one host; writers on several need a lock in the queue's store.
        """
        self.address(name)
        self._locks.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + wait_seconds
        with (self._locks / f"{name.replace('/', '-')}.lock").open("w") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as failure:
                    if time.monotonic() > deadline:
                        raise TableBusy(name) from failure
                    time.sleep(POLL_SECONDS)
            yield
