"""Taking rows out of tables and journals for good: every file that holds them is written anew.

The files that stay behind for readers, and the log that names their values, are removed later.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from deltalake import CommitProperties

from app.lake import actions, engine
from app.lake.engine import identifier as quoted
from app.lake.planning import GROUPS
from app.lake.tables import Lake


def is_any_of(columns: Sequence[str], values: Sequence[str]) -> str:
    """Return the condition, as SQL, that a column reads as one of these texts.

    A decimal reads without zeros at its end, a moment as ISO 8601: as people see them.
    """
    listed = ", ".join(engine.literal(value) for value in values)
    return " OR ".join(f"coalesce({_readable(name)} IN ({listed}), false)" for name in columns)


def _readable(name: str) -> str:
    text = f"CAST({quoted(name)} AS VARCHAR)"
    plain = rf"regexp_replace({text}, '\.?0+$', '')"
    moment = f"replace(replace({text}, ' ', 'T'), '+00', 'Z')"
    return (
        f"CASE WHEN typeof({quoted(name)}) LIKE 'DECIMAL%' AND contains({text}, '.') THEN {plain} "
        f"WHEN typeof({quoted(name)}) LIKE 'TIMESTAMP%' THEN {moment} ELSE {text} END"
    )


def count_rows(lake: Lake, name: str, condition: str, *, is_past: bool = False) -> int:
    """Return how many rows meet a condition, as SQL; `is_past` asks all files there are still."""
    files = _files_there(lake, name) if is_past else lake.files(name)
    with engine.connection() as session:
        return sum(count for _file, count in _hits(session, files, condition))


def remove_rows(lake: Lake, name: str, condition: str, *, spill: Path) -> int:
    """Take the rows out that meet a condition, as SQL, in one commit; return how many.

    The caller holds the table's writer lock. Other rows keep their values and their order, and
    files without such a row are left alone.
    """
    table = lake.find(name)
    if table is None:
        return 0
    address = lake.address(name)
    with engine.connection(spill) as session:
        session.execute("SET preserve_insertion_order = true")
        hits = _hits(session, lake.files_of(table), condition)
        if not hits:
            return 0
        added = []
        for file, _count in hits:
            target = Path(address) / f"part-{uuid4().hex}-0.parquet"
            left = _copied(session, file, target, condition)
            if left:
                added.append(actions.addition(target, left))
            else:
                target.unlink(missing_ok=True)
    gone = [actions.removal(address, file) for file, _count in hits]
    table.create_write_transaction(
        [*gone, *added],
        "append",
        table.schema(),
        commit_properties=CommitProperties(max_commit_retries=0),
    )
    return sum(count for _file, count in hits)


def remove_from_file(file: Path, condition: str, *, spill: Path) -> int:
    """Take the rows out of one Parquet file, such as a journal; return how many.

    Who reads the file meanwhile reads it as it was: the new one takes its place at once.
    """
    draft = file.with_suffix(".erasing")
    with engine.connection(spill) as session:
        session.execute("SET preserve_insertion_order = true")
        count = sum(found for _file, found in _hits(session, [str(file)], condition))
        if not count:
            return 0
        _copied(session, str(file), draft, condition)
    draft.replace(file)
    return count


def count_in_file(file: Path, condition: str) -> int:
    """Return how many rows of one Parquet file meet a condition, as SQL."""
    with engine.connection() as session:
        return sum(found for _file, found in _hits(session, [str(file)], condition))


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


def _hits(session: engine.Session, files: Sequence[str], condition: str) -> list[tuple[str, int]]:
    """Return the files that have such rows, and how many each."""
    if not files:
        return []
    read = engine.parquet(files, "filename=true")
    found = session.execute(
        f"SELECT filename, count(*) FROM {read} WHERE {condition} GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return [(str(file), int(count)) for file, count in found]


def _copied(session: engine.Session, file: str, target: Path, condition: str) -> int:
    """Write the other rows of a file to another; return how many they are."""
    others = f"SELECT * FROM {engine.parquet([file])} WHERE NOT coalesce({condition}, false)"
    done = session.execute(
        f"COPY ({others}) TO {engine.literal(str(target))} (FORMAT parquet, {GROUPS})"
    ).fetchone()
    return int(done[0]) if done else 0


def _files_there(lake: Lake, name: str) -> list[str]:
    """Return all files in the table's folder, of whatever version."""
    return sorted(str(path) for path in Path(lake.address(name)).glob("*.parquet"))
