"""Whether a second table stands above or below the one that is read."""

import pytest

from app.tabular.grid.other_tables import other_table
from app.tabular.grid.structure import table_place


def other_in(text: str) -> int | None:
    rows = [tuple(line.split(",")) if line else () for line in text.splitlines()]
    place = table_place(rows)
    assert place is not None
    return other_table(rows, place)


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_narrower_table_above_is_found_with_or_without_a_gap(gap):
    wide = "code,label,size,w\nX,Extra,3,4\nY,Yes,4,5\nZ,Zed,5,6\nV,Vee,6,7"

    assert other_in(f"id,n\n1,4\n2,5\n3,6\n{gap}{wide}") == 0


def test_keys_with_values_above_are_no_table():
    text = "Model:,X1\nNumber:,12345\nTime,A,B\n0.0,1.2,1.3\n0.1,1.3,1.4\n0.2,1.4,1.5"

    assert other_in(text) is None
