"""Taking rows out of tables and journals for good: every file that holds them is written anew.

The files that stay behind for readers, and the log that names their values, are removed later.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import pyarrow.parquet as pq
from deltalake import CommitProperties

from app.lake import actions, engine, readable
from app.lake.tables import Lake


def is_any_of(columns: Sequence[str], values: Sequence[str]) -> str:
    """Return the condition, as SQL, that a column reads as one of these texts."""
    listed = ", ".join(engine.literal(value) for value in values)
    return " OR ".join(f"{readable.sql(name)} IN ({listed})" for name in columns)


def count_rows(lake: Lake, name: str, condition: str, *, is_past: bool = False) -> int:
    """Return how many rows meet a condition, as SQL; `is_past` asks all files there are still."""
    files = _files_there(lake, name) if is_past else lake.files(name)
    return sum(hits(files, condition).values())


def files_with(lake: Lake, name: str, condition: str) -> dict[str, int]:
    """Return the files of a table with rows that meet a condition, as SQL, and how many each."""
    return hits(lake.files(name), condition)


def hits(files: Sequence[str], condition: str) -> dict[str, int]:
    """Return the files with rows that meet a condition, as SQL, and how many each."""
    if not files:
        return {}
    read = engine.parquet(files, "filename=true")
    with engine.connection() as session:
        found = session.execute(
            f"SELECT filename, count(*) FROM {read} WHERE {condition} GROUP BY 1 ORDER BY 1"
        ).fetchall()
    return {str(file): int(count) for file, count in found}


def remove_rows(
    lake: Lake, name: str, condition: str, found: Mapping[str, int], *, spill: Path
) -> None:
    """Take the rows out that meet a condition, as SQL, in one commit.

    The caller holds the table's writer lock, and has `found` the files with such rows under it;
    the others are left alone. Other rows keep their values, their order and their groups.
    """
    if not found:
        return
    table = lake.table(name)
    address = lake.address(name)
    added = []
    for file in found:
        target = Path(address) / f"part-{uuid4().hex}-0.parquet"
        left = _copied(file, target, condition, spill)
        if left:
            added.append(actions.addition(target, left))
        else:
            target.unlink(missing_ok=True)
    gone = [actions.removal(address, file) for file in found]
    table.create_write_transaction(
        [*gone, *added],
        "append",
        table.schema(),
        commit_properties=CommitProperties(max_commit_retries=0),
    )


def remove_from_file(file: Path, condition: str, *, spill: Path) -> None:
    """Take the rows out of one Parquet file, such as a journal.

    Who reads the file meanwhile reads it as it was: the new one takes its place at once.
    """
    draft = file.with_suffix(".erasing")
    _copied(str(file), draft, condition, spill)
    draft.replace(file)


def count_in_file(file: Path, condition: str) -> int:
    """Return how many rows of one Parquet file meet a condition, as SQL."""
    return sum(hits([str(file)], condition).values())


def forget_past(lake: Lake, name: str) -> None:
    """Forget the log of versions before this one: it names smallest and largest values of files.

    The caller holds the table's writer lock. What the log counts on is in the checkpoint.
    """
    table = lake.find(name)
    if table is None:
        return
    version = int(table.version())
    table.create_checkpoint()
    for file in (Path(lake.address(name)) / "_delta_log").iterdir():
        number = re.match(r"(\d{20})\.", file.name)
        if number is not None and int(number[1]) < version:
            file.unlink(missing_ok=True)


def _copied(file: str, target: Path, condition: str, spill: Path) -> int:
    """Write the other rows of a file to another, laid out alike; return how many they are."""
    others = f"SELECT * FROM {engine.parquet([file])} WHERE NOT coalesce({condition}, false)"
    with engine.connection(spill) as session:
        session.execute("SET preserve_insertion_order = true")
        done = session.execute(
            f"COPY ({others}) TO {engine.literal(str(target))} (FORMAT parquet, {_layout(file)})"
        ).fetchone()
    return int(done[0]) if done else 0


def _layout(file: str) -> str:
    """Return how a file is written, for the engine: a look-up reads as much of the new one."""
    told = pq.read_metadata(file)
    groups = [told.row_group(number) for number in range(told.num_row_groups)]
    rows = max((group.num_rows for group in groups), default=1)
    packing = groups[0].column(0).compression if groups else "SNAPPY"
    return f"ROW_GROUP_SIZE {rows}, COMPRESSION {packing}, DICTIONARY_SIZE_LIMIT 1_000"


def _files_there(lake: Lake, name: str) -> list[str]:
    """Return all files in the table's folder, of whatever version."""
    return sorted(str(path) for path in Path(lake.address(name)).glob("*.parquet"))
