"""From a batch of text rows to typed rows and rejects, by a definition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from app.dataflows import identifying
from app.dataflows.ahead import in_order
from app.dataflows.definition import Definition, Target
from app.dataflows.identifying import Erased
from app.dataflows.picking import Picks, given_alone, picked
from app.lake.readable import as_text
from app.tabular import reading
from app.tabular.batches import BadRow, Batch
from app.tabular.columns import converting, transforming
from app.tabular.columns.transforming import Applied
from app.tabular.files.source import Source
from app.tabular.options import ParsingOptions
from app.tabular.transformations.registry import KINDS
from app.tabular.types import ColumnType, arrow_type

LONGEST_SHOWN = 200
# Arrow works without the interpreter's lock: some batches are converted while others are read.
MOST_AHEAD = 2
MANDATORY, IDENTIFIER_MISSING = "mandatory", "identifier_missing"
NOT, FAILED = "not_", "failed_"
VALUE_RULES = frozenset({MANDATORY, IDENTIFIER_MISSING, identifying.ERASED})
_PHRASES = {
    ColumnType.TEXT: "text",
    ColumnType.EMAIL: "an e-mail address",
    ColumnType.INTEGER: "a whole number, or too long to be kept exactly",
    ColumnType.DECIMAL: "a number, or too long to be kept exactly",
    ColumnType.BOOLEAN: "yes or no",
    ColumnType.DATE: "a date",
    ColumnType.DATETIME: "a date and time",
    ColumnType.TIME: "a time of day",
    ColumnType.URL: "a web address",
    ColumnType.PHONE: "a phone number",
    ColumnType.JSON: "a JSON object or list",
}


@dataclass(frozen=True)
class Outcome:
    """What became of one batch: rows to write with their line numbers, and rejects.

    `absent` marks the rows to write whose record has nothing for a column, if only an empty value.
    Of the rejects, `erased_count` are of people who were erased.
    """

    rows: pa.Table
    lines: np.ndarray
    rejects: list[BadRow]
    received_count: int
    missing_columns: tuple[str, ...]
    absent: dict[str, np.ndarray]
    erased_count: int = 0


def arrow_schema(definition: Definition) -> pa.Schema:
    """Return the columns of the dataset, under their names in the lake."""
    return pa.schema(
        [pa.field(target.field_name, arrow_type(target.type)) for target in definition.targets]
    )


def is_of_values(rule: str) -> bool:
    """Tell whether a rule rejects a row for its values; others reject what is no row at all."""
    return rule in VALUE_RULES or rule.startswith((NOT, FAILED))


def needed_columns(definition: Definition) -> list[str]:
    """Return the columns of the file, by their names there, that the definition uses."""
    used = {target.column for target in definition.targets}
    for step in reversed(definition.transformations):
        if step.output in used:
            used.update(step.inputs)
    return [c.source_name for c in definition.columns if c.is_mandatory or c.name in used]


def outcomes(
    source: Source,
    definition: Definition,
    *,
    picks: Picks | None = None,
    erased: Erased | None = None,
) -> Iterator[Outcome]:
    """Yield the outcome of each batch of the source, in order; memory is that of a few.

    With `picks`, only the rows of these lines are taken, with the cells given for them. Rows of
    people who were `erased` are rejected, and nothing is kept of them but where they stood.
    """
    names = [column.source_name for column in definition.columns]
    batches = reading.read(source, definition.options, columns=names, keep_raws=True)
    taken = batches if picks is None else (picked(batch, picks) for batch in batches)
    make = partial(outcome, definition=definition, erased=erased)
    yield from in_order(make, taken, ahead=MOST_AHEAD)


def outcome_of_given(picks: Picks, definition: Definition, erased: Erased | None = None) -> Outcome:
    """Return the outcome of rows that a person gave whole; what they leave out is absent."""
    names = [column.source_name for column in definition.columns]
    return outcome(given_alone(picks.everything(), names), definition, erased)


def outcome(batch: Batch, definition: Definition, erased: Erased | None = None) -> Outcome:
    """Return the rows that pass every rule, typed, and the rest with the first rule they fail."""
    applied = _applied(batch, definition)
    faults = _Faults(applied, batch.lines, definition.options)
    if erased is not None:
        faults.mask |= _is_erased(applied, batch, definition, erased)
    gone = [identifying.emptied(int(line)) for line in batch.lines[faults.mask]]
    for column in definition.columns:
        if column.is_mandatory:
            faults.add(faults.empty(column.name), column.name, MANDATORY, "is empty, but mandatory")
    typed = {
        target.field_name: _typed(applied, target, definition, faults)
        for target in definition.targets
    }
    table = pa.table(typed, schema=arrow_schema(definition))
    kept = ~faults.mask
    bad = [_unless_erased(each, definition, erased) for each in batch.bad_rows]
    return Outcome(
        rows=table.filter(pa.array(kept)),
        lines=batch.lines[kept],
        rejects=[*bad, *gone, *faults.rows(batch.raws or ())],
        received_count=len(batch.lines) + len(bad),
        missing_columns=batch.missing_columns,
        absent={name: mask[kept] for name, mask in _absent(batch, definition).items()},
        erased_count=len(gone) + sum(each.rule == identifying.ERASED for each in bad),
    )


def persons(batch: Batch, definition: Definition, target: Target) -> list[str | None]:
    """Return whose each row is, as people read it, by what fills a target; none where unknown."""
    return _persons(_applied(batch, definition), batch, definition, target)


def _applied(batch: Batch, definition: Definition) -> Applied:
    frame = batch.frame.rename(columns={c.source_name: c.name for c in definition.columns})
    return transforming.apply(frame, definition.transformations, definition.options)


def _persons(
    applied: Applied, batch: Batch, definition: Definition, target: Target
) -> list[str | None]:
    # What is wrong with a row is not asked here.
    unheard = _Faults(applied, batch.lines, definition.options)
    values = _typed(applied, target, definition, unheard).to_pylist()
    return [as_text(value) or None for value in values]


def _is_erased(
    applied: Applied, batch: Batch, definition: Definition, erased: Erased
) -> np.ndarray:
    found = _persons(applied, batch, definition, erased.target)
    return np.array([who is not None and erased.has(who) for who in found], dtype=bool)


def _unless_erased(bad: BadRow, definition: Definition, erased: Erased | None) -> BadRow:
    if erased is None or not identifying.bad_row_is_of(bad, definition, erased):
        return bad
    return identifying.emptied(bad.line)


def _absent(batch: Batch, definition: Definition) -> dict[str, np.ndarray]:
    """Return, by target, the rows with nothing to fill it.

    A custom column is left as it is where one of its inputs is lacking: half a value written over a
    whole one would be a change nobody sees.
    """
    lacking = {
        column.name: batch.absent[column.source_name]
        for column in definition.columns
        if column.source_name in batch.absent
    }
    for step in definition.transformations:
        masks = [lacking[name] for name in step.inputs if name in lacking]
        if KINDS[step.kind].makes_do and len(masks) == len(step.inputs):
            lacking[step.output] = np.logical_and.reduce(masks)
        elif masks and not KINDS[step.kind].makes_do:
            lacking[step.output] = np.logical_or.reduce(masks)
    return {t.field_name: lacking[t.column] for t in definition.targets if t.column in lacking}


def _typed(applied: Applied, target: Target, definition: Definition, faults: "_Faults") -> pa.Array:
    """Return one column in the schema's type, noting the rows that cannot be converted."""
    values = applied.frame[target.column]
    options = applied.options_of(target.column, definition.options)
    faults.add_failures(target.column)
    if target.is_identifier:
        faults.add(
            faults.empty(target.column),
            target.column,
            IDENTIFIER_MISSING,
            f"is empty, but identifies the row as {target.name}",
        )
    done = _converted(values, target, options)
    if not target.fallback:
        faults.add(
            done.failed,
            target.column,
            f"{NOT}{target.reads_as.value}",
            f"is not {_PHRASES[target.reads_as]}",
        )
        return _stored(values, done, target, options)
    spare = pd.Series([target.fallback], dtype="string[pyarrow]")
    fallback = _stored(spare, _converted(spare, target, options), target, options)[0]
    stored = _stored(values, done, target, options)
    return pc.if_else(pa.array(done.failed), fallback, stored)


