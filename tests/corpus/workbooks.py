"""Workbooks as offices fill them: titles, merged names, hidden sheets, errors, moments."""

import datetime
import io
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus.messy import Ask, Messy, messy

DAY = datetime.date(2023, 3, 1)
Filling = Callable[[Workbook, Worksheet], None]


def workbook(name: str, fill: Filling, truth: str, ask: Ask = "no") -> Messy:
    """Return a workbook whose first sheet `fill` has filled."""
    book = Workbook()
    sheet = book.worksheets[0]
    fill(book, sheet)
    saved = io.BytesIO()
    book.save(saved)
    table = messy(name, "", truth, ask)
    return Messy(name, saved.getvalue(), table.header, table.rows, ask)


def plain(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in dates, codes, percentages and an empty cell."""
    for row in (
        ["Code", "Name", "Since", "Share", "Open"],
        ["007", "Quay", DAY, 0.125, True],
        ["1E5", "Mill, old", None, 1, False],
        ["0042", None, datetime.date(1999, 12, 31), 0.3333, True],
    ):
        sheet.append(row)
    for cell in sheet["D"][1:]:
        cell.number_format = "0.0%"


def titled(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in a merged title, a gap, a table and a note."""
    sheet["B2"] = "Harbour dues, first quarter"
    sheet.merge_cells("B2:E2")
    rows: tuple[list[object], ...] = (
        ["Ship", "Arrived", "Tons", "Dues"],
        ["Aurora", DAY, 1204, 88.5],
        ["Bris", datetime.date(2023, 3, 4), 88, None],
        ["Cetus", datetime.date(2023, 3, 9), 12900, 1020.1],
    )
    for number, row in enumerate(rows, start=4):
        for column, value in enumerate(row, start=2):
            sheet.cell(number, column).value = value  # type: ignore[assignment]
    sheet["B9"] = "Source: harbour office; dues in EUR"


def two_headers(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in two rows of names, the upper ones merged over the lower."""
    for row in (
        ["Region", "Men", None, "Women", None],
        [None, "Count", "Share", "Count", "Share"],
        ["North", 120, 0.2, 131, 0.21],
        ["South", 88, 0.1, 70, 0.09],
        ["East", 41, 0.04, 22, 0.02],
    ):
        sheet.append(row)
    for merged in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(merged)


def behind_a_hidden_sheet(book: Workbook, sheet: Worksheet) -> None:
    """Fill in a hidden sheet of settings, then the table."""
    sheet.append(["key", "value"])
    sheet.append(["version", 3])
    sheet.append(["locale", "nb"])
    sheet.sheet_state = "hidden"
    shown = book.create_sheet("Members")
    for row in (["No", "Name", "Fee"], [1, "Ada", 120], [2, "Bo", 120], [3, "Cy", 60.5]):
        shown.append(row)
    book.active = 1


def behind_a_cover(book: Workbook, sheet: Worksheet) -> None:
    """Fill in a cover with some words, then the table on the next sheet."""
    sheet.title = "Read me"
    sheet["A1"] = "Staff survey 2023"
    sheet["A3"] = "Results are on the next sheet."
    results = book.create_sheet("Results")
    for row in (["Question", "Yes", "No"], ["Pay?", 12, 30], ["Hours?", 20, 22], ["Food?", 41, 1]):
        results.append(row)


def errors(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in error cells and text that looks like numbers."""
    for row in (
        ["Item", "Qty", "Unit price", "Note"],
        ["Mug", 4, 9.9, "#N/A"],
        ["Plate", 0, "#DIV/0!", None],
        ["Fork", 12, 2.1, "00123"],
    ):
        sheet.append(row)


def moments(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in moments, times of day, lengths of time, long numbers and line feeds."""
    moment = datetime.datetime.fromisoformat("2023-03-01T10:30:00")
    for row in (
        ["At", "Of day", "Took", "Card", "Text"],
        [moment, datetime.time(9, 5), datetime.timedelta(hours=30), "4000123412341234", "a\nb"],
        [moment.replace(minute=0), datetime.time(23, 59, 1), None, "4000999912341234", " x "],
    ):
        sheet.append(row)


def yearly(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in names that are numbers and dates, a column without a name, and totals."""
    for row in (
        ["Area", 2021, 2022, None, DAY],
        ["North", 10, 12, "new", 3],
        ["South", 7, None, None, 4],
        ["Total", 17, 12, None, 7],
    ):
        sheet.append(row)


def two_tables(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in two tables of different columns, one below the other."""
    for row in (
        ["Product", "Units"],
        ["Tea", 120],
        ["Coffee", 340],
        [],
        ["Month", "Revenue"],
        ["January", 1200.5],
        ["February", 1100],
    ):
        sheet.append(row)


def uncalculated(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in formulas that no program has calculated yet."""
    for row in (
        ["Item", "Qty", "Price", "Sum"],
        ["Mug", 4, 9.9, "=B2*C2"],
        ["Fork", 2, 2, "=B3*C3"],
    ):
        sheet.append(row)


def pasted_lines(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in lines of delimited text, each in one cell, as a wrong import leaves them."""
    for line in ("id;name;town", "1;Ada;York", "2;Bo;Hull", "3;Cy;Bath, north"):
        sheet.append([line])


def units_below(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in a row of units below the names."""
    for row in (
        ["Time", "Depth", "Flow"],
        ["s", "m", "l/s"],
        [0, 1.2, 14.1],
        [10, 1.22, 14.4],
        [20, 1.21, 14.2],
    ):
        sheet.append(row)


def grouped(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in groups whose name stands once, merged over the rows of the group."""
    for row in (
        ["Team", "Player", "Goals"],
        ["Reds", "Ames", 4],
        [None, "Boyd", 0],
        ["Blues", "Cole", 7],
        [None, "Dunn", 2],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A4:A5")


def remarks_beside(_book: Workbook, sheet: Worksheet) -> None:
    """Fill in a table with a remark some columns to the right of it."""
    for row in (
        ["Ship", "Tons", None, None, None],
        ["Aurora", 1204, None, None, "checked by Ana"],
        ["Bris", 88, None, None, None],
        ["Cetus", 12900, None, None, None],
    ):
        sheet.append(row)


FILES = (
    workbook(
        "register.xlsx",
        plain,
        "Code¦Name¦Since¦Share¦Open\n007¦Quay¦2023-03-01¦0.125¦true\n1E5¦Mill, old¦¦1¦false\n"
        "0042¦¦1999-12-31¦0.3333¦true\n",
    ),
    workbook(
        "dues.xlsx",
        titled,
        "Ship¦Arrived¦Tons¦Dues\nAurora¦2023-03-01¦1204¦88.5\nBris¦2023-03-04¦88¦\n"
        "Cetus¦2023-03-09¦12900¦1020.1\n",
    ),
    workbook(
        "merged_names.xlsx",
        two_headers,
        "Region¦Men Count¦Men Share¦Women Count¦Women Share\nNorth¦120¦0.2¦131¦0.21\n"
        "South¦88¦0.1¦70¦0.09\nEast¦41¦0.04¦22¦0.02\n",
        "may",
    ),
    workbook(
        "hidden_settings.xlsx",
        behind_a_hidden_sheet,
        "No¦Name¦Fee\n1¦Ada¦120\n2¦Bo¦120\n3¦Cy¦60.5\n",
        "may",
    ),
    workbook(
        "cover_sheet.xlsx",
        behind_a_cover,
        "Question¦Yes¦No\nPay?¦12¦30\nHours?¦20¦22\nFood?¦41¦1\n",
        "may",
    ),
    workbook(
        "error_cells.xlsx",
        errors,
        "Item¦Qty¦Unit price¦Note\nMug¦4¦9.9¦#N/A\nPlate¦0¦#DIV/0!¦\nFork¦12¦2.1¦00123\n",
        "may",
    ),
    workbook(
        "moments.xlsx",
        moments,
        "At¦Of day¦Took¦Card¦Text\n"
        "2023-03-01T10:30:00¦09:05:00¦30:00:00¦4000123412341234¦a⏎b\n"
        "2023-03-01T10:00:00¦23:59:01¦¦4000999912341234¦ x \n",
    ),
    workbook(
        "years_and_a_day.xlsx",
        yearly,
        "Area¦2021¦2022¦column_4¦2023-03-01\nNorth¦10¦12¦new¦3\nSouth¦7¦¦¦4\nTotal¦17¦12¦¦7\n",
        "may",
    ),
    workbook(
        "two_tables.xlsx",
        two_tables,
        "Product¦Units\nTea¦120\nCoffee¦340\n",
        "must",
    ),
    workbook(
        "formulas_without_values.xlsx",
        uncalculated,
        "Item¦Qty¦Price¦Sum\nMug¦4¦9.9¦\nFork¦2¦2¦\n",
        "must",
    ),
    workbook(
        "lines_in_one_column.xlsx",
        pasted_lines,
        "id¦name¦town\n1¦Ada¦York\n2¦Bo¦Hull\n3¦Cy¦Bath, north\n",
        "must",
    ),
    workbook(
        "units_below_names.xlsx",
        units_below,
        "Time s¦Depth m¦Flow l/s\n0¦1.2¦14.1\n10¦1.22¦14.4\n20¦1.21¦14.2\n",
        "must",
    ),
    workbook(
        "merged_groups.xlsx",
        grouped,
        "Team¦Player¦Goals\nReds¦Ames¦4\n¦Boyd¦0\nBlues¦Cole¦7\n¦Dunn¦2\n",
        "may",
    ),
    workbook(
        "remarks_beside.xlsx",
        remarks_beside,
        "Ship¦Tons¦column_3¦column_4¦column_5\nAurora¦1204¦¦¦checked by Ana\nBris¦88¦¦¦\n"
        "Cetus¦12900¦¦¦\n",
        "may",
    ),
)
