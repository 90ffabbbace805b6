"""Values that stand in for those that cannot be converted."""

import pandas as pd

from app.dataflows.definition import Conversion
from app.tabular.columns import converting
from app.tabular.options import ParsingOptions


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
