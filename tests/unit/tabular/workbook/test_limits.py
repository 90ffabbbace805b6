"""Workbooks that would take all memory, and the errors in their cells."""

import io
import struct
import zipfile

import openpyxl
import pytest
import xlwt

from app.tabular.files.source import BytesSource, FileUnreadable
from app.tabular.reading import read
from app.tabular.recognising import recognise
from tests.unit.tabular.workbook.books import PEOPLE, ods, xls, xlsb, xlsx

CONTENT = xlsx({"People": PEOPLE})


def rows_of(content):
    source = BytesSource(content)
    batches = read(source, recognise(source).options)
    return [row for batch in batches for row in batch.frame.to_numpy(na_value=None).tolist()]


def refusal_of(content):
    with pytest.raises(FileUnreadable) as refused:
        rows_of(content)
    return refused.value


def far_apart_xlsx():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 2
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def far_apart_ods():
    content = ods({"S": [["x", "y"]]})
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            times = b' table:number-rows-repeated="1000000" '
            new.writestr(name, part.replace(b"<table:table-row", b"<table:table-row" + times)
                         .replace(b"<table:table-cell", b"<table:table-cell table:number-columns-"
                                                        b'repeated="1000" '))  # fmt: skip
    return changed.getvalue()


@pytest.mark.parametrize("make", [far_apart_xlsx, far_apart_ods])
def test_cells_far_apart_are_refused_before_they_take_all_memory(make):
    assert refusal_of(make()).code == "too_large"


def changed_part(content, name, change, new_name=None):
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for each in old.namelist():
            part = old.read(each)
            if new_name:
                part = part.replace(name.encode(), new_name.encode())
            is_it = each == name
            new.writestr(new_name or each if is_it else each, change(part) if is_it else part)
    return changed.getvalue()


def with_last_row(cell):
    row = b'<row r="1048576">' + cell + b"<v>1</v></c></row></sheetData>"
    return lambda part: part.replace(b"</sheetData>", row)


def xls_far_right():
    book, saved = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("S").write(60_001, 77, 1)
    book.save(saved)
    place = struct.pack("<HH", 60_001, 77)
    assert saved.getvalue().count(place) == 1
    return saved.getvalue().replace(place, struct.pack("<HH", 60_001, 65_535))


@pytest.mark.parametrize(
    "cell",
    [b'<c r = "XFD1048576">', b'<c r="xfd1048576">', b'<c r="XFD001048576">']
    + [b'<c r="AAAA1048576">', b"<c/>" * 16_000 + b"<c>"],
)
def test_cells_far_apart_that_are_written_oddly_end_no_more_than_a_process_of_their_own(cell):
    part = "xl/worksheets/sheet1.xml"

    assert refusal_of(changed_part(CONTENT, part, with_last_row(cell))).code == "too_large"


def test_a_sheet_is_measured_wherever_it_is_kept():
    change = with_last_row(b'<c r="XFD1048576">')
    content = changed_part(CONTENT, "xl/worksheets/sheet1.xml", change, "xl/other/a.xml")

    assert refusal_of(content).code == "too_large"


def test_an_old_workbook_with_more_columns_than_there_are_is_refused():
    assert refusal_of(xls_far_right()).code == "too_large"


@pytest.mark.parametrize("write", [xlsx, xlsb, xls])
def test_errors_are_kept_as_their_text(write):
    content = write({"E": [], "S": [["a", "b"], ["#N/A", 1], [2, "#DIV/0!"]]})

    assert rows_of(content) == [["#N/A", "1"], ["2", "#DIV/0!"]]


def test_an_error_that_a_formula_of_an_old_workbook_gave_is_kept():
    book, saved = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("S")
    for row, values in enumerate([["a", "b"], [1, xlwt.Formula("1/0")], [2, 3]]):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    book.save(saved)
    content, formula = saved.getvalue(), struct.pack("<HHHH", 6, 29, 1, 1)
    result = content.index(formula) + 10
    was_error = content[:result] + b"\x02\0\x07\0\0\0\xff\xff" + content[result + 8 :]

    assert rows_of(was_error) == [["1", "#DIV/0!"], ["2", "3"]]


def test_an_error_of_an_open_document_is_kept():
    content = changed_part(
        ods({"S": [["a", "b"], [1, "x"], [2, 3]]}),
        "content.xml",
        lambda part: part.replace(
            b'office:value-type="string"><text:p>x<',
            b'office:value-type="string" office:string-value="" calcext:value-type="error">'
            b"<text:p>#DIV/0!<",
        ).replace(b"<office:document-content ", b'<office:document-content xmlns:calcext="c" '),
    )

    assert rows_of(content) == [["1", "#DIV/0!"], ["2", "3"]]
