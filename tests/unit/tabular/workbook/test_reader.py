"""Workbooks: values as text, the table on the sheet, and every fault named."""

import datetime
import gzip
import io
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.source import BytesSource, FileUnreadable
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.reading import columns_of, read
from app.tabular.recognising import recognise
from app.tabular.workbook.cells import cell_text
from tests.unit.tabular.workbook.books import (
    DAY,
    MOMENT,
    PEOPLE,
    TEXTS,
    WRITERS,
    calculated,
    xls,
    xlsb,
    xlsx,
)

BOOK = {kind: write({"Empty": [], "People": PEOPLE}) for kind, write in WRITERS.items()}
kinds = pytest.mark.parametrize("kind", WRITERS)


def rows_of(content, options=None, **wishes):
    source = BytesSource(content)
    batches = read(source, options or recognise(source).options, **wishes)
    return [row for batch in batches for row in batch.frame.to_numpy(na_value=None).tolist()]


def refusal_of(content):
    with pytest.raises(FileUnreadable) as refused:
        rows_of(content)
    return refused.value


@kinds
def test_the_first_sheet_with_cells_is_read_as_text(kind):
    recognition = recognise(BytesSource(BOOK[kind]))

    assert recognition.options.format is FileFormat.WORKBOOK
    assert recognition.questions == ()
    assert recognition.evidence[0].sentence == f"The file is a workbook ({kind})."
    assert recognition.evidence[1].sentence == "“People” is the first sheet with cells."
    assert columns_of(BytesSource(BOOK[kind]), recognition.options).names == tuple(PEOPLE[0])
    assert rows_of(BOOK[kind], recognition.options) == TEXTS
    assert rows_of(gzip.compress(BOOK[kind])) == TEXTS


@kinds
def test_other_sheets_are_alternatives_and_can_be_chosen(kind):
    content = WRITERS[kind]({"A": PEOPLE, "B": [["x", "y"], [1, 2], [3, 4]]})

    recognition = recognise(BytesSource(content))

    assert recognition.evidence[1].sentence == (
        "“A” is the first sheet with cells; 1 other has some too."
    )
    sheets = [each.options.sheet for each in recognition.alternatives]
    assert sheets[0] == "B"
    assert not any(sheets[1:])
    assert rows_of(content, recognition.alternatives[0].options) == [["1", "2"], ["3", "4"]]


@kinds
def test_titles_and_notes_about_the_table_and_empty_columns_are_left_out(kind):
    rows = [
        [None, "Report of the year"],
        [],
        *([None, *row] for row in PEOPLE),
        [],
        [None, "Source: the office"],
    ]
    content = WRITERS[kind]({"S": rows})

    options = recognise(BytesSource(content)).options
    [batch] = read(BytesSource(content), options)

    assert (options.skipped_rows, options.header_rows, options.first_column) == (2, 1, 1)
    assert batch.frame.to_numpy(na_value=None).tolist() == TEXTS
    assert batch.lines.tolist() == [4, 5, 6]
    assert not batch.bad_rows


def test_rows_are_numbered_as_the_sheet_numbers_them():
    book = openpyxl.Workbook()
    for row in range(5, 9):
        book.active.cell(row, 3, f"name {row}" if row > 5 else "name")
        book.active.cell(row, 4, row if row > 5 else "id")
    saved = io.BytesIO()
    book.save(saved)

    [batch] = read(
        BytesSource(saved.getvalue()), recognise(BytesSource(saved.getvalue())).options,
        columns=["id", "other"], keep_raws=True,
    )  # fmt: skip

    assert batch.lines.tolist() == [6, 7, 8]
    assert batch.frame["id"].tolist() == ["6", "7", "8"]
    assert batch.missing_columns == ("other",)
    assert batch.unexpected_columns == ("name",)
    assert batch.raws[0] == '[null, null, "name 6", "6"]'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (-0.0, "-0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e20, "100000000000000000000"),
        (1e-7, "0.0000001"),
        (1e300, "1e+300"),
        (True, "true"),
        (DAY, "2026-03-01"),
        (MOMENT, "2026-03-01T10:30:00"),
        (MOMENT.replace(microsecond=500_000), "2026-03-01T10:30:00.5"),
        (datetime.time(10, 30), "10:30:00"),
        (datetime.timedelta(hours=30, seconds=1), "30:00:01"),
        ("", None),
        (" ", " "),
    ],
)
def test_each_value_is_written_in_one_way(value, text):
    assert cell_text(value) == text


def test_a_binary_workbook_is_read_as_others_are():
    content = xlsb({"S": [["id", "name", "ok"], [1, "Zoë", True], [2.5, None, False]]})

    assert recognise(BytesSource(content)).evidence[0].sentence == "The file is a workbook (XLSB)."
    assert rows_of(content) == [["1", "Zoë", "true"], ["2.5", None, "false"]]


def test_midnight_is_a_moment_among_moments_and_a_day_among_days():
    midnight = MOMENT.replace(hour=0, minute=0)
    content = xlsx({"S": [["n", "day", "at"], [1, midnight, midnight], [2, midnight, MOMENT]]})

    assert rows_of(content) == [
        ["1", "2026-03-01", "2026-03-01T00:00:00"],
        ["2", "2026-03-01", "2026-03-01T10:30:00"],
    ]


