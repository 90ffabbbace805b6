"""Workbooks of every kind, with the same cells, for tests."""

import datetime
import io

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

DAY = datetime.date(2026, 3, 1)
MOMENT = datetime.datetime.fromisoformat("2026-03-01T10:30:00")
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


def xls(sheets):
    book = xlwt.Workbook()
    styles = {datetime.date: "YYYY-MM-DD", datetime.datetime: "YYYY-MM-DD HH:MM:SS"}
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row_number, row in enumerate(rows):
            for column, value in enumerate(row):
                style = xlwt.easyxf(num_format_str=styles.get(type(value), "General"))
                if value is not None:
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
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=value))
    return cell


def _saved(book):
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


WRITERS = {"XLSX": xlsx, "XLS": xls, "ODS": ods}
