"""The second of two things that go in: another column, or a value that is the same in every row."""

from collections.abc import Callable

import pyarrow as pa

from app.tabular.transformations.kinds import Given, Settings
from app.tabular.transformations.parameters import Parameter, ParameterImpossible

COLUMN_FIRST, VALUE_FIRST = "column", "value"


def order(what: str) -> Parameter:
    """Return the setting that says which comes first, a column or a value called so."""
    return Parameter(
        "order",
        f"With a {what}, which comes first",
        "choice",
        default=COLUMN_FIRST,
        choices=((COLUMN_FIRST, "The column"), (VALUE_FIRST, f"The {what}")),
    )


def in_order(given: Given, first: pa.Array, second: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return the two as the settings order them; two columns stay as they are."""
    is_turned = len(given.columns) == 1 and given.settings["order"] == VALUE_FIRST
    return (second, first) if is_turned else (first, second)


def one_of_two(name: str, label: str) -> Callable[[int, Settings], None]:
    """Return the check that there is a second column or a value in its place, and not both."""

    def refuse(input_count: int, settings: Settings) -> None:
        has_value, has_second = settings[name] not in (None, ""), input_count > 1
        if has_value and has_second:
            raise ParameterImpossible(f"Choose a second column or fill in “{label}”, not both.")
        if not has_value and not has_second:
            raise ParameterImpossible(f"Choose a second column, or fill in “{label}”.")

    return refuse
