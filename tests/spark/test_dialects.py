"""One expression gives the same on DuckDB and on Spark, whatever is in the rows."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

import ibis
import msgspec
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.lake import engine, logs, readable
from app.lake.numbers import as_number

few = settings(
    max_examples=8,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# As an inbox takes them: nothing that is half of a pair.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["", "n5", "s", "[1]", '["a"]', '{"a":1}', "1.5E7", "null", "true", '"', "\\", "\\u0001", "'"]
)
numbers = (
    st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(-(10**9), 10**9, places=4).map(float)
    | st.integers(-9, 22).map(lambda exponent: float(f"-1.25e{exponent}"))
)
scalars = st.none() | st.booleans() | numbers | texts
# Within lists and objects the engines write some numbers otherwise: see decision 30.
inner = st.none() | st.booleans() | texts | st.integers(-(2**63), 2**64 - 1)
inner |= st.decimals(-(10**9), 10**9, places=4).map(float)
values = scalars | st.recursive(
    st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=3),
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(texts, deeper, max_size=2),
    max_leaves=6,
)


def both(spark, table, make):
    """Return what an expression over the rows gives on each engine."""
    with engine.connection() as session:
        ours = logs.frame(session, make(logs.given(session, "rows", table), logs.dialect(session)))
    theirs = logs.frame(spark, make(logs.given(spark, "rows", table), logs.dialect(spark)))
    return ours.to_pylist(), theirs.to_pylist()


def column(spark, rows, kind, make):
    """Return what an expression over a column of such values gives on each engine, in order."""
    table = pa.table({"place": range(len(rows)), "value": pa.array(rows, kind)})
    found = both(
        spark,
        table,
        lambda t, dialect: t.select("place", said=make(t["value"], dialect)).order_by("place"),
    )
    return [[row["said"] for row in each] for each in found]


@few
@given(
    names=st.lists(texts, min_size=1, max_size=3, unique=True),
    rows=st.lists(st.lists(st.none() | values, min_size=3, max_size=3), min_size=5, max_size=40),
)
def test_a_value_within_json_reads_the_same_under_any_name(spark, names, rows):
    documents = [
        msgspec.json.encode(
            {"other": row, **dict(zip(names, row, strict=False)), "last": {names[0]: 1.5}}
        ).decode()
        for row in rows
    ]
    asked = {f"value_{place}": name for place, name in enumerate(names)}

    ours, theirs = both(
        spark,
        pa.table({"place": range(len(rows)), "document": documents}),
        lambda t, dialect: t.select(
            "place", **{key: dialect.text_at(t.document, name) for key, name in asked.items()}
        ).order_by("place"),
    )

    assert theirs == ours
    for row, found in zip(rows, ours, strict=True):
        for key, value in zip(asked, row, strict=False):
            if isinstance(value, str) or value is None:
                assert found[key] == value


@few
@given(
    item=texts | st.sampled_from(["1", "1.5", "true", "12345678.5"]),
    rows=st.lists(st.lists(scalars, max_size=4) | values, min_size=5, max_size=40),
)
def test_an_item_of_a_list_is_found_alike(spark, item, rows):
    rows = [*rows, [item], [item, 1], item, {item: item}, f"[{json.dumps(item)}]"]
    documents = [msgspec.json.encode({"tags": row}).decode() for row in rows]

    ours, theirs = column(
        spark, documents, pa.string(), lambda text, dialect: dialect.has_item(text, "tags", item)
    )

    assert theirs == ours
    for row, found in zip(rows, ours, strict=True):
        if isinstance(row, list) and item in row:
            assert found
        if not isinstance(row, list):
            assert not found


written_numbers = st.from_regex(
    r"[ \t]?[+-]?[0-9]{0,22}[.]?[0-9]{0,14}([eE][+-]?[0-9]{1,3})?[ \n]?", fullmatch=True
)


EXACTLY = Context(prec=200, rounding=ROUND_HALF_UP)


def naive_number(text):
    """Return what `as_number` is to return, by Python's own decimals."""
    mantissa, has_exponent, exponent = text.replace("E", "e").partition("e")
    whole, has_point, rest = without_sign(mantissa).partition(".")
    parts = [whole, *([rest] if has_point else [])]
    parts += [without_sign(exponent)] if has_exponent else []
    if not all(each.isascii() and each.isdigit() for each in parts):
        return None
    if len(whole) > 29 or len(without_sign(exponent)) > 2:
        return None
    try:
        number = EXACTLY.quantize(Decimal(text), Decimal("1e-9"))
    except ArithmeticError:
        return None
    return number if abs(number) < 10**20 else None


def without_sign(text):
    return text[1:] if text.startswith(("+", "-")) else text


@few
@given(rows=st.lists(written_numbers | texts, min_size=10, max_size=80))
def test_text_is_the_same_number(spark, rows):
    rows = [*rows, "1_000", "inf", "nan", "١", "1\x00", "\xa01", "1e400", "9" * 20, "9" * 21, "1."]
    rows += ["5e-10", "4.9e-10", "-1.0000000005", "99999999999999999999.9999999995", "1\n2", None]

    ours, theirs = column(spark, rows, pa.string(), lambda text, _dialect: as_number(text))

    assert theirs == ours
    assert ours == [naive_number(text) if text is not None else None for text in rows]


