"""What differs between two definitions, in sentences."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from app.dataflows.definition import Definition, FileColumn, Target
from app.dataflows.reject_limits import RejectLimit
from app.tabular.columns.transforming import Transformation
from app.tabular.transformations.registry import KINDS

Sentences = Iterator[str]


def between(old: Definition, new: Definition, datasets: Mapping[str, str]) -> list[str]:
    """Return what is different in the new one; none if both are the same.

    `datasets` has the names that people know the tables by.
    """
    parts: Sequence[Callable[[Definition, Definition], Sentences]] = (
        _options,
        _columns,
        _transformations,
        _mapping,
        _readings,
        _write_mode,
        _drift_policy,
        _reject_limit,
    )
    found = [sentence for part in parts for sentence in part(old, new)]
    if old.table_name != new.table_name:
        names = [datasets.get(each.table_name, "one deleted since") for each in (new, old)]
        found.insert(0, f"Rows go to the dataset “{names[0]}”, went to “{names[1]}”.")
    if not found and old != new:
        return ["Columns or custom columns stand in another order."]
    return found


def _options(old: Definition, new: Definition) -> Sentences:
    before, after = old.options.to_dict(), new.options.to_dict()
    for name, value in after.items():
        if value != before[name]:
            words = name.replace("_", " ")
            yield f"Parsing option “{words}” is {_shown(value)}, was {_shown(before[name])}."


def _columns(old: Definition, new: Definition) -> Sentences:
    before = {column.source_name: column for column in old.columns}
    after = {column.source_name: column for column in new.columns}
    for source, column in after.items():
        if source not in before:
            yield f"The column “{source}” of the file is new{_called(column)}."
        else:
            yield from _column(before[source], column)
    for source in _only_in(before, after):
        yield f"The column “{source}” of the file is gone."


def _called(column: FileColumn) -> str:
    named = f", called “{column.name}”" if column.name != column.source_name else ""
    return f"{named}, and mandatory" if column.is_mandatory else named


def _column(old: FileColumn, new: FileColumn) -> Sentences:
    if old.name != new.name:
        yield (
            f"The column “{new.source_name}” of the file is called “{new.name}”, was “{old.name}”."
        )
    if old.is_mandatory != new.is_mandatory:
        yield f"“{new.name}” is {'mandatory now' if new.is_mandatory else 'no longer mandatory'}."


def _transformations(old: Definition, new: Definition) -> Sentences:
    before = {step.output: step for step in old.transformations}
    after = {step.output: step for step in new.transformations}
    for output, step in after.items():
        if output not in before:
            yield f"The custom column “{output}” is new: {_made(step)}."
        elif step != before[output]:
            yield f"The custom column “{output}” is {_made(step)}, was {_made(before[output])}."
    for output in _only_in(before, after):
        yield f"The custom column “{output}” is gone."


def _made(step: Transformation) -> str:
    label = KINDS[step.kind].label if step.kind in KINDS else step.kind
    inputs = ", ".join(f"“{name}”" for name in step.inputs)
    settings = ", ".join(f"{name} {_shown(value)}" for name, value in step.params.items())
    made = f"{label} of {inputs}" if inputs else label
    return f"{made} ({settings})" if settings else made


def _mapping(old: Definition, new: Definition) -> Sentences:
    before = {target.name: target.column for target in old.targets}
    after = {target.name: target.column for target in new.targets}
    for name, column in after.items():
        if name not in before:
            yield f"“{name}” of the dataset is filled from “{column}”; nothing filled it."
        elif before[name] != column:
            yield f"“{name}” of the dataset is filled from “{column}”, was from “{before[name]}”."
    for name in _only_in(before, after):
        yield f"Nothing fills “{name}” of the dataset any more; “{before[name]}” did."


def _readings(old: Definition, new: Definition) -> Sentences:
    before = {target.column: target for target in old.targets}
    after = {target.column: target for target in new.targets}
    for column, target in after.items():
        if column in before:
            yield from _reading(column, before[column], target)
        else:
            yield f"“{column}” is read as {target.reads_as.label}."


def _reading(column: str, old: Target, new: Target) -> Sentences:
    if old.reads_as is not new.reads_as:
        yield f"“{column}” is read as {new.reads_as.label}, was {old.reads_as.label}."
    if old.pattern != new.pattern:
        yield f"“{column}” is read by the pattern {_shown(new.pattern)}, was {_shown(old.pattern)}."
    if old.fallback != new.fallback:
        yield f"The fallback of “{column}” is {_shown(new.fallback)}, was {_shown(old.fallback)}."


def _write_mode(old: Definition, new: Definition) -> Sentences:
    if old.write_mode is not new.write_mode:
        yield (
            f"The write mode is {new.write_mode.value.capitalize()}, "
            f"was {old.write_mode.value.capitalize()}."
        )


def _drift_policy(old: Definition, new: Definition) -> Sentences:
    if old.drift_policy is not new.drift_policy:
        yield (
            f"When a file's columns differ, the policy is {new.drift_policy.value.capitalize()}, "
            f"was {old.drift_policy.value.capitalize()}."
        )


def _reject_limit(old: Definition, new: Definition) -> Sentences:
    if old.reject_limit != new.reject_limit:
        now, before = _limit(new.reject_limit), _limit(old.reject_limit)
        yield f"The most rows that may be rejected: {now}, was {before}."


def _limit(limit: RejectLimit) -> str:
    said = [] if limit.count is None else [str(limit.count)]
    if limit.percent is not None:
        said.append(f"{limit.percent} %")
    return " and ".join(said) or "no limit"


def _only_in(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in before if name not in after]


def _shown(value: Any) -> str:
    """Return a setting as a person reads it."""
    if value is None or value in ("", [], {}):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"“{old}” to “{new}”" for old, new in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(f"“{each}”" for each in value)
    return f"“{value}”" if isinstance(value, str) else str(value)
