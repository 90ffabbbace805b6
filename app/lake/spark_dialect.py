"""What Apache Spark says in its own words, so that it gives what DuckDB gives; see decision 30.

Nothing here needs Spark: expressions are compiled to text.
"""

from typing import Any, cast

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

from app.lake.dialects import Dialect

_TEXTS = "map<string, string>"
_LIST = "array<string>"
_EXPONENT = r"[eE][+]?(1[6-9]|20)\z"
_SMALL_EXPONENT = r"[eE]-0*6\z"
# What was re-written on the way out of JSON, if at all: Spark writes 12345678.5 as 1.23456785E7.
_MAY_BE_REWRITTEN = r"[0-9][.E]|Infinity|\\uD[89AB]"
# Of what is in a list or object, Spark writes signs beyond the first 65,536 as two escapes.
_ESCAPED_PAIR = r"\\uD[89AB][0-9A-F]{2}\\uD[C-F][0-9A-F]{2}"
# The same within JSON text that was made a text of JSON again: all backslashes are doubled.
_ESCAPED_TWICE = r"(?<!\\)((?:\\{4})*)\\\\(uD[89AB][0-9A-F]{2})\\\\(uD[C-F][0-9A-F]{2})"
# All of a document that is no number, text as a whole; then the number. Nothing is read twice.
_OTHER = r'(?:[^"0-9-]|"(?:[^"\\]|\\.)*+")*+'
_NUMBER = r"-?[0-9][0-9.eE+-]*+"
# A document whose text is marked by an s and whose numbers are text, marked by an n.
_TEXT_IN_JSON = r'"((?:[^"\\]|\\.)*+)"'
_MARKED_TEXT = r'"s((?:[^"\\]|\\.)*+)"'
_MARKED_NUMBERS = r'\G((?:[^"]|"s(?:[^"\\]|\\.)*+")*+)"n([^"]*+)"'


# Decimals of so many places are written without an exponent, as all are elsewhere.
_PLAIN_PLACES = 6


class _Compiler(PySparkCompiler):  # type: ignore[misc]
    """Ibis's own, but for what reads otherwise than it does for DuckDB."""

    __slots__ = ()

    def visit_Cast(self, op: Any, *, arg: Any, to: Any) -> Any:  # noqa: N802 - named by Ibis
        said = super().visit_Cast(op, arg=arg, to=to)
        if not to.is_string():
            return said
        if op.arg.dtype.is_timestamp() and op.arg.dtype.timezone:
            return self.f.concat(said, "+00")
        is_fine = op.arg.dtype.is_decimal() and (op.arg.dtype.scale or 0) > _PLAIN_PLACES
        return self._plain(arg, op.arg.dtype, said) if is_fine else said

    def _plain(self, number: Any, kind: Any, said: Any) -> Any:
        """Return a decimal as text without an exponent, as which a cast writes the least ones."""
        above = self.f.substr(self.cast(self.cast(self.f.abs(number) + 1, kind), dt.string), 2)
        sign = self.if_(number < 0, "-", "")
        is_least = self.f.abs(number) < self.cast("0.000001", dt.Decimal(38, 9))
        return self.if_(is_least, self.f.concat(sign, "0", above), said)

    def visit_RegexReplace(self, op: Any, *, arg: Any, pattern: Any, replacement: Any) -> Any:  # noqa: N802
        if isinstance(replacement, sge.Literal):
            replacement = sge.convert(replacement.this.replace("$", r"\$").replace("\\1", "$1"))
        return self.f.regexp_replace(arg, pattern, replacement)


def sql(expression: ir.Table) -> str:
    """Return an expression as Spark reads it."""
    compiled = _Compiler().to_sqlglot(expression)
    return str(compiled.sql(dialect=_Compiler.dialect))


@ibis.udf.scalar.builtin(name="from_json")  # type: ignore[untyped-decorator]
def _texts(document: str, shape: str) -> dict[str, str]:  # type: ignore[empty-body]
    """Spark's own function: JSON in a shape, nothing where it has another."""


@ibis.udf.scalar.builtin(name="from_json")  # type: ignore[untyped-decorator]
def _items(document: str, shape: str) -> list[str]:  # type: ignore[empty-body]
    """Spark's own function: JSON in a shape, nothing where it has another."""


@ibis.udf.scalar.builtin(name="element_at", signature=(("map<string, string>", "string"), "string"))
def _under(texts, key):  # type: ignore[no-untyped-def]
    """Spark's own function: what a map has under a name, nothing where it has none."""


@ibis.udf.scalar.builtin(name="substring")  # type: ignore[untyped-decorator]
def _from(text: str, place: int) -> str:  # type: ignore[empty-body]
    """Spark's own function: the text from a place on, of which the first is 1."""


