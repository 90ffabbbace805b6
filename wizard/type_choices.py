"""The types a column's text can be read as, each with the ways in which it may be written."""

from wtforms.fields import SelectChoice

from app.dataflows.models import DataflowColumn
from app.tabular.columns.date_patterns import (
    COMPACT_PATTERN,
    DATE_PATTERNS,
    DATETIME_PATTERNS,
    EPOCH_PATTERNS,
    SHORT_YEAR_PATTERNS,
    DatePattern,
)
from app.tabular.columns.number_styles import WITH_EXPONENT
from app.tabular.types import ColumnType

_STYLES = ("1,234.5", "1.234,5", "1 234,5", "€ 1.234,5", "1.234,5 €", "$ 1,234.5", "1234.5 %")


def _written(pattern: DatePattern, group: str) -> SelectChoice:
    return SelectChoice(f"{pattern.type.value} {pattern.pattern}", pattern.label, optgroup=group)


def _number(pattern: str) -> SelectChoice:
    return SelectChoice(f"{ColumnType.DECIMAL.value} {pattern}", pattern, optgroup="Decimals as")


# A type by a pattern is one choice, so that the two cannot contradict each other.
TYPES_AS_WRITTEN = [
    *(SelectChoice(kind.value, kind.label, optgroup="Types") for kind in ColumnType),
    *(_written(each, "Dates as") for each in (*DATE_PATTERNS, COMPACT_PATTERN)),
    *(_written(each, "Dates as") for each in SHORT_YEAR_PATTERNS),
    *(_written(each, "Dates and times as") for each in (*DATETIME_PATTERNS, *EPOCH_PATTERNS)),
    *(_number(pattern) for pattern in (*_STYLES, WITH_EXPONENT)),
]
_KNOWN = frozenset(choice.value for choice in TYPES_AS_WRITTEN)


def chosen(column: DataflowColumn) -> str:
    """Return the choice that stands for how a column is read now."""
    return f"{column.type.value} {column.pattern}".strip()


def types_for(column: DataflowColumn) -> list[SelectChoice]:
    """Return the choices for a column: all that there are, and what its own values are like."""
    profile = column.profile
    kind = profile.get("nearly") or profile["type"]
    inferred = [f"{kind} {profile.get(name)}" for name in ("pattern", "other_pattern")]
    own = [
        SelectChoice(value, value.partition(" ")[2], optgroup="As in this column")
        for value in dict.fromkeys((chosen(column), *inferred))
        if value not in _KNOWN and not value.endswith(" None")
    ]
    return [*TYPES_AS_WRITTEN, *own]
