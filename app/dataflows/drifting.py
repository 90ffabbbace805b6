"""Finds how a file differs from a definition, by its columns and some of its first rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from app.dataflows import alike, drift_words
from app.dataflows.definition import Definition, Target
from app.dataflows.drift import Drift, Rename, Retyping, needed_among, sources_of
from app.dataflows.pipeline import needed_columns
from app.tabular import reading, recognising
from app.tabular.batches import TEXT, Batch
from app.tabular.columns import converting, transforming
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.naming import Columns
from app.tabular.options import OptionsImpossible, ParsingOptions
from app.tabular.types import ColumnType

SAMPLE_ROWS = 2_000
# Fewer values than this tell a wrong value from a wrong column in nobody's eyes.
LEAST_VALUES = 10
MOSTLY = 0.5
LIKELY = 0.6
# What a column of text has for itself is its name alone, any value would do.
_NAME_ALONE = 0.9
# Each name of the one is compared with each of the other: bounded, however wide files are.
MOST_COMPARED = 100
EXAMPLES = 3
LONGEST_EXAMPLE = 60


@dataclass(frozen=True)
class Look:
    """The columns of a file, and its first rows as text under them."""

    columns: Columns
    batch: Batch

    @property
    def names(self) -> tuple[str, ...]:
        """The columns by their names in the file."""
        return self.columns.names

    @property
    def frame(self) -> pd.DataFrame:
        """The first rows."""
        return self.batch.frame

    @property
    def is_without_records(self) -> bool:
        """Tell whether nothing is there that could have a column."""
        return not self.names and not len(self.batch.lines) and not self.batch.bad_rows


def look_at(source: Source, options: ParsingOptions) -> Look:
    """Return the columns and the first rows of a file; raise FileUnreadable."""
    columns = reading.columns_of(source, options)
    batches = reading.read(
        source, options, columns=columns.names, rows_per_batch=SAMPLE_ROWS, keep_raws=False
    )
    return Look(columns, next(batches))


def drift_of(source: Source, definition: Definition) -> Drift:
    """Return how a file differs from what a definition reads; raise FileUnreadable.

    A file that lacks columns, or cannot be read, is recognised anew: where its columns show up
    under other parsing options, those are the difference. One without records differs in nothing,
    where each record names its own columns.
    """
    try:
        look = look_at(source, definition.options)
        if look.is_without_records and definition.options.format.has_absent_values:
            return Drift()
        found = compared(look, definition)
    except FileUnreadable:
        other = _read_otherwise(source, definition)
        if other is None or 2 * len(other.missing) > len(definition.columns):
            raise
        return other
    if not found.missing:
        return found
    other = _read_otherwise(source, definition)
    return other if other is not None and len(other.missing) < len(found.missing) else found


def compared(look: Look, definition: Definition) -> Drift:
    """Return how the columns, and the values of the first rows, differ from a definition's.

    A column that goes nowhere is not missed, but may have a new name.
    """
    known, there = [column.source_name for column in definition.columns], set(look.names)
    lost = [name for name in known if name not in there]
    missing = tuple(name for name in needed_columns(definition) if name not in there)
    new = tuple(name for name in look.names if name not in set(known))
    return Drift(
        new=new,
        missing=missing,
        needed=needed_among(definition, set(missing)),
        renamed=tuple(_renames(lost, new, look.frame, definition)),
        retyped=tuple(_retypings(look.frame, set(missing), definition)),
    )


def _read_otherwise(source: Source, definition: Definition) -> Drift | None:
    """Return the drift under the options that the file is recognised by, where those differ."""
    try:
        recognition = recognising.recognise(source)
        look = look_at(source, recognition.options)
    except FileUnreadable:
        return None
    options = _nearest(source, look, recognition.options, definition.options)
    readings = drift_words.other_readings(definition.options, options)
    if not readings or {each.option for each in readings} & set(recognition.questions):
        return None
    return replace(compared(look, definition), readings=readings)


def _nearest(
    source: Source, look: Look, options: ParsingOptions, expected: ParsingOptions
) -> ParsingOptions:
    """Return the options with all those as expected that make no difference to this file."""
    for each in drift_words.other_readings(expected, options):
        try:
            tried = replace(options, **{each.option: getattr(expected, each.option)})
            same = look_at(source, tried)
        except (FileUnreadable, OptionsImpossible):
            continue
        if same.names == look.names and same.frame.equals(look.frame):
            options = tried
    return options


def _renames(
    missing: Iterable[str], new: Iterable[str], frame: pd.DataFrame, definition: Definition
) -> Iterator[Rename]:
    """Yield pairs of the likeliest first, each column at most once; in order where alike."""
    pairs = [
        Rename(lost, found, _confidence(lost, frame[found], definition))
        for lost in list(missing)[:MOST_COMPARED]
        for found in list(new)[:MOST_COMPARED]
        if alike.similarity(lost, found) >= LIKELY
    ]
    taken: set[tuple[str, str]] = set()
    for pair in sorted(pairs, key=lambda each: -each.confidence):
        ends = {("missing", pair.missing), ("new", pair.new)}
        if pair.confidence >= LIKELY and not ends & taken:
            taken |= ends
            yield pair


def _confidence(missing: str, values: pd.Series, definition: Definition) -> float:
    """Return how alike the names are, lessened by the values that cannot be read as before."""
    likeness = alike.similarity(missing, str(values.name))
    target = _filled_by(missing, definition)
    if target is None or target.reads_as is ColumnType.TEXT:
        return round(likeness * _NAME_ALONE, 2)
    filled, failed = _tried(values, target, definition.options)
    fitting = 1 - len(failed) / filled if filled else _NAME_ALONE
    return round(likeness * fitting, 2)


def _filled_by(source_name: str, definition: Definition) -> Target | None:
    names = {c.name for c in definition.columns if c.source_name == source_name}
    return next((target for target in definition.targets if target.column in names), None)


def _retypings(
    frame: pd.DataFrame, missing: set[str], definition: Definition
) -> Iterator[Retyping]:
    """Yield the columns that mostly do not convert; one with a fallback was thought of before."""
    made = transforming.apply(
        _named(frame, definition), definition.transformations, definition.options
    )
    sources = sources_of(definition)
    for target in definition.targets:
        if target.fallback or sources[target.column] & missing:
            continue
        options = made.options_of(target.column, definition.options)
        filled, failed = _tried(made.frame[target.column], target, options)
        if filled >= LEAST_VALUES and len(failed) > filled * MOSTLY:
            share = len(failed) / filled
            yield Retyping(target.column, target.reads_as, share, _examples(failed))


def _named(frame: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    """Return the columns of the definition under their names here; empty where missing."""
    empty = pd.Series([None] * len(frame), dtype=TEXT, index=frame.index)
    return pd.DataFrame(
        {c.name: frame.get(c.source_name, empty) for c in definition.columns}, index=frame.index
    )


def _tried(values: pd.Series, target: Target, options: ParsingOptions) -> tuple[int, list[str]]:
    """Return how many values there are, and those that cannot be read as the target's."""
    texts = converting.filled_texts(converting.arrow_texts(values), options)
    done = converting.convert(
        values, target.reads_as, options=options, pattern=target.pattern or None
    )
    failed = pc.filter(texts, pa.array(done.failed))
    return len(texts) - texts.null_count, failed.to_pylist()


def _examples(failed: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[:LONGEST_EXAMPLE] for text in failed))[:EXAMPLES]
