"""What only shows while the whole file is read is said: a question, and the lines it is about."""

import pytest

from app.tabular.table import read_table

ROWS = "".join(f"{number},town {number % 7},x\n" for number in range(40_000))


def doubts_of(tmp_path, text):
    path = tmp_path / "file.csv"
    path.write_text(text)
    frame, info = read_table(path, with_info=True)
    return len(frame), info["ask"], info["doubtful_rows"]


@pytest.mark.parametrize(
    "late",
    [
        "id,town,note\n",
        "\ufeffid,town,note\n",
        "# shift ended\n",
        "counted by hand on Monday\n",
        "7;town;x\n",
        '7,"Nick" Smith,x\n',
        "Page 1 of 2,,\n",
        "=======\n",
        "...,...,...\n",
    ],
    ids=[
        *("header", "mark and header", "comment", "remark", "delimiter", "odd quote"),
        *("page number", "merge mark", "left out"),
    ],
)
def test_a_late_row_that_may_be_none_is_asked_about(tmp_path, late):
    text = "id,town,note\n" + ROWS + late + ROWS

    assert doubts_of(tmp_path, text) == (80_001, True, 1)


def test_a_late_cell_that_holds_rows_is_asked_about(tmp_path):
    rows = ROWS.replace("\n", ",y\n")
    for late in ('1,"Hush,2,x\n2,Quiet Sea",3,y\n', '1,"Hush,2,x\n2,Sea,3,y"\n'):
        assert doubts_of(tmp_path, "id,town,note,more\n" + rows + late + rows) == (80_001, True, 1)


def test_a_late_text_of_several_lines_with_commas_is_not_asked_about(tmp_path):
    rows = ROWS.replace("\n", ",y\n")
    late = '1,"Dear all, this\nis the end, my friend, I fear",x,y\n'

    assert doubts_of(tmp_path, "id,town,note,more\n" + rows + late + rows) == (80_001, False, 0)


def test_a_late_row_with_what_is_quoted_well_is_not_asked_about(tmp_path):
    text = "id,town,note\n" + ROWS + '7,"Smith, ""Nick""\nYork",5" pipe\n' + ROWS

    assert doubts_of(tmp_path, text) == (80_001, False, 0)


def test_a_row_that_keeps_all_columns_from_being_numbers_is_asked_about(tmp_path):
    row = "12,3.5,2021-04-05\n"
    text = "a,b,c\n" + row * 9_000 + "count,weight,day\n" + row * 9_000

    assert doubts_of(tmp_path, text)[1]


def test_a_word_for_what_is_missing_in_all_columns_is_no_header(tmp_path):
    row = "12,3.5,2021-04-05\n"
    text = "a,b,c\n" + row * 900 + "lost,lost,lost\n" + row * 900

    assert not doubts_of(tmp_path, text)[1]


def test_a_late_row_of_an_id_and_nothing_else_is_not_asked_about(tmp_path):
    assert doubts_of(tmp_path, "id,town,note\n" + ROWS + "7,,\n,town,\n") == (40_002, False, 0)
