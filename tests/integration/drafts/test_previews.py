"""A file shown twice, as it stands and as it is read, before anything is saved."""

import gzip
import io
from dataclasses import replace

import openpyxl
import pytest

from app.drafts.previews import COLUMNS_SHOWN, ROWS_SHOWN, preview
from app.tabular.files.source import BytesSource
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.recognising import recognise

TILL = b"# till\nTitle\nid;day\n1;a\n2;b;c\n3\n"
OPTIONS = ParsingOptions(delimiter=";", comment="#", skipped_rows=2)


def shown(content, options, *, first=None, read_up_to=1_000_000):
    return preview(
        BytesSource(content), options, first=first, read_up_to=read_up_to, size=len(content)
    )


def test_lines_have_roles_and_rows_have_lines():
    found = shown(TILL, OPTIONS)

    assert found.roles == ["above", "above", "header", "row", "problem", "row"]
    assert found.names == ("id", "day")
    assert [(row.line, row.cells) for row in found.rows if not row.problem] == [
        (4, ("1", "a")),
        (6, ("3", None)),
    ]
    assert "3 cells" in found.rows[1].problem


def test_a_line_deep_in_a_large_file_is_found():
    content = b"id,name\n" + b"".join(b"%d,x\n" % number for number in range(2, 200_000))

    found = shown(gzip.compress(content), ParsingOptions(), first=150_000, read_up_to=10)

    assert [row.cells[0] for row in found.rows] == [
        str(number) for number in range(150_000, 150_000 + ROWS_SHOWN)
    ]
    assert found.lines[3].text == "150000,x"
    assert set(found.roles) == {"row"}


def test_only_the_head_of_a_large_file_is_read():
    content = b"id,name\n" + b"1,x\n" * 500_000 + b"2,\xff\n"

    assert shown(content, ParsingOptions(), read_up_to=10).problem == ""


def test_what_cannot_be_read_is_said_beside_its_line():
    content = b"id,name\n" + b"1,x\n" * 30 + b"2,\xff\n"

    found = shown(content, ParsingOptions())

    assert "Line 32" in found.problem
    assert [line.number for line, role in found.marked_lines if role == "problem"] == [32]
    assert found.lines[0].number == 29


def test_a_large_file_that_must_be_read_whole_waits_to_be_parsed():
    content = b'[{"id": 1}]'

    assert (
        "Parse File"
        in shown(content, recognise(BytesSource(content)).options, read_up_to=3).problem
    )


def test_a_sheet_is_shown_as_it_stands():
    book = openpyxl.Workbook()
    for row in (["Report"], [], ["id", "city"], [1, "Oslo"], [2, "Bergen"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)

    found = shown(file.getvalue(), recognise(BytesSource(file.getvalue())).options)
    deep = shown(file.getvalue(), recognise(BytesSource(file.getvalue())).options, first=5)

    assert found.title == "On the sheet"
    assert [line.text for line in found.lines] == [
        "Report\t",
        "\t",
        "id\tcity",
        "1\tOslo",
        "2\tBergen",
    ]
    assert found.roles == ["above", "above", "header", "row", "row"]
    assert [row.cells for row in deep.rows] == [("2", "Bergen")]
    assert deep.lines[0].number == 2


@pytest.mark.parametrize("format", list(FileFormat))
@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"a,b\n1,2\n", b'{"a": 1}\n'])
def test_any_options_can_be_tried_on_any_file(format, content):
    found = shown(content, replace(ParsingOptions(), format=format))

    assert found.problem or found.names


def test_a_wide_file_is_shown_in_part():
    names = ",".join(f"c{number}" for number in range(1_000))

    found = shown(f"{names}\n{names}\n".encode(), ParsingOptions())

    assert (len(found.names), found.more_names) == (COLUMNS_SHOWN, 1_000 - COLUMNS_SHOWN)
    assert len(found.rows[0].cells) == COLUMNS_SHOWN
