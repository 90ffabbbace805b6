"""How rows of a file compare with a dataset, as SQL over files: the rows of a journal."""

from dataclasses import dataclass
from pathlib import Path

from app.lake.engine import identifier as quoted
from app.lake.engine import parquet
from app.lake.journal import AT, BUCKET, FILE, RUN, WAS
from app.lake.staging import LINE, ORDINAL, has_name
from app.lake.write_modes import WriteMode


@dataclass(frozen=True)
class TakenBefore:
    """That rows are of a file which runs took before, the first one first.

    What they wrote of later lines is newer than a staged row, and so is all that other runs wrote
    since. `journals` are of those runs, and of others since, that found rows as they were.
    """

    runs: tuple[int, ...] = ()
    journals: tuple[Path, ...] = ()


NEW_FILE = TakenBefore()


@dataclass(frozen=True)
class Comparison:
    """What there is to compare: `staged` and `current` are relations, as SQL reads them.

    `columns` are the dataset's, of which the file fills those `filled`; in those `partial` some of
    its rows have no value, not even an empty one.
    """

    staged: str
    current: str
    columns: tuple[str, ...]
    filled: frozenset[str]
    partial: frozenset[str]
    key: str | None
    mode: WriteMode
    run: int
    has_repeats: bool
    before: TakenBefore = NEW_FILE

    @property
    def sql(self) -> str:
        """The journal's rows; a column that a part of them has not is null there."""
        parts = [self._judged]
        if self.has_repeats:
            parts.append(self._superseded)
        if self.mode is WriteMode.OVERWRITE:
            parts.append(self._removed)
        return " UNION ALL BY NAME ".join(parts)

    @property
    def _judged(self) -> str:
        """The rows that count, each with what becomes of it.

        A row that stays as it is keeps its origin, and what it was is not written down again.
        """
        if self.key is None:
            return self._added
        key = quoted(self.key)
        after = ", ".join(f"{self._after(name)} AS {quoted(name)}" for name in self.columns)
        before = ", ".join(
            f"CASE WHEN {BUCKET} = 'changed' THEN {quoted(WAS + name)} END AS {quoted(WAS + name)}"
            for name in (*self.columns, RUN, LINE)
        )
        old = ", ".join(
            f"old.{quoted(name)} AS {quoted(WAS + name)}" for name in (*self.columns, RUN, LINE)
        )
        is_kept = f"{BUCKET} IN ('same', 'superseded')"
        return (
            f"SELECT * REPLACE ({before}, "
            f"CASE WHEN {BUCKET} = 'changed' THEN {FILE} END AS {FILE}), "
            f"CASE WHEN {is_kept} THEN {quoted(WAS + RUN)} ELSE {self.run} END AS {RUN}, "
            f"CASE WHEN {is_kept} THEN {quoted(WAS + LINE)} ELSE {AT} END AS {LINE} FROM ("
            f"SELECT {self._bucket} AS {BUCKET}, new.{LINE} AS {AT}, {after}, {old}, old.{FILE} "
            f"FROM ({self._latest}) new LEFT JOIN {self.current} old ON old.{key} = new.{key}"
            f"{self._found_since})"
        )

    @property
    def _added(self) -> str:
        """The rows of a file without a key: each is one more."""
        columns = ", ".join(quoted(name) for name in self.columns if name in self.filled)
        return (
            f"SELECT 'added' AS {BUCKET}, {LINE} AS {AT}, {columns}, "
            f"{self.run} AS {RUN}, {LINE} FROM {self.staged}"
        )

    @property
    def _bucket(self) -> str:
        return (
            f"CASE WHEN old.{quoted(self.key or '')} IS NULL THEN 'added' {self._newer}"
            f"WHEN {self._differs} THEN 'changed' ELSE 'same' END"
        )

    @property
    def _newer(self) -> str:
        """The case of a row of the dataset that is newer than the file's."""
        if not self.before.runs:
            return ""
        found = f"OR found.is_by_others OR found.last > new.{LINE} " if self.before.journals else ""
        return (
            f"WHEN CASE WHEN old.{RUN} IN ({self._runs_before}) THEN old.{LINE} > new.{LINE} "
            f"ELSE old.{RUN} > {min(self.before.runs)} END {found}THEN 'superseded' "
        )

    @property
    def _found_since(self) -> str:
        """Join what runs since have found to be as it was: such a row kept its older origin."""
        if not self.before.journals:
            return ""
        key = quoted(self.key or "")
        read = parquet([str(path) for path in self.before.journals], "filename=true")
        run = "CAST(regexp_extract(filename, 'run-([0-9]+)\\.parquet$', 1) AS BIGINT)"
        is_before = f"{run} IN ({self._runs_before})"
        return (
            f" LEFT JOIN (SELECT {key}, bool_or(NOT {is_before}) AS is_by_others, "
            f"max(CASE WHEN {is_before} THEN {AT} END) AS last FROM {read} "
            f"WHERE {BUCKET} = 'same' AND {key} IN (SELECT {key} FROM {self.staged}) "
            f"GROUP BY {key}) found ON found.{key} = new.{key}"
        )

    @property
    def _runs_before(self) -> str:
        return ", ".join(str(run) for run in self.before.runs)

    @property
    def _differs(self) -> str:
        """Whether writing a row would change any value of the dataset's."""
        looked_at = [
            name for name in self.columns if name in self.filled or self.mode is WriteMode.OVERWRITE
        ]
        return " OR ".join(
            f"old.{quoted(name)} IS DISTINCT FROM {self._after(name)}" for name in looked_at
        )

    def _after(self, name: str) -> str:
        """Return what a row has in a column once it is written."""
        if name not in self.filled:
            return f"old.{quoted(name)}" if self.mode is WriteMode.APPEND else "NULL"
        if name in self.partial and self.mode is WriteMode.APPEND:
            has = f"new.{quoted(has_name(name))}"
            # A custom column of a new row may be made of what the row does have.
            has = f"{has} OR old.{quoted(self.key or '')} IS NULL"
            return f"CASE WHEN {has} THEN new.{quoted(name)} ELSE old.{quoted(name)} END"
        return f"new.{quoted(name)}"

    @property
    def _repeated(self) -> str:
        key = quoted(self.key or "")
        merged = "".join(
            f", arg_max_null({quoted(name)}, {ORDINAL}) FILTER (WHERE {has}) AS {quoted(name)}"
            f", bool_or({has}) AS {has}"
            for name, has in self._partial
        )
        return (
            f"SELECT {key}, max({ORDINAL}) AS last{merged} FROM {self.staged} "
            f"GROUP BY {key} HAVING count(*) > 1"
        )

    @property
    def _partial(self) -> list[tuple[str, str]]:
        """The columns that rows may lack, each with the one that says whether a row has it."""
        names = [name for name in self.columns if name in self.partial and name != self.key]
        return [(name, quoted(has_name(name))) for name in names]

    @property
    def _latest(self) -> str:
        """The rows of the file that count: of several with one key, the last.

        What that one lacks is taken from the last one before that has it, as if each were a file.
        """
        if not self.has_repeats:
            return f"SELECT * FROM {self.staged}"
        replaced = ", ".join(
            f"CASE WHEN repeated.last IS NULL THEN each.{column} ELSE repeated.{column} END "
            f"AS {column}"
            for name, has in self._partial
            for column in (quoted(name), has)
        )
        merged = f" REPLACE ({replaced})" if replaced else ""
        return (
            f"SELECT each.*{merged} FROM {self.staged} each LEFT JOIN ({self._repeated}) repeated "
            f"USING ({quoted(self.key or '')}) WHERE repeated.last IS NULL "
            f"OR repeated.last = each.{ORDINAL}"
        )

    @property
    def _superseded(self) -> str:
        columns = ", ".join(f"each.{quoted(n)}" for n in self.columns if n in self.filled)
        return (
            f"SELECT 'superseded' AS {BUCKET}, each.{LINE} AS {AT}, {columns} "
            f"FROM {self.staged} each JOIN ({self._repeated}) repeated "
            f"USING ({quoted(self.key or '')}) WHERE each.{ORDINAL} < repeated.last"
        )

    @property
    def _removed(self) -> str:
        """The rows of the dataset that go when the file replaces it: without a key, all."""
        before = ", ".join(
            f"old.{quoted(name)} AS {quoted(WAS + name)}" for name in (*self.columns, RUN, LINE)
        )
        gone = f"SELECT 'removed' AS {BUCKET}, {before}, old.{FILE} FROM {self.current} old"
        if self.key is None:
            return gone
        key = quoted(self.key)
        return (
            f"{gone} WHERE NOT EXISTS (SELECT 1 FROM {self.staged} new WHERE new.{key} = old.{key})"
        )
