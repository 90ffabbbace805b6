"""Recognition: by content, with evidence, and with a question rather than a guess."""

import csv
import gzip
import io
import zipfile
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.profiling import profile
from app.tabular.files.source import BytesSource, FileUnreadable, PathSource
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.reading import read
from app.tabular.recognising import recognise

DATA = Path(__file__).parents[2] / "data"
ROWS = [["id", "name", "city"], ["1", "Ada", "London"], ["2", "Grace", "New York"]]


def recognised(content):
    content = content.encode() if isinstance(content, str) else content
    return recognise(BytesSource(content))


def refusal_of(content):
    with pytest.raises(FileUnreadable) as refused:
        recognised(content)
    return refused.value


@pytest.mark.parametrize("name", ["superstore.csv", "chinook_customer.csv"])
def test_real_files_are_recognised_without_a_question(name):
    recognition = recognise(PathSource(DATA / name))

    options = recognition.options
    assert (options.format, options.delimiter, options.quote, options.has_header) == (
        FileFormat.DELIMITED,
        ",",
        '"',
        True,
    )
    assert recognition.questions == ()
    assert recognition.confidence > 0.9


def test_json_is_recognised_by_content():
    recognition = recognise(PathSource(DATA / "movies.json"))

    assert recognition.options.format is FileFormat.JSON
    assert recognition.questions == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_usual_delimiters_and_line_ends_are_found(delimiter, line_end):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=line_end).writerows(ROWS)

    options = recognised(written.getvalue()).options

    assert (options.delimiter, options.has_header, options.skipped_rows) == (delimiter, True, 0)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("a,b\n1,é\n".encode(), "utf-8"),
        ("\ufeffa,b\n1,é\n".encode(), "utf-8"),
        ("\ufeffa,b\n1,é\n".encode("utf-16-le"), "utf-16-le"),
        ("\ufeffa,b\n1,é\n".encode("utf-16-be"), "utf-16-be"),
        ("a,b\n1,é\n".encode("utf-16-le"), "utf-16-le"),
        ("a,b\n1,é\n".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_encodings_are_found_and_not_asked_for(content, encoding):
    recognition = recognised(content)

    assert recognition.options.encoding == encoding
    assert "encoding" not in recognition.questions


def test_one_accent_late_in_the_file_is_enough_to_tell_its_encoding():
    content = b"id,name\n" + b"1,Ada\n" * 100_000 + "2,Zoë\n".encode("cp1252")

    recognition = recognised(content)

    assert recognition.options.encoding == "cp1252"
    assert "which makes words such as “Zoë”" in recognition.evidence[0].sentence


def test_a_byte_that_no_encoding_knows_is_named_with_its_place_and_asked_about():
    content = b"id,name\n1,caf\x81 au lait\n"
    assert content.index(b"\x81") == 13

    recognition = recognised(content)

    assert "encoding" in recognition.questions
    assert "byte 13, on line 2" in recognition.evidence[0].sentence


def test_a_decimal_comma_does_not_make_the_comma_the_delimiter():
    options = recognised("id;price;sum\n1;1,5;1.234,50\n2;2,5;1.000,00\n3;3,5;2.000,00\n").options

    assert (options.delimiter, options.decimal_mark, options.thousands_mark) == (";", ",", ".")


def test_lines_above_the_table_are_left_out():
    content = "Report for 2026\n\nid,name,total\n1,Ada,1.5\n2,Grace,2.5\n3,Alan,4.5\n"

    recognition = recognised(content)

    assert recognition.options.skipped_rows == 2
    assert next(read(BytesSource(content.encode()), recognition.options)).lines.tolist() == [
        4,
        5,
        6,
    ]


def test_a_file_of_numbers_has_no_header():
    assert not recognised("1,2,3\n4,5,6\n7,8,9\n").options.has_header


def test_escapes_and_other_quotes_are_found_where_they_are_used():
    assert recognised('id;t\n1;"a\\"b"\n2;"c"\n').options.escape == "\\"
    assert recognised("id,t\n1,'a,b'\n2,'c,d'\n").options.quote == "'"


def test_lines_of_json_are_recognised_even_when_one_is_broken():
    recognition = recognised('{"a": 1}\n{"a": \n{"a": 2}\n{"a": 3}\n')

    assert recognition.options.format is FileFormat.NDJSON


def test_a_list_of_something_else_is_asked_about():
    assert "format" in recognised("[1, 2]").questions


@pytest.mark.parametrize("content", ["a\n1\n", "Dear Sir, I write\nto you; in haste,\nyours\n"])
def test_text_that_may_be_no_table_is_asked_about(content):
    recognition = recognised(content)

    assert "delimiter" in recognition.questions
    assert recognition.confidence < 0.7


@pytest.mark.parametrize("content", ["{{ name }}\n{{ town }}\n", "[one]\n[two\n"])
def test_one_column_that_begins_like_json_is_refused(content):
    assert refusal_of(content).code == "not_recognised"


def test_a_table_that_begins_like_json_is_read():
    options = recognised("[id],name\n1,Ada\n2,Bo\n3,Cy\n").options

    assert (options.delimiter, options.header_rows) == (",", 1)


def test_evidence_is_given_for_what_was_chosen():
    evidence = {each.option: each.sentence for each in recognised("a;b\n1;2\n3;4\n").evidence}

    assert evidence["delimiter"] == "The semicolon gives 2 columns on 3 of 3 rows looked at."
    assert "UTF-8" in evidence["encoding"]


def test_compression_is_told():
    recognition = recognised(gzip.compress(b"a;b\n1;2\n3;4\n"))

    assert recognition.options.delimiter == ";"
    assert recognition.evidence[0].sentence == "The file is compressed with gzip."


def zipped(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG picture"),
        (b"%PDF-1.7\n" + bytes(range(256)), "a PDF document"),
        (zipped("[Content_Types].xml"), "an office document"),
        (b"\n<!DOCTYPE html><html></html>", "an HTML page"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "an HTML page"),
        (bytes(range(256)) * 50, "not text"),
    ],
)
def test_other_kinds_of_file_are_named(content, words):
    refusal = refusal_of(content)

    assert refusal.code == "not_recognised"
    assert words in refusal.message


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content):
    assert refusal_of(content).code == "empty_file"


