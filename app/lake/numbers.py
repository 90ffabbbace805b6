"""Text as an exact number, by one expression that every engine reads alike."""

from decimal import Decimal
from typing import cast

import ibis
import ibis.expr.types as ir

AMOUNT = "decimal(38, 9)"
# What is as large as this, or larger, is no number: a sum of it might have more digits than fit.
TOO_LARGE = Decimal(10) ** 20
# Engines differ in what else they take: underscores, infinity, digits of other scripts. An
# exponent of three digits is of nothing that fits, or of zero.
_WRITTEN = r"^[+-]?[0-9]{1,29}([.][0-9]+)?([eE][+-]?[0-9]{1,2})?\z"


def as_number(text: ir.Value) -> ir.DecimalValue:
    """Return text as a number, rounded half up to nine places, and nothing where it is none.

    One that is `TOO_LARGE`, whatever its sign, is none.
    """
    written = cast("ir.StringValue", text)
    number = ibis.ifelse(written.re_search(_WRITTEN), written, ibis.null("string")).try_cast(AMOUNT)
    fits = number.abs() < ibis.literal(TOO_LARGE, AMOUNT)
    return cast("ir.DecimalValue", ibis.ifelse(fits, number, ibis.null(AMOUNT)))
