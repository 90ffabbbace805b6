"""Rows one cell longer than their header have names, or a delimiter within a value."""

import pytest

from app.tabular.grid.cut_values import may_be_cut


def rows_of(text: str, delimiter: str = ",") -> list[tuple[str, ...]]:
    return [tuple(line.split(delimiter)) for line in text.splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        "Jan 4, 2021,12.5,1\nJan 5, 2021,12.6,2\nJan 6, 2021,12.4,3",
        "Ames, Ada,York,2001\nBoyd, Bo,Hull,1998\nCole, Cy,Ripon,2010",
        "Ames,Ada,2001\nBoyd,Bo,1998\nCole,Cy,2010",
        "Quay 1,2, 3,4\nQuay 2,1, 5,3\nQuay 3,4, 2,7",
        "A1,2,3\nA1,4,5\nA2,1,2",
    ],
)
def test_a_delimiter_may_stand_within_values(text):
    assert may_be_cut(rows_of(text), ",")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Arrow 6,21,6,110\nComet,22.8,4,93\nDart,18.1,6,105", ","),
        ("1,0.5,4.2,VC\n2,0.5,11.5,VC\n3,1.5,2.5,VC", ","),
        ("actin\tkept\t1.5\nmyosin\tlost\t2.5\nkeratin\tkept\t0.5", "\t"),
    ],
)
def test_names_of_rows_are_different_and_stand_apart_from_values(text, delimiter):
    assert not may_be_cut(rows_of(text, delimiter), delimiter)
