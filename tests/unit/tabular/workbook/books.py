"""Workbooks of every kind, with the same cells, for tests."""

import datetime
import io
import struct
import zipfile

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

DAY = datetime.date(2026, 3, 1)
MOMENT = datetime.datetime.fromisoformat("2026-03-01T10:30:00")
ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A}
PEOPLE = [
    ["id", "name", "born", "seen", "score", "ok"],
    [1, "Ada", DAY, MOMENT, 1.5, True],
    [2, "Zoë", DAY, MOMENT, 0.1, False],
    [3, None, DAY, MOMENT, -2.0, True],
]
TEXTS = [
    ["1", "Ada", "2026-03-01", "2026-03-01T10:30:00", "1.5", "true"],
    ["2", "Zoë", "2026-03-01", "2026-03-01T10:30:00", "0.1", "false"],
    ["3", None, "2026-03-01", "2026-03-01T10:30:00", "-2", "true"],
]


def xlsx(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return _saved(book)


def calculated(content, value):
    """Return a workbook of `xlsx` whose formulas all have the value that a program gave them."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(saved, "w") as archive:
        for name in book.namelist():
            part = book.read(name).replace(b"<v />", b"<v></v>")
            archive.writestr(name, part.replace(b"<v></v>", f"<v>{value}</v>".encode()))
    return saved.getvalue()


def xls(sheets):
    book = xlwt.Workbook()
    styles = {datetime.date: "YYYY-MM-DD", datetime.datetime: "YYYY-MM-DD HH:MM:SS"}
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row_number, row in enumerate(rows):
            for column, value in enumerate(row):
                style = xlwt.easyxf(num_format_str=styles.get(type(value), "General"))
                if isinstance(value, str) and value in ERRORS:
                    sheet.row(row_number).set_cell_error(column, ERRORS[value])
                elif value is not None:
                    sheet.write(row_number, column, value, style)
    return _saved(book)


def ods(sheets):
    book = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for value in row:
                line.addElement(_ods_cell(value))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    return _saved(book)


def _ods_cell(value):
    if value is None:
        return TableCell()
    if isinstance(value, bool):
        return TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value))
    if isinstance(value, datetime.date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if value.startswith("="):
        return TableCell(formula=f"of:{value}")
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=value))
    return cell


def _saved(book):
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


WRITERS = {"XLSX": xlsx, "XLS": xls, "ODS": ods}


def xlsb(sheets):
    """Write the records of XLSB by hand, since no library does: texts, numbers and errors."""
    book = b"".join(
        _record(0x9C, struct.pack("<II", 0, number) + _wide(f"r{number}") + _wide(name))
        for number, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="r{number}" Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(sheets) + 1)
    )
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book + _record(0x90) + _record(0x84))
        archive.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{links}</Relationships>")
        for number, rows in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.bin", _xlsb_sheet(rows))
    return saved.getvalue()


def _xlsb_sheet(rows):
    written = _record(0x94, struct.pack("<IIII", 0, max(0, len(rows) - 1), 0, 1)) + _record(0x91)
    for number, row in enumerate(rows):
        written += _record(0, struct.pack("<I", number) + bytes(13))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, str) and value in ERRORS:
                written += _record(3, place + bytes([ERRORS[value]]))
            elif isinstance(value, bool):
                written += _record(4, place + bytes([value]))
            elif isinstance(value, str):
                written += _record(6, place + _wide(value))
            elif value is not None:
                written += _record(5, place + struct.pack("<d", value))
    return written + _record(0x92)


def _record(kind, content=b""):
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size = len(content)
    while size > 127:
        head += bytes([size & 127 | 128])
        size >>= 7
    return head + bytes([size]) + content


def _wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
