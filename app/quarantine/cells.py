"""The cells of one rejected row, read anew, and whether they would pass now."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.dataflows import pipeline
from app.dataflows.definition import Definition
from app.dataflows.picking import Cells, Picks
from app.tabular import reading
from app.tabular.batches import BadRow, Batch
from app.tabular.delimited import one_record
from app.tabular.files.source import Source
from app.tabular.options import FileFormat, ParsingOptions


@dataclass(frozen=True)
class Record:
    """A record of a file: where it stands and its text."""

    line: int
    raw: str


def read(
    source: Source | None, options: ParsingOptions, columns: Sequence[str], record: Record
) -> dict[str, str | None]:
    """Return the cells of a record by column; those it does not have at all are left out.

    Of a record that is no row, or whose file is gone, what can be told from its text.
    """
    found = _in_file(source, options, columns, record.line) if source is not None else None
    if found is not None:
        return found
    cells = in_text(options, _in_order(source, options, columns), record.raw)
    return {name: cells[name] for name in columns if name in cells}


def fault(cells: Cells, definition: Definition, line: int) -> BadRow | None:
    """Return the first rule that a row of these cells fails, if it does."""
    outcome = pipeline.outcome_of_given(Picks.of({line: cells}), definition)
    return next(iter(outcome.rejects), None)


def value_fault(value: str, column: str, definition: Definition) -> str | None:
    """Say why a value cannot stand in a column of the file, whatever else is in the row."""
    alone = replace(
        definition,
        columns=tuple(each for each in definition.columns if each.name == column),
        transformations=(),
        targets=tuple(target for target in definition.targets if target.column == column),
    )
    cells = {each.source_name: value for each in alone.columns}
    found = fault(cells, alone, 1)
    return found.message if found is not None else None


def made_of(definition: Definition, column: str | None) -> set[str]:
    """Return the columns of the file, by their names there, that a column is or is made of."""
    if column is None:
        return set()
    wanted = {column}
    for step in reversed(definition.transformations):
        if step.output in wanted:
            wanted.update(step.inputs)
    return {each.source_name for each in definition.columns if each.name in wanted}


def given(entered: Mapping[str, str], own: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return what was entered as it is kept: what a person left alone stays null, or absent."""
    kept: dict[str, str | None] = {}
    for name, text in entered.items():
        before = own.get(name)
        if text or before or name in own:
            kept[name] = before if text == _one_kind_of_line_end(before or "") else text
    return kept


def entered(text: str | None) -> str:
    """Return the text of a field as it was typed: a browser sends other line ends."""
    return _one_kind_of_line_end(text or "")


def _one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _in_file(
    source: Source, options: ParsingOptions, columns: Sequence[str], line: int
) -> dict[str, str | None] | None:
    for batch in reading.read(source, options, columns=columns):
        places = np.flatnonzero(batch.lines == line)
        if places.size:
            return _cells_at(batch, int(places[0]))
        if any(bad.line == line for bad in batch.bad_rows):
            return None
    return None


def _cells_at(batch: Batch, place: int) -> dict[str, str | None]:
    (row,) = batch.cells.slice(place, 1).to_pylist()
    absent = {name for name, mask in batch.absent.items() if mask[place]}
    return {name: cell for name, cell in row.items() if name not in absent}


def _in_order(
    source: Source | None, options: ParsingOptions, columns: Sequence[str]
) -> Sequence[str]:
    """Return the columns in the order of the file, as far as that can be known."""
    if source is None or options.format is not FileFormat.DELIMITED:
        return columns
    return reading.columns_of(source, options).names


def in_text(options: ParsingOptions, names: Sequence[str], raw: str) -> dict[str, str | None]:
    """Return what can be told of a record from its text; `names` are its columns in their order."""
    if options.format is FileFormat.DELIMITED and len(options.delimiter) == 1:
        return dict(
            zip(names, one_record.cells(raw, options)[options.first_column :], strict=False)
        )
    if options.format in {FileFormat.JSON, FileFormat.NDJSON}:
        return dict(_fields(raw))
    return {}


def _fields(raw: str) -> Iterable[tuple[str, str | None]]:
    """Yield the plain values of a JSON object, as they are written."""
    try:
        pairs = json.loads(raw, object_pairs_hook=list, parse_int=str, parse_float=str)
    except (json.JSONDecodeError, RecursionError):
        return
    for pair in pairs if isinstance(pairs, list) else []:
        if isinstance(pair, tuple) and not isinstance(pair[1], list | bool):
            yield pair