@ibis.udf.scalar.builtin(name="regexp_replace")  # type: ignore[untyped-decorator]
def _replaced(text: str, pattern: str, instead: str) -> str:  # type: ignore[empty-body]
    """Spark's own function; what matched within is called $1."""


@ibis.udf.scalar.builtin(name="md5")  # type: ignore[untyped-decorator]
def _md5(text: str) -> str:  # type: ignore[empty-body]
    """Spark's own function: the digest of a text."""


@ibis.udf.scalar.builtin(name="unix_micros")  # type: ignore[untyped-decorator]
def _unix_micros(moment) -> int:  # type: ignore[no-untyped-def,empty-body]
    """Spark's own function: microseconds since 1970."""


@ibis.udf.scalar.builtin(name="to_json")  # type: ignore[untyped-decorator]
def _to_json(value) -> str:  # type: ignore[no-untyped-def,empty-body]
    """Spark's own function: a struct as JSON."""


@ibis.udf.scalar.builtin(
    name="from_utc_timestamp", signature=(("timestamp('UTC', 6)", "string"), "timestamp('UTC', 6)")
)
def _from_utc_timestamp(moment, zone):  # type: ignore[no-untyped-def]
    """Spark's own function: what clocks in a time zone show at a moment."""


def _marked(document: ir.Value, name: str) -> Any:
    """Return a value with text marked by an s and numbers, as they are written, by an n."""
    texts = _replaced(document, _TEXT_IN_JSON, '"s$1"')
    numbers = _replaced(texts, rf"\G({_OTHER})({_NUMBER})", '$1"n$2"')
    return _under(_texts(numbers, _TEXTS), f"s{name}")


def _as_duckdb_writes(number: Any) -> Any:
    """Return a number as it is written in JSON in DuckDB's way: fewer have an exponent."""
    whole = number.cast("decimal(38, 0)").cast("string") + ".0"
    digits = number.re_replace(r"^-|[.]|[eE].*\z", "")
    sign = ibis.ifelse(number.startswith("-"), "-", "")
    return ibis.cases(
        (number.re_search(_EXPONENT), whole),
        (number.re_search(_SMALL_EXPONENT), sign + "0.00000" + digits),
        (number == "-0", "0"),
        else_=number,
    )


def _with_pairs(json: Any) -> Any:
    """Return JSON with each escaped pair as the sign that it is, and all else as it was."""
    quoted = _replaced(json, r'["\\]', r"\\$0")
    single = _replaced(quoted, _ESCAPED_TWICE, r"$1\\$2\\$3")
    return _items(ibis.literal('["') + single + '"]', _LIST)[0]


def _unmarked(value: Any) -> Any:
    """Return a value of `_marked` as text."""
    inner = _replaced(_replaced(value, _MARKED_NUMBERS, "$1$2"), _MARKED_TEXT, '"$1"')
    inner = ibis.ifelse(value.re_search(_ESCAPED_PAIR), _with_pairs(inner), inner)
    return ibis.cases(
        (value.startswith("s"), _from(value, 2)),
        # What else begins so is null.
        (value.re_search("^n[-0-9]"), _as_duckdb_writes(_from(value, 2))),
        else_=inner,
    )


def _text_at(document: ir.Value, name: str) -> ir.StringValue:
    plain: Any = _under(_texts(document, _TEXTS), name)
    # As the only item of a list it is made once, however often it is named.
    exact = ibis.array([_marked(document, name)]).map(_unmarked)[0]
    found = ibis.ifelse(plain.re_search(_MAY_BE_REWRITTEN), exact, plain)
    return cast("ir.StringValue", found)


def _has_item(document: ir.Value, name: str, item: str) -> ir.BooleanValue:
    plain: Any = _under(_texts(document, _TEXTS), name)
    # A text that looks like a list is marked, so that it does not begin like one.
    lists = ibis.array([_marked(document, name)]).filter(lambda value: value.startswith("["))
    items: Any = _items(lists[0], _LIST)
    has = ibis.ifelse(plain.startswith("["), items.map(_unmarked).contains(item), False)
    return cast("ir.BooleanValue", has.fill_null(False))


SPARK = Dialect(
    name="spark",
    text_at=_text_at,
    has_item=_has_item,
    digest=lambda text: cast("ir.StringValue", _md5(text)),
    micros=lambda moment: cast("ir.IntegerValue", _unix_micros(moment)),
    day=lambda moment, zone: cast("ir.DateValue", _from_utc_timestamp(moment, zone).date()),
    as_json=lambda values: cast("ir.StringValue", _to_json(ibis.struct(dict(values)))),
)
