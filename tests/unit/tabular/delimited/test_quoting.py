"""Quotes within cells, around cells and around whole lines are told apart, or asked about."""

import pytest

from app.tabular.delimited.quoting import holds_rows
from app.tabular.files.source import BytesSource
from app.tabular.reading import columns_of
from app.tabular.recognising import recognise


@pytest.mark.parametrize(
    "text",
    [
        'id\ttitle\tn\na1\tCarmencita\t1\na2\tBohemios "the film"\t2\na3\t"Ned"\t3\n',
        'id,name\n1,"Ada"\n2,"Bo"\n3,Cy "the man" Oak\n4,"Di"\n',
    ],
)
def test_quotes_around_a_part_of_a_cell_show_that_none_are_around_cells(text):
    found = recognise(BytesSource(text.encode()))

    assert found.options.quote is None
    assert found.questions == ("quote",)


@pytest.mark.parametrize(
    "text",
    [
        'item,size\n"Pipe",5" or 6"\n"Tube",7"\n"Rod",8"\n',
        'id,name\n1,"Ada"\n2,"Bo ""the boat"" Ek"\n3,Cy\n',
        'id,name\n1,"Ames, ""A."" Ada"\n2,"Bo"\n3,Cy\n',
    ],
)
def test_quotes_of_another_column_and_doubled_ones_show_nothing(text):
    found = recognise(BytesSource(text.encode()))

    assert found.options.quote == '"'
    assert found.questions == ()


def test_lines_that_are_quoted_as_a_whole_are_asked_about():
    text = (
        '"id,""title"",""author"",year,copies"\n"1204,""Tides : a history"",""Ames, Ada"",1998,2"\n'
        '"1205,""Quay, mill and lock /"",""Ek, Bo"",2001,1"\n"1206,Bollards,,c2010,"\n'
    )
    source = BytesSource(text.encode())

    found = recognise(source)

    assert found.confidence > 0
    assert found.questions == ("delimiter", "quote")
    assert len(columns_of(source, found.options).names) == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (['a,"b"', '1,"x, y"', '2,"z"'], True),
        (['a;"b"', '1;"x, y"', '2;"z"'], True),
        (["a,b", "1,x", "2,z"], False),
        (['a,"b"', '1,"x, y"', "2"], False),
        (['a "b"', 'c "d"', 'e "f"'], False),
        (['a "b"\n\rx', 'c\rd "d"', 'e "f"'], False),
    ],
)
def test_cells_are_rows_where_each_has_as_many_cells_of_its_own(values, expected):
    assert holds_rows(values) is expected
