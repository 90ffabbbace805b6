"""A file as one frame: the exact strings, and whether a person should look first."""

import pandas as pd
import pytest

from app.tabular import FileUnreadable, NotRecognised, read_table


@pytest.fixture
def written(tmp_path):
    def write(content: str | bytes, name: str = "file.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_the_frame_holds_the_exact_strings_of_the_file(written):
    frame = read_table(written("id,zip,price\n007,01234,1.50\n008,00501,2.00\n"))

    assert frame.to_dict("list") == {
        "id": ["007", "008"],
        "zip": ["01234", "00501"],
        "price": ["1.50", "2.00"],
    }
    assert all(isinstance(kind, pd.ArrowDtype) for kind in frame.dtypes)


def test_types_and_options_come_beside_it(written):
    _, info = read_table(
        str(written("id;born;price\n1;31.12.1999;1,50\n2;01.02.2000;2,00\n")), True
    )

    assert info["types"] == {"id": "integer", "born": "date", "price": "decimal"}
    assert (info["options"]["delimiter"], info["options"]["decimal_mark"]) == (";", ",")
    assert info["ask"] is False


def test_rows_that_are_too_long_stay_visible_and_are_asked_about(written):
    frame, info = read_table(written("a,b\n1,2\n3,4,5\n6,7\n"), with_info=True)

    assert list(frame) == ["a", "b", "column_3"]
    assert frame["column_3"].fillna("").tolist() == ["", "5", ""]
    assert info["ask"] is True


def test_short_rows_are_counted_and_many_are_asked_about(written):
    _, info = read_table(written("a,b,c\n1,2\n3,4\n6,7,8\n9,10,11\n"), with_info=True)

    assert (info["padded_rows"], info["ask"]) == (2, True)


def test_lines_that_cannot_be_rows_are_never_left_out_in_silence(written):
    frame, info = read_table(written('{"a": 1}\n{"a": \n{"a": 2}\n{"a": 3}\n'), with_info=True)

    assert frame["a"].tolist() == ["1", "2", "3"]
    assert (info["bad_rows"], info["ask"]) == (1, True)


def test_text_that_is_no_table_is_not_made_one(written):
    with pytest.raises(NotRecognised):
        read_table(written("Dear Ann, how are you?\nIt rains, and rains.\nYours, Bob.\n"))


def test_an_empty_file_is_unreadable(written):
    with pytest.raises(FileUnreadable) as refused:
        read_table(written(b"\xef\xbb\xbf"))

    assert refused.value.code == "empty_file"


def test_a_file_without_columns_is_refused(written):
    with pytest.raises(NotRecognised):
        read_table(written('{"data": [{}, {}]}'))