@few
@given(rows=st.lists(st.none() | st.text(max_size=20), min_size=5, max_size=40), wanted=texts)
def test_text_compares_and_counts_alike(spark, rows, wanted):
    rows = [each if each is None else each.encode("utf-8", "replace").decode() for each in rows]

    def asked(text, dialect):
        return ibis.struct(
            {
                "digest": dialect.digest(text),
                "length": text.length().cast("int64"),
                "contains": text.contains(wanted),
                "begins": text.startswith(wanted),
                "ends": text.endswith(wanted),
                "after": text > wanted,
                "other": ~text.identical_to(ibis.literal(wanted)),
            }
        )

    ours, theirs = column(spark, rows, pa.string(), asked)

    assert theirs == ours


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# From 1900 to 2200.
MOMENTS = st.integers(-70 * 365 * 86_400 * 10**6, 230 * 365 * 86_400 * 10**6).map(
    lambda micros: EPOCH + timedelta(microseconds=micros)
)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]


@few
@given(
    rows=st.lists(st.none() | MOMENTS, min_size=5, max_size=40),
    zone=st.sampled_from(ZONES),
    since=MOMENTS,
)
def test_moments_are_the_same_numbers_days_and_texts(spark, rows, zone, since):
    def asked(moment, dialect):
        # The clocks of earlier years are told differently by every library.
        recent = ibis.ifelse(moment >= datetime(1970, 1, 2, tzinfo=UTC), moment, ibis.null())
        return ibis.struct(
            {
                "micros": dialect.micros(moment),
                "day": dialect.day(recent, zone).cast("string"),
                "text": readable.expression(moment),
                "cast": moment.cast("string"),
                "since": moment >= since,
            }
        )

    ours, theirs = column(spark, rows, pa.timestamp("us", tz="UTC"), asked)

    assert theirs == ours
    for moment, found in zip(rows, ours, strict=True):
        if moment is not None:
            assert found["micros"] == (moment - EPOCH) // timedelta(microseconds=1)
            assert found["text"] == readable.as_text(moment)
            assert found["since"] is (moment >= since)


READABLE = {
    pa.decimal128(38, 18): st.decimals(-(10**19), 10**19, places=18)
    | st.integers(-(10**12), 10**12).map(lambda units: Decimal(units).scaleb(-18)),
    pa.decimal128(38, 9): st.decimals(-(10**15), 10**15, places=9),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.bool_(): st.booleans(),
    pa.date32(): st.dates(date(1600, 1, 1), date(9999, 12, 31)),
}


@pytest.mark.parametrize("kind", READABLE, ids=str)
@settings(few, max_examples=5)
@given(data=st.data())
def test_values_are_the_same_texts(spark, kind, data):
    rows = data.draw(st.lists(st.none() | READABLE[kind], min_size=10, max_size=60))
    # No engine knows a zero below zero.
    rows = [value + 0 if isinstance(value, Decimal) else value for value in rows]

    ours, theirs = column(spark, rows, kind, lambda value, _dialect: readable.expression(value))

    assert theirs == ours
    assert ours == [None if value is None else readable.as_text(value) for value in rows]


@few
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 10**13), st.decimals(-5, 5, places=9)),
        min_size=1,
        max_size=30,
    )
)
def test_windows_sums_and_joins_are_the_same(spark, rows):
    reach = 10**12
    table = pa.table(
        {
            "who": [row[0] for row in rows],
            "at": pa.array([row[1] for row in rows], pa.int64()),
            "amount": pa.array([row[2] for row in rows], pa.decimal128(38, 9)),
        }
    )

    def asked(t, _dialect):
        window = ibis.range_window(preceding=reach, following=0, group_by=t.who, order_by=t["at"])
        told = t.mutate(so_far=t.amount.sum().over(window), number=t.count().over(window))
        named = told.semi_join(t.filter(t.amount > 0), "who")
        others = told.anti_join(t.filter(t.amount > 0), "who")
        return named.union(others).select("who", "at", "so_far", "number")

    ours, theirs = both(spark, table, asked)

    assert Counter(map(repr, theirs)) == Counter(map(repr, ours))
    for found in ours:
        near = [r for r in rows if r[0] == found["who"] and 0 <= found["at"] - r[1] <= reach]
        assert (found["so_far"], found["number"]) == (sum(r[2] for r in near), len(near))


@few
@given(
    rows=st.lists(st.decimals(-(10**19), 10**19, places=18), min_size=5, max_size=40),
    limit=st.decimals(-100, 100, places=9),
)
def test_decimals_of_other_places_are_compared_exactly(spark, rows, limit):
    rows = [*rows, limit, limit + Decimal("1e-18"), limit - Decimal("1e-18")]

    def asked(number, _dialect):
        other = ibis.literal(limit, "decimal(38, 9)")
        return ibis.struct({"less": number < other, "same": number == other})

    ours, theirs = column(spark, rows, pa.decimal128(38, 18), asked)

    assert theirs == ours == [{"less": each < limit, "same": each == limit} for each in rows]


@few
@given(name=texts.filter(bool), rows=st.lists(texts, min_size=3, max_size=20))
def test_named_values_make_an_object_that_reads_the_same(spark, name, rows):
    def asked(text, dialect):
        document = dialect.as_json({name: text, "size": text.length()})
        return dialect.text_at(document, name)

    ours, theirs = column(spark, rows, pa.string(), asked)

    assert theirs == ours == rows
