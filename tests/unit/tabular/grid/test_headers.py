"""Which first rows are names: by what they are called, and by how they look above the others."""

import pytest

from app.tabular.files.source import BytesSource
from app.tabular.grid.headers import SURE, header_vote
from app.tabular.grid.labels import is_prose
from app.tabular.recognising import recognise


def questions_of(text):
    return recognise(BytesSource(text.encode())).questions


@pytest.mark.parametrize(
    "rows",
    [
        [("source", "target"), ("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Ann")],
        [("kind of it", "definition"), ("x", "Of a mile"), ("y", "Of a yard"), ("z", "Of a day")],
        [("remark", "who"), ("It was late.", "Ann"), ("They came.", "Bo"), ("All left.", "Cy")],
    ],
)
def test_small_words_above_texts_of_another_look_are_names(rows):
    vote = header_vote(rows)

    assert (vote.rows, vote.confidence > SURE) == (1, True)


@pytest.mark.parametrize(
    "rows",
    [
        [("dog", "chien"), ("cat", "chat"), ("sea", "mer"), ("boat", "bateau")],
        [("source", "place"), ("author", "target"), ("label", "text"), ("term", "word")],
    ],
)
def test_words_among_their_like_are_left_open(rows):
    assert header_vote(rows).confidence <= SURE


def test_values_among_names_are_left_open():
    rows = [("6", "4", "round", "long"), ("5.1", "3.5", "0", "1"), ("4.9", "3.0", "1", "0")]

    assert header_vote([*rows, *rows[1:]]).confidence <= SURE


def test_names_with_a_space_before_them_are_no_sentence():
    names = ["Date", " Water Level", " O or I (for verified)", " Quality"]

    assert not is_prose(names, ["2023-03-01", "1.2", "0", "v"])
    assert is_prose(["Figures are early", " may change", " and so on"], ["id", "name", "size"])


@pytest.mark.parametrize("comment", [["# as told", " by all"], ["#"], ["% of it", "x"]])
def test_comments_are_no_names(comment):
    assert is_prose(comment, ["year", "mean"])
    assert not is_prose(["#", "name"], ["1", "x"])


def test_a_column_of_single_values_is_not_asked_about():
    assert questions_of("customer_id\nC-0001\nC-0002\nC-0044\n") == ()
    assert "delimiter" in questions_of("Title\nThe tide\nThe quay of Hull\nA boat\n")


def test_a_header_one_name_short_is_asked_about_where_it_begins_with_a_key():
    rows = "".join(f"2023-01-0{day},1.2{day},1.3{day},{day}\n" for day in range(1, 6))

    assert "header_rows" in questions_of("date,open,close\n" + rows)
    assert "header_rows" not in questions_of("open,close,volume\n" + rows)


def test_sums_without_a_key_at_the_end_are_asked_about():
    rows = "".join(f"{n},A-{n},{n}.50\n" for n in range(1, 6))

    assert "footer_rows" in questions_of("no,article,price\n" + rows + ",Net,22.50\n,VAT,5.00\n")
    assert questions_of("no,article,price\n" + rows) == ()