def test_a_part_that_unpacks_to_more_than_it_says_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/sharedStrings.xml", bytes(1_000_000))
    lying = packed.getvalue().replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert refusal_of(lying).code == "bad_syntax"


def test_a_sheet_that_is_not_there_is_named():
    options = ParsingOptions(format=FileFormat.WORKBOOK, sheet="Nope")

    with pytest.raises(FileUnreadable) as refused:
        rows_of(BOOK["XLSX"], options)

    assert "“Nope”" in refused.value.message


@kinds
def test_a_workbook_without_cells_is_empty(kind):
    assert refusal_of(WRITERS[kind]({"A": [], "B": []})).code == "empty_file"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOOK["XLSX"][:3_000], "archive_problem"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not_recognised"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "kind_not_supported",
        ),
        (BOOK["XLS"][:1_500], "not_recognised"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_with_a_reason(content, code):
    assert refusal_of(content).code == code


@given(st.sampled_from(list(BOOK)), st.data())
def test_any_damage_is_read_or_refused_with_a_sentence(kind, data):
    content = bytearray(BOOK[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    with suppress(FileUnreadable):
        rows_of(bytes(content))


@given(st.data())
def test_any_damage_inside_the_parts_is_read_or_refused_with_a_sentence(data):
    kind = data.draw(st.sampled_from(["XLSX", "ODS"]))
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK[kind])) as old, zipfile.ZipFile(changed, "w") as new:
        damaged = data.draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            part = bytearray(old.read(name))
            if name == damaged and part:
                start = data.draw(st.integers(0, len(part) - 1))
                part[start : start + data.draw(st.integers(0, 9))] = data.draw(
                    st.binary(max_size=9)
                )
            new.writestr(name, bytes(part))

    with suppress(FileUnreadable):
        rows_of(changed.getvalue())


def test_columns_may_be_numbered():
    assert rows_of(xls({"S": [[1, 2], [3, 4], [5, 6]]})) == [["1", "2"], ["3", "4"], ["5", "6"]]


def test_another_sheet_with_as_many_cells_or_the_same_names_is_asked_about():
    other = [["x", "y", "z"], *([number, 1, 2] for number in range(6))]

    for second in (other, PEOPLE[:2]):
        recognition = recognise(BytesSource(xlsx({"A": PEOPLE, "B": second})))
        assert recognition.options.sheet == ""
        assert recognition.questions == ("sheet",)


@pytest.mark.parametrize(
    "cover", [[["Survey"], [], ["See the next sheet."]], [["Made by", "Ana"], ["On", "Monday"]]]
)
def test_a_cover_gives_way_to_the_table_on_another_sheet(cover):
    rows = [["x", "y", "z"], *([number, 1, 2] for number in range(20))]
    content = xlsx({"Cover": cover, "Data": rows, "Codes": [["a", "b"], [1, 2]]})

    recognition = recognise(BytesSource(content))

    assert recognition.options.sheet == "Data"
    assert recognition.questions == ("sheet",)
    assert recognition.alternatives[0].options.sheet == "Cover"
    assert len(rows_of(content)) == 20


@pytest.mark.parametrize("kind", ["XLSX", "ODS"])
def test_formulas_that_nobody_has_calculated_are_told_and_asked_about(kind):
    rows = [["item", "sum"], ["Mug", "=1+1"], ["Fork", "=2+2"]]
    content = WRITERS[kind]({"A": rows})

    recognition = recognise(BytesSource(content))

    assert recognition.questions == ("sheet",)
    assert any(
        each.sentence.startswith("2 formulas have no value") for each in recognition.evidence
    )
    assert rows_of(content) == [["Mug", None], ["Fork", None]]


def test_names_among_the_rows_of_a_sheet_are_asked_about():
    rows = [
        ["id", "n", "size"],
        [1, 4, 3],
        [2, 5, 3],
        ["code", "price", "stock"],
        [3, 6, 8],
        [4, 7, 9],
    ]

    assert recognise(BytesSource(xlsx({"A": rows}))).questions == ("header_rows",)


def test_formulas_with_values_are_not_asked_about():
    rows = [["item", "sum"], ["Mug", "=1+1"], ["Fork", "=2+2"]]
    content = calculated(xlsx({"A": rows}), "2")

    assert recognise(BytesSource(content)).questions == ()
    assert rows_of(content) == [["Mug", "2"], ["Fork", "2"]]


@pytest.mark.parametrize(("middle", "is_asked"), [(None, True), ("note", False)])
def test_an_empty_column_within_the_table_may_part_two_and_is_asked_about(middle, is_asked):
    left = [["x", "y"], *([number, 1] for number in range(3))]
    right = [["town", "mail"], ["Oslo", "a@x.no"], ["Rome", "b@x.no"], ["Bath", "c@x.no"]]
    names = [[middle], [None], [None], [None]]
    content = xlsx({"A": [sum(parts, []) for parts in zip(left, names, right, strict=True)]})

    recognition = recognise(BytesSource(content))

    assert ("column_count" in recognition.questions) is is_asked
    assert len(rows_of(content)[0]) == 5
