"""Values that stand in for those that cannot be converted."""

from collections.abc import Sequence

import pandas as pd

from app.dataflows.definition import Conversion
from app.tabular.columns import converting, transforming
from app.tabular.columns.transforming import Transformation
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType


class FallbackInvalid(Exception):
    """The fallback value is not of the column's type."""


def is_fallback_right(conversion: Conversion, options: ParsingOptions) -> bool:
    """Tell whether a fallback value can be read as its column's values are."""
    if not conversion.fallback:
        return True
    done = converting.convert(
        pd.Series([conversion.fallback], dtype="string[pyarrow]"),
        conversion.type,
        options=options,
        pattern=conversion.pattern or None,
    )
    return not bool(done.failed[0])


def refuse_wrong_fallback(
    steps: Sequence[Transformation],
    step: Transformation,
    type_: ColumnType,
    options: ParsingOptions,
) -> None:
    """Raise FallbackInvalid for a custom column, one of the steps, whose fallback is of no use."""
    read = Conversion(type_, step.fallback)
    if not is_fallback_right(read, options_of(steps, step, options)):
        raise FallbackInvalid(step.output)


def options_of(
    steps: Sequence[Transformation], step: Transformation, options: ParsingOptions
) -> ParsingOptions:
    """Return how the values of a custom column are written: as the file's, unless by us."""
    return transforming.PLAIN if step.output in transforming.plain_outputs(steps) else options
