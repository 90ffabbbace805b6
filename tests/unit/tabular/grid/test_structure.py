"""Where the table begins and ends among titles, blank rows and notes."""

from app.tabular.grid.structure import table_place


def rows_of(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(";")) if line else () for line in text.splitlines()]


def begin_of(text: str) -> int:
    place = table_place(rows_of(text))
    assert place is not None
    return place.begin


def has_doubtful_end(text: str) -> bool:
    place = table_place(rows_of(text))
    assert place is not None
    return place.has_doubtful_end


def test_more_lines_above_than_rows_are_no_rows_where_blank_ones_part_them():
    text = "Account\nIBAN;DE02\nBalance;1,20;EUR\n\nDay;To;Text;Amount\n1.3.;Ada;Rent;5,00"

    assert begin_of(text) == 4


def test_rows_of_many_lengths_without_a_blank_row_all_belong_to_the_table():
    assert begin_of("a;b\na;c\nb;c;e\na;c\na;b;c;d;e;f\na;b;d;e;f;g\na;b;d;e;f;h") == 0


def test_a_header_stands_apart_from_its_rows_by_a_blank_one():
    text = "\nNumber;Item;Sold for\n;;\n1;Mug;9.90\n2;Plate;24.00\n3;Bowl;7.50\n\n3 records\n\nEnd"

    assert begin_of(text) == 1


def test_a_full_row_below_titles_begins_a_table_of_sparse_rows():
    text = "Gifts received;;;\nWho;Day;Gift;From\nAda;None;;\nBo;May;Pen;Quay\nCy;None;;\nDi;None;;"

    assert begin_of(text) == 1


def test_a_few_last_rows_after_the_only_blank_one_may_be_no_rows():
    rows = "Item;Width;Load\nA;12;1204\nB;11;1190\nC;12;1201\n;;\n"

    assert has_doubtful_end(f"{rows}Mean;11.7;1198\nSD;0.5;5")
    assert not has_doubtful_end(rows.replace(";;\n", ""))


def test_a_table_begins_below_narrower_rows_that_follow_each_other():
    assert begin_of("Model;X1\nNumber;12345\nTime;A;B\n0.0;1.2;1.3\n0.1;1.3;1.4\n0.2;1.4;1.5") == 2


def test_rows_with_a_name_below_a_shorter_header_all_belong_to_the_table():
    assert begin_of("a;b\nArrow;1;2\nComet;3;4\nDart;5;6") == 0