@pytest.mark.parametrize(
    "content",
    [b'"' * 300_000, b"," * 300_000, b" " * 99_000 + b"x", b",\n" * 6_000, b"[" * 100_000]
    + [b"x" * 3_000_000, b'{"a":' * 50_000, b"'a',\n" * 20_000, b'a,"' + b"b\n" * 90_000],
)
def test_hostile_text_is_answered_in_good_time(content):
    started = process_time()
    with suppress(FileUnreadable):
        recognised(content)

    assert process_time() - started < 5


PIECES = st.one_of(
    st.binary(max_size=30),
    st.sampled_from(
        [b'{"a":1}', b"[", b"]", b",", b"\n", b'"', b"a;b", b"\r", b"\xef\xbb\xbf", b"{}"]
    ),
)


@given(st.lists(PIECES, max_size=12).map(b"".join))
def test_any_bytes_are_read_in_full_or_refused_with_a_sentence(content):
    source = BytesSource(content)

    with suppress(FileUnreadable):
        options = recognise(source).options
        found = profile(read(source, options, rows_per_batch=3), options)
        assert all(column.row_count == found.row_count for column in found.columns)


SIGNS = [b"\x1f\x8b\x08", b"BZh9", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)]
SIGNS += [b"PAR1", b"PARE", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml version='1.0'?>", b"<a>"]
SIGNS += [b"\xff\xfe", b"[[", b'{"a":[', b'[{"a":', b"\x00"]


@given(st.sampled_from(SIGNS), st.binary(max_size=60), st.booleans())
def test_bytes_that_begin_like_any_format_are_read_or_refused(sign, rest, is_packed):
    content = gzip.compress(sign + rest) if is_packed else sign + rest
    source = BytesSource(content)

    with suppress(FileUnreadable):
        options = recognise(source).options
        for _ in read(source, options):
            pass


@given(
    st.sampled_from([each for each in FileFormat if not each.is_text_table]), st.binary(max_size=60)
)
def test_any_bytes_may_be_read_as_any_format_or_refused_with_a_sentence(file_format, content):
    options = ParsingOptions(format=file_format, record_path="a/b")

    with suppress(FileUnreadable):
        list(read(BytesSource(content), options))


def test_a_zero_byte_in_text_is_asked_about_with_its_place():
    found = recognised(b"a,b\n1,\0\n2,x\n3,y\n4,z\n5,v\n")

    assert "encoding" in found.questions
    assert "byte 6, on line 2, is zero" in found.evidence[0].sentence


def test_control_characters_are_named_with_the_place_of_the_first():
    refusal = refusal_of(b"a,b\n1,2\n" + b"\x02\x03" * 20)

    assert (refusal.line, refusal.byte) == (3, 8)
