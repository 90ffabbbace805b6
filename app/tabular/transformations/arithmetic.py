"""The kind that computes with numbers, exactly: what cannot be kept to the last digit fails."""

from collections.abc import Callable
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.converting import rendered
from app.tabular.columns.numbers import DIGITS_BEFORE_MARK, decimals_of
from app.tabular.options import ParsingOptions
from app.tabular.transformations.kinds import (
    Given,
    Group,
    Kind,
    Made,
    Settings,
    trimmed,
)
from app.tabular.transformations.parameters import Parameter, ParameterImpossible
from app.tabular.transformations.seconds import in_order, one_of_two, order
from app.tabular.types import DECIMAL_PLACES, ColumnType, arrow_type

ADD, SUBTRACT, MULTIPLY, DIVIDE = "add", "subtract", "multiply", "divide"
_KEPT = arrow_type(ColumnType.DECIMAL)
_WIDE = pa.decimal256(40, DECIMAL_PLACES)
# Two factors of these have a product of all digits that Arrow can hold.
_FACTOR, _OTHER_FACTOR = pa.decimal256(38, DECIMAL_PLACES), pa.decimal256(37, DECIMAL_PLACES)
_PRODUCT = pa.decimal256(76, 2 * DECIMAL_PLACES)
_LARGEST_FACTOR = pa.scalar(Decimal(10) ** (DIGITS_BEFORE_MARK - 1), _KEPT)
_LIMIT = 10**DIGITS_BEFORE_MARK


def _computed(given: Given) -> Made:
    texts = [trimmed(column.texts) for column in given.columns]
    read = [decimals_of(each, given.columns[at].options) for at, each in enumerate(texts)]
    first, second = in_order(given, read[0], read[1] if len(read) > 1 else _number_of(given))
    made = rendered(_OPERATIONS[given.settings["operation"]](first, second, given.settings))
    are_there = pc.is_valid(texts[0])
    for each in texts[1:]:
        are_there = pc.and_(are_there, pc.is_valid(each))
    return Made(made, pc.and_(are_there, pc.is_null(made)))


def _number_of(given: Given) -> pa.Array:
    number = decimals_of(pa.array([given.settings["number"]]), ParsingOptions())[0]
    return pa.repeat(number, given.row_count)


def _sum(first: pa.Array, second: pa.Array, _settings: Settings) -> pa.Array:
    return _fitting(pc.add(first.cast(_WIDE), second.cast(_WIDE)))


def _difference(first: pa.Array, second: pa.Array, _settings: Settings) -> pa.Array:
    return _fitting(pc.subtract(first.cast(_WIDE), second.cast(_WIDE)))


def _product(first: pa.Array, second: pa.Array, _settings: Settings) -> pa.Array:
    # One factor may have all digits, if only the other has one less.
    is_long = pc.greater_equal(pc.abs(second), _LARGEST_FACTOR)
    one, other = pc.if_else(is_long, second, first), pc.if_else(is_long, first, second)
    other = pc.if_else(pc.less(pc.abs(other), _LARGEST_FACTOR), other, None)
    exact = pc.multiply(one.cast(_FACTOR), other.cast(_OTHER_FACTOR))
    kept = _fitting(exact.cast(pa.decimal256(76, DECIMAL_PLACES), safe=False))
    is_exact = pc.equal(kept.cast(_PRODUCT), exact)
    return pc.if_else(is_exact, kept, None)


def _quotient(first: pa.Array, second: pa.Array, settings: Settings) -> pa.Array:
    places = settings["places"]
    # Pairs are not encoded by Arrow, their texts are.
    written = pc.binary_join_element_wise(_whole_texts(first), _whole_texts(second), " ")
    encoded = written.dictionary_encode()
    made = [_divided(pair, 10**places) for pair in encoded.dictionary.to_pylist()]
    quotients = pa.array(made, pa.string()).cast(pa.decimal128(38, 0))
    return _with_places(pc.take(quotients, encoded.indices), places).cast(_KEPT)


def _divided(pair: str, unit: int) -> str | None:
    """Return the quotient of two whole numbers in units of so many parts of one, to the nearest."""
    first, second = map(int, pair.split(" "))
    if not second:
        return None
    size = abs(second)
    rounded = (2 * abs(first) * unit + size) // (2 * size)
    if rounded >= _LIMIT * unit:
        return None
    return str(rounded if (first < 0) == (second < 0) else -rounded)


def _whole_texts(numbers: pa.Array) -> pa.Array:
    """Return decimals as the texts of whole numbers, counted in their smallest parts."""
    return _with_places(numbers, 0).cast(pa.string())


def _with_places(numbers: pa.Array, places: int) -> pa.Array:
    """Return decimals with their point moved: the digits are the same."""
    to = pa.decimal128(numbers.type.precision, places)
    return pa.Array.from_buffers(to, len(numbers), numbers.buffers(), offset=numbers.offset)


def _fitting(numbers: pa.Array) -> pa.Array:
    """Return numbers as they are stored, null where one has more digits than that."""
    limit = pa.scalar(Decimal(_LIMIT), pa.decimal256(40, DECIMAL_PLACES)).cast(numbers.type)
    return pc.if_else(pc.less(pc.abs(numbers), limit), numbers, None).cast(_KEPT)


_OPERATIONS: dict[str, Callable[[pa.Array, pa.Array, Settings], pa.Array]] = {
    ADD: _sum,
    SUBTRACT: _difference,
    MULTIPLY: _product,
    DIVIDE: _quotient,
}
_NUMBER = "Number"
_refuse_other_than_two = one_of_two("number", _NUMBER)


def _refuse_impossible(input_count: int, settings: Settings) -> None:
    _refuse_other_than_two(input_count, settings)
    number = settings["number"]
    if number and not decimals_of(pa.array([number]), ParsingOptions())[0].is_valid:
        message = f"“{_NUMBER}” is a number with a point, such as 1.25, and not “{number}”."
        raise ParameterImpossible(message)
    is_divisor = settings["operation"] == DIVIDE and settings["order"] == "column"
    if number and is_divisor and not Decimal(number):
        raise ParameterImpossible("Nothing can be divided by 0: choose another number.")


KINDS = (
    Kind(
        "arithmetic",
        "Compute",
        "Adds, subtracts, multiplies or divides two columns, or a column and a number.",
        _computed,
        group=Group.COMBINE,
        least_inputs=1,
        most_inputs=2,
        parameters=(
            Parameter(
                "operation",
                "What to do",
                "choice",
                default=ADD,
                choices=(
                    (ADD, "Add +"),
                    (SUBTRACT, "Subtract −"),
                    (MULTIPLY, "Multiply ×"),
                    (DIVIDE, "Divide ÷"),
                ),
            ),
            Parameter("number", _NUMBER, longest=40, hint="In the place of a second column"),
            order("number"),
            Parameter(
                "places",
                "Decimal places of a quotient",
                "number",
                default=6,
                least=0,
                most=DECIMAL_PLACES,
                hint="Only a division is rounded, to the nearest",
            ),
        ),
        type=ColumnType.DECIMAL,
        failure="cannot be computed exactly",
        writes_plainly=True,
        column_labels=("First column", "Second column"),
        check=_refuse_impossible,
    ),
)
