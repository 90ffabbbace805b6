"""Types of columns: each has its words and its place, wherever types are told apart."""

import pyarrow as pa
import pytest

from app.audiences.tree.operators import Operator, operators_of
from app.dataflows.pipeline import _PHRASES
from app.tabular.types import ColumnType, arrow_type

AS_WRITTEN = {ColumnType.TIME, ColumnType.URL, ColumnType.PHONE, ColumnType.JSON}


@pytest.mark.parametrize("kind", list(ColumnType))
def test_each_type_has_a_name_a_place_and_a_reason_to_be_refused(kind):
    assert kind.label
    assert isinstance(arrow_type(kind), pa.DataType)
    assert _PHRASES[kind]


@pytest.mark.parametrize("kind", sorted(AS_WRITTEN | {ColumnType.TEXT, ColumnType.EMAIL}))
def test_what_is_kept_as_it_is_written_is_compared_as_text(kind):
    assert kind.is_text
    assert {Operator.IS, Operator.CONTAINS, Operator.IS_EMPTY} <= {*operators_of(kind)}


@pytest.mark.parametrize("kind", [ColumnType.INTEGER, ColumnType.DATE, ColumnType.BOOLEAN])
def test_other_types_are_no_text(kind):
    assert not kind.is_text
