"""A value as people see it, said three times: in Python, to Ibis and in SQL.

They have to say the same: what a page shows is what is searched for, what is grouped by, and what
a person is erased by. Expressions of Ibis stay free of any one engine; to compile one takes longer
than to answer what a page or an erasure asks in SQL, which knows no types and asks for them.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast

import ibis.expr.types as ir

from app.lake.engine import identifier as quoted

# The zeros at the end of a decimal, with the point if nothing else follows it.
_ZEROS, _WITHOUT_ZEROS = r"\.0+$|(\.[0-9]*[1-9])0+$", r"\1"
# What differs in a moment from ISO 8601; without a fraction of a second neither writes one.
_MOMENT = ((" ", "T"), ("+00", "Z"))


def as_text(value: Any) -> str:
    """Return a value as people and CSV read it: no zeros at the end, moments as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime | time):
        return _without_zeros(value.isoformat().replace("+00:00", "Z"))
    return value.isoformat() if isinstance(value, date) else str(value)


def expression(column: ir.Column) -> ir.StringColumn:
    """Return a column as text, as an expression."""
    text = column.cast("string")
    if column.type().is_decimal():
        text = text.re_replace(_ZEROS, _WITHOUT_ZEROS)
    elif column.type().is_timestamp():
        for sign, instead in _MOMENT:
            text = text.replace(sign, instead)
    return cast("ir.StringColumn", text)


def sql(name: str) -> str:
    """Return the SQL that writes a column as text.

    Its type is known before a file is read: of a text nothing but the column is left, so that the
    statistics of files help.
    """
    text = f"CAST({quoted(name)} AS VARCHAR)"
    moment = text
    for sign, instead in _MOMENT:
        moment = f"replace({moment}, '{sign}', '{instead}')"
    return (
        f"CASE WHEN typeof({quoted(name)}) LIKE 'DECIMAL%' "
        f"THEN regexp_replace({text}, '{_ZEROS}', '{_WITHOUT_ZEROS}') "
        f"WHEN typeof({quoted(name)}) LIKE 'TIMESTAMP%' THEN {moment} ELSE {text} END"
    )


def _without_zeros(moment: str) -> str:
    """Return a moment without zeros at the end of a fraction of a second."""
    return re.sub(r"(\.\d*?)0+(?=\D|$)", r"\1", moment)
