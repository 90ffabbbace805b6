"""Lines as they stand in a file, whatever bytes it has."""

import gzip
import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.raw_lines import LONGEST_SHOWN, byte_lines, raw_lines, visible
from app.tabular.files.source import BytesSource, PathSource


def shown(content, encoding="utf-8", **wishes):
    lines = raw_lines(BytesSource(content), encoding, **wishes)
    return [(line.number, line.text, line.end) for line in lines]


def test_every_line_has_its_number_and_its_end():
    assert shown(b"a,b\r\n1,2\n3,4\r5,6") == [
        (1, "a,b", "CRLF"),
        (2, "1,2", "LF"),
        (3, "3,4", "CR"),
        (4, "5,6", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1250"])
def test_lines_are_decoded(encoding):
    content = "imię;Łódź\n1;ż\n".encode(encoding)

    assert [text for _, text, _ in shown(content, encoding)] == ["imię;Łódź", "1;ż"]


def test_bytes_that_are_no_letters_stay_visible():
    assert shown(b"a,\xff\xfe\n") == [(1, "a,\\xff\\xfe", "LF")]


def test_lines_in_the_middle_are_found_by_number():
    content = "".join(f"{number}\n" for number in range(1, 5_001)).encode()

    assert shown(gzip.compress(content), first=4_000, count=2) == [
        (4_000, "4000", "LF"),
        (4_001, "4001", "LF"),
    ]
    assert shown(content, first=6_000) == []


def test_a_line_without_end_is_cut_and_counts_as_one():
    first, second = raw_lines(BytesSource(b"x" * 2_500_000 + b"\nnext"), "utf-8")

    assert (len(first.text), first.is_cut) == (LONGEST_SHOWN, True)
    assert (second.number, second.text, second.is_cut) == (2, "next", False)


def test_lines_far_down_are_found_in_little_memory(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(b"y" * 20_000_000 + b"\n")
        file.writelines(b"%d,%s\n" % (number, b"x" * 200) for number in range(100_000))
    tracemalloc.start()

    [line] = raw_lines(PathSource(path), "utf-8", first=90_000, count=1)

    assert line.text.startswith("89998,xx")
    assert tracemalloc.get_traced_memory()[1] < 12_000_000
    tracemalloc.stop()


def test_what_cannot_be_seen_is_shown():
    assert visible("\ufeffa\tb\x00\x1f\r\n") == "[BOM]a→b\\x00\\x1f\\r\\n"


def test_pieces_are_those_between_delimiters():
    (line,) = raw_lines(BytesSource(b"a\tb\t\tc"), "utf-8")

    assert line.pieces("\t") == ["a", "b", "", "c"]
    assert line.pieces() == ["a→b→→c"]


def test_bytes_are_shown_as_digits_and_letters():
    lines = byte_lines(BytesSource(b"PK\x03\x04" + bytes(20)))

    assert [line.number for line in lines] == [0, 16]
    assert lines[0].text.startswith("50 4b 03 04 00")
    assert lines[0].text.endswith("PK" + "·" * 14)


@given(st.text(st.characters(codec="utf-8")))
def test_lines_are_those_that_a_text_has(text):
    expected = [each for each in re.split(r"\r\n|\r|\n", text) if each]

    found = [each for _, each, _ in shown(text.encode(), count=10_000) if each]

    assert found == [each[:LONGEST_SHOWN] for each in expected]
