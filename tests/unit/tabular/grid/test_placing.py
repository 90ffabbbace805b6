"""From rows of cells to the options that say where their table is."""

import pytest

from app.tabular.grid.placing import placed
from app.tabular.grid.readings import Reading
from app.tabular.options import ParsingOptions


def reading_of(text: str) -> Reading:
    rows = [tuple(line.split(",")) if line else () for line in text.splitlines()]
    reading = placed(rows, range(len(rows)), len(rows), ParsingOptions())
    assert reading is not None
    return reading


def test_a_rule_below_the_names_is_read_with_them_without_a_question():
    reading = reading_of("id,name,amount\n--,----,------\n1,Ada,12.5\n2,Bo,3.0\n3,Cy,0.1")

    assert reading.options.header_rows == 2
    assert not reading.has_open_header


def test_units_below_names_of_text_columns_too_are_asked_about():
    reading = reading_of(
        "Station,By,Temp,Wind\n-,-,C,m/s\nQuay,Ada,4.1,3\nMill,Bo,3.9,-\nLay,Cy,4,2"
    )

    assert reading.options.header_rows == 2
    assert reading.has_open_header


@pytest.mark.parametrize(
    "header",
    [
        "Id,When,Which?,,Age\n,,Bus,Tram,Answer",
        "Residence,Work,,,\n,Same,Other,Abroad,Total",
        "Trial 1,,,Trial 2,\nt,x,,t,x",
    ],
)
def test_names_in_two_levels_are_asked_about(header):
    reading = reading_of(f"{header}\n1,20.5,3,4,1\n2,30.1,4,5,2\n3,40.2,5,6,3")

    assert reading.options.header_rows == 2
    assert reading.has_open_header


@pytest.mark.parametrize(
    "text",
    [
        "id,name,amount\n1,Ada,10.5\n2,Bo,12.5\n\ufeffid,name,amount\n4,Di,9.7\n5,Ed,8.2",
        "id,name,amount\n1,Ada,10.5\n2,Bo,12.5\nID,Name,Amount\n4,Di,9.7\n5,Ed,8.2",
        ",A,B,C\n1,Site,Depth,pH\n2,Quay,0.5,7.1\n3,Mill,1.0,6.9\n4,Lock,1.5,7.4",
        "Branch,Loans,Visits\nA,12,98\nB,33,27\nMonth,Opened,Closed\nJan,12,3\nFeb,9,4\nMar,1,2",
        "Title,Prices\nUnit,Index\nReleased,2023-04-19\n2021,111.6\n2022 Q4,125.8\n2023,12.0",
    ],
)
def test_names_among_the_rows_are_asked_about(text):
    assert reading_of(text).has_open_header


def test_plain_rows_are_not_asked_about():
    text = "id,name,born,amount\n1,Ada,1999-01-02,10.5\n2,Bo,,n/a\n3,Cy,1999-01-04,9.7"

    assert not reading_of(text).has_open_header
