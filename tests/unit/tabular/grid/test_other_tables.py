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


def test_a_table_below_a_title_of_its_own_is_found_above():
    wide = "Day,Burned,Steps,Floors\n2023-03-01,24,82,4\n2023-03-02,29,140,11"

    assert other_in(f"Body\nDay,Weight,Fat\n2023-03-01,80.1,0\n2023-03-02,79.9,0\n\n{wide}") == 0


def test_a_legend_above_is_another_table_and_what_the_file_is_about_is_none():
    table = "Station,Lat,Lon,Rain\nQuay,54.1,7.9,12\nMill,54.2,7.8,T\nLock,54.0,7.7,M"

    assert other_in(f"Code,Meaning\nM,missing\nT,trace\n\n{table}") == 0
    assert other_in(f"Owner,Ann\nPlace,Hull\nRiver,Wye\n\n{table}") is None


def test_few_rows_below_with_names_of_their_own_are_another_table():
    table = "kind,lat,lon,name,time,more\n" + "T,54.1,7.9,,2023-03-01,\n" * 3

    assert other_in(f"{table}\nkind,lat,lon,name,more\nW,54.11,7.92,Quay,old") == 5
    assert other_in(f"{table}\nSource: a river\nRead by hand") is None
