"""Quick readings by Arrow's casts: the same as the careful ones, whatever is read."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.tabular.columns.emails import are_plain, which_are_plain
from app.tabular.columns.kinds import Kind, kinds_for
from app.tabular.columns.readings import _careful, reading
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

OPTIONS = ParsingOptions()
QUICK = [
    kind
    for kind in kinds_for(OPTIONS, "")
    if kind.pattern is None and kind.type not in (ColumnType.BOOLEAN, ColumnType.PHONE)
]
WRITTEN = {
    ColumnType.INTEGER: r"-?(0|[1-9][0-9]{0,16})|[+-]?0[0-9]|\+1| 1",
    ColumnType.DECIMAL: r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,19})?|1e5|nan|inf|\.5|5\.|0x1",
    ColumnType.DATE: r"[0-9]{4}-(0[0-9]|1[0-3])-[0-3][0-9]|2026-1-001|99999-12-1",
    ColumnType.DATETIME: (
        r"(0000|0001|2026|9999)-(0[1-9]|1[0-2])-[0-3][0-9]([ T][0-2][0-9]"
        r"(:?[0-6][0-9](:[0-6][0-9](\.[0-9]{0,7})?)?)? ?(Z|[+-][01][0-9]:?00)?)?"
    ),
    ColumnType.EMAIL: r"[a-zA-Z.+é]{1,3}@[a-z.]{0,5}(\.test|\.TEST|\.local|example\.com|\.de)",
}
CHOSEN = [(kind, WRITTEN[kind.type]) for kind in QUICK if kind.type in WRITTEN]


@pytest.mark.parametrize(("kind", "written"), CHOSEN, ids=lambda each: getattr(each, "type", ""))
def test_a_quick_reading_is_the_careful_one(kind: Kind, written: str):
    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.from_regex(written, fullmatch=True), min_size=1, max_size=3))
    def check(texts):
        array = pa.array(texts, pa.string())

        quick, careful = reading(kind, array, OPTIONS), _careful(kind, array, OPTIONS)

        assert quick.fits.tolist() == careful.fits.tolist()
        assert (quick.least, quick.most) == (careful.least, careful.most)
        if careful.numbers is not None:
            assert quick.numbers.tolist() == pytest.approx(careful.numbers.tolist())

    check()


@given(
    st.lists(
        st.from_regex(r"[aZ0._+%é-]{1,3}@[b.@_-]{0,3}(\.test|\.de|\.c-d\.eu)?", fullmatch=True),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 2),
)
def test_addresses_of_usual_signs_are_those_that_the_expression_finds(texts, skipped):
    array = pa.array(["x@y.zz"] * skipped + texts).slice(skipped)

    assert which_are_plain(array).tolist() == are_plain(array).to_pylist()


def test_all_quick_kinds_are_compared():
    assert {kind.type for kind, _ in CHOSEN} == set(WRITTEN)