def _converted(values: pd.Series, target: Target, options: ParsingOptions) -> converting.Conversion:
    return converting.convert(
        values, target.reads_as, options=options, pattern=target.pattern or None
    )


def _stored(
    values: pd.Series, done: converting.Conversion, target: Target, options: ParsingOptions
) -> pa.Array:
    """Return converted values as the schema's column holds them; in a text, as they are written."""
    if target.type is ColumnType.TEXT:
        done = converting.convert(values, ColumnType.TEXT, options=options)
    return pa.array(done.values, from_pandas=True).cast(arrow_type(target.type))


class _Faults:
    """The first fault of each row."""

    def __init__(self, applied: Applied, lines: np.ndarray, options: ParsingOptions) -> None:
        self.mask = np.zeros(len(lines), dtype=bool)
        self._applied = applied
        self._frame = applied.frame
        self._lines = lines
        self._options = options
        self._found: list[tuple[int, str, Any, str, str]] = []

    def empty(self, column: str) -> np.ndarray:
        """Return where a column has no value."""
        null_words = self._applied.options_of(column, self._options).null_words
        values = self._frame[column]
        return np.asarray(values.isna() | values.isin({"", *null_words}), dtype=bool)

    def add(
        self,
        failed: np.ndarray,
        column: str,
        rule: str,
        phrase: str,
        given: pd.Series | None = None,
    ) -> None:
        """Note the rows that fail here and have not failed before; `given` is what they had."""
        fresh = np.asarray(failed, dtype=bool) & ~self.mask
        values = self._frame[column] if given is None else given
        rows = np.flatnonzero(fresh)
        self._found.extend(
            (row, column, value, rule, phrase)
            for row, value in zip(rows.tolist(), values.take(rows).tolist(), strict=True)
        )
        self.mask |= fresh

    def add_failures(self, column: str) -> None:
        """Note the rows for which no value could be made on the way to a custom column."""
        for each in self._applied.failures.get(column, ()):
            rule, phrase = f"failed_{each.kind.name}", each.kind.failure
            self.add(each.rows, each.output, rule, phrase, each.given)

    def rows(self, raws: Sequence[str]) -> list[BadRow]:
        """Return the faults as rejects, by line, with the row as it stands in the file."""
        faults = sorted(self._found, key=lambda fault: fault[0])
        return [self._reject(fault, raws[fault[0]]) for fault in faults]

    def _reject(self, fault: tuple[int, str, Any, str, str], raw: str) -> BadRow:
        row, column, given, rule, phrase = fault
        value = None if pd.isna(given) else str(given)
        shown = "" if not value else f" {value[:LONGEST_SHOWN]!r}"
        return BadRow(
            line=int(self._lines[row]),
            raw=raw,
            rule=rule,
            message=f"{column}{shown} {phrase}.",
            column=column,
            value=value,
        )
