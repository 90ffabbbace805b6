"""Making few sorted files of many small ones, as a log that grows by small commits leaves them.

Files of about the same size are merged once there are enough of them, so that a row is written
anew as often as the table has grown by that factor, and not with every merge.
"""

import logging
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from deltalake import CommitProperties

from app.lake import actions, engine
from app.lake.engine import identifier as quoted
from app.lake.logs import COMPRESSION
from app.lake.tables import TIDYING, Lake

log = logging.getLogger(__name__)

FEW_ROWS = 10_000
FILES_A_MERGE = 8
# A merge of more would take minutes, and files of this size read as quickly as larger ones.
MOST_ROWS = 8_000_000
# So many are worth looking for those that nobody can be reading any more.
MOST_LEFTOVERS = 1_000


def due(row_counts: Mapping[str, int]) -> list[str]:
    """Return the files to merge next, the smallest that are enough; none where no size has enough.

    `row_counts` has the rows of each file.
    """
    tiers: dict[int, list[str]] = defaultdict(list)
    for file, rows in row_counts.items():
        tiers[_tier(rows)].append(file)
    for tier in sorted(tiers):
        taken: list[str] = []
        total = 0
        for file in sorted(tiers[tier], key=lambda each: (row_counts[each], each)):
            if total + row_counts[file] <= MOST_ROWS:
                taken.append(file)
                total += row_counts[file]
        if len(taken) >= FILES_A_MERGE:
            return taken
    return []


@dataclass(frozen=True)
class Layout:
    """How rows lie in a file: by which columns they are sorted, how many make a group."""

    order: tuple[str, ...]
    rows_a_group: int


def tidy(lake: Lake, name: str, layout: Layout, spill: Path, *, older_than: timedelta) -> int:
    """Merge files of the table until none are due, and return how many were.

    Merged files stay for those who read them; once there are many, those that old are removed.
    """
    count = 0
    while merged := compact(lake, name, layout, spill):
        count += merged
    if lake.exists(name) and lake.count_leftovers(name) > MOST_LEFTOVERS:
        lake.vacuum(name, older_than=older_than)
    if count:
        log.info("table.tidied", extra={"table": name, "file_count": count})
    return count


def compact(lake: Lake, name: str, layout: Layout, spill: Path) -> int:
    """Merge files of the table that are due, laid out so, and return how many.

    Nobody is kept waiting but for the commit. Where the files meanwhile changed, as by a person who
    was erased, nothing is done. What a killed process leaves is removed as other leftovers are.
    """
    merged = due(lake.row_counts(name))
    if not merged:
        return 0
    target = Path(lake.address(name)) / f"part-{uuid4().hex}-merged.parquet"
    try:
        rows = _write_sorted(merged, layout, target, spill)
        with lake.writer_lock(name):
            is_done = _commit(lake, name, merged, target, rows)
    except Exception:
        # What follows a commit, such as a checkpoint, may fail: the file is in all the same.
        if str(target) in lake.files(name):
            return len(merged)
        target.unlink(missing_ok=True)
        raise
    if not is_done:
        target.unlink(missing_ok=True)
    return len(merged) if is_done else 0


def _tier(rows: int) -> int:
    return 0 if rows < FEW_ROWS else 1 + int(math.log(rows / FEW_ROWS, FILES_A_MERGE))


def _write_sorted(files: Sequence[str], layout: Layout, target: Path, spill: Path) -> int:
    listed = ", ".join(f"{quoted(name)} NULLS LAST" for name in layout.order)
    with engine.connection(spill) as session:
        row = session.execute(
            f"COPY (SELECT * FROM {engine.parquet(files)} ORDER BY {listed}) "
            f"TO {engine.literal(str(target))} "
            f"(FORMAT parquet, COMPRESSION {COMPRESSION}, ROW_GROUP_SIZE {layout.rows_a_group})"
        ).fetchone()
    return int(row[0]) if row else 0


def _commit(lake: Lake, name: str, merged: Sequence[str], target: Path, rows: int) -> bool:
    """Put the new file in the place of the merged ones, if they are all there still."""
    table = lake.table(name)
    if not set(merged) <= set(lake.files_of(table)):
        return False
    address = lake.address(name)
    gone = [actions.removal(address, file, is_change=False) for file in merged]
    added = actions.addition(target, rows, is_change=False)
    # No retries: delta-rs would put the file on top of a commit that may have removed one of these.
    properties = CommitProperties(custom_metadata={TIDYING: "merge"}, max_commit_retries=0)
    table.create_write_transaction(
        [*gone, added], "append", table.schema(), commit_properties=properties
    )
    return True
