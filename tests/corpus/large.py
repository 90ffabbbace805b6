"""Larger files, written by rule, whose surprise comes late or whose size is the surprise."""

from tests.corpus.messy import Messy, Row

TOWNS = ("Lund", "Ystad", "Kiruna", "Visby", "Falun", "Umea", "Kalmar")
NAMES: Row = ("id", "town", "day", "amount", "remark")


def plain_rows(count: int) -> list[Row]:
    """Return rows without a surprise."""
    return [
        (
            f"{number:06}",
            TOWNS[number % 7],
            f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}",
            f"{number * 37 % 9000 / 100:.2f}",
            "checked by the evening shift" if number % 3 else "",
        )
        for number in range(1, count + 1)
    ]


def lines_of(rows: list[Row], delimiter: str = ",") -> list[str]:
    """Return the rows as lines; no cell needs a quote."""
    return [delimiter.join(row) for row in rows]


def file_of(lines: list[str], encoding: str = "utf-8") -> bytes:
    """Return the lines as a file."""
    return "".join(line + "\n" for line in lines).encode(encoding)


def wide(count: int) -> Messy:
    """Return a table with very many columns, as machines log them."""
    header = ("sample", *(f"ch{number:03}" for number in range(1, count)))
    rows = tuple(
        (f"S{row}", *(f"{(row * 31 + column) % 997 / 10}" for column in range(1, count)))
        for row in range(1, 6)
    )
    return Messy(f"wide_{count}.csv", file_of(lines_of([header, *rows], ";")), header, rows)


def late_row(name: str, line: str, row: Row, ask: str = "no", encoding: str = "utf-8") -> Messy:
    """Return a plain file with one other line, near the end of its last third."""
    rows = plain_rows(9_000)
    lines = lines_of([NAMES, *rows])
    lines.insert(7_001, line)
    rows.insert(7_000, row)
    return Messy(name, file_of(lines, encoding), NAMES, tuple(rows), ask)  # type: ignore[arg-type]


def late_long_row() -> Messy:
    """Return a file of which one late row has a cell more."""
    rows = plain_rows(9_000)
    lines = lines_of([NAMES, *rows])
    lines[7_000] += ",see letter"
    longer = [(*row, "") for row in rows]
    longer[6_999] = (*rows[6_999], "see letter")
    return Messy("late_long_row.csv", file_of(lines), (*NAMES, "column_6"), tuple(longer), "may")


def late_value_in_an_edge_column() -> Messy:
    """Return a file whose last column, without a name, is empty but for one late row."""
    rows = [(*row, "") for row in plain_rows(9_000)]
    rows[7_000] = (*rows[7_000][:5], "moved")
    lines = [",".join(NAMES) + ",", *lines_of(rows)]
    header = (*NAMES, "column_6")
    return Messy("late_value_in_an_edge_column.csv", file_of(lines), header, tuple(rows), "may")


def joined_exports(name: str, count: int) -> Messy:
    """Return two exports one below the other, each with its header."""
    rows = plain_rows(count)
    lines = lines_of(rows)
    header = ",".join(NAMES)
    half = count // 2
    content = [header, *lines[:half], header, *lines[half:]]
    return Messy(name, file_of(content), NAMES, tuple(rows), "must")


def late_lines(name: str, place: int, more: list[str], ask: str = "no") -> Messy:
    """Return a plain file with lines that are no rows."""
    rows = plain_rows(9_000)
    lines = lines_of([NAMES, *rows])
    lines[place:place] = more
    return Messy(name, file_of(lines), NAMES, tuple(rows), ask)  # type: ignore[arg-type]


def long_cell() -> Messy:
    """Return a file with one cell of 300,000 characters."""
    picture = "QUJD" * 75_000
    rows = (("1", "a.png", picture), ("2", "b.png", ""), ("3", "c.png", "QUJD"))
    header = ("id", "file", "content")
    return Messy("long_cell.csv", file_of(lines_of([header, *rows])), header, rows)


def long_preamble() -> Messy:
    """Return a short table below sixty lines of an instrument's settings."""
    settings = [f"[{number:02}] Setting {number}: {number * 7 % 50}" for number in range(60)]
    header = ("Wavenumber", "Counts")
    rows = tuple((f"{400 + 2 * row}", f"{row * 13 % 101}.5") for row in range(40))
    lines = [*settings, "", *lines_of([header, *rows], "\t")]
    return Messy("long_preamble.txt", file_of(lines), header, rows)


def repeated(count: int) -> Messy:
    """Return rows that are all the same, but for one."""
    rows = (("0", "0", "0"),) * count + (("1", "0", "0"),)
    header = ("a", "b", "c")
    return Messy("all_the_same.csv", file_of(lines_of([header, *rows], ";")), header, rows)


FILES = (
    wide(600),
    long_cell(),
    long_preamble(),
    repeated(2_000),
    late_row(
        "late_accents_utf8.csv",
        "907001,Malmö,2021-05-05,1.00,öppet i går",
        ("907001", "Malmö", "2021-05-05", "1.00", "öppet i går"),
    ),
    late_row(
        "late_accents_cp1252.csv",
        "907001,Malmö,2021-05-05,1.00,öppet i går",
        ("907001", "Malmö", "2021-05-05", "1.00", "öppet i går"),
        encoding="cp1252",
    ),
    late_row(
        "late_quotes.csv",
        '907001,"Lund, east",2021-05-05,"1,000.00","told ""maybe"",\ncall again"',
        ("907001", "Lund, east", "2021-05-05", "1,000.00", 'told "maybe",\ncall again'),
    ),
    late_row(
        "late_quote_in_a_cell.csv",
        '907001,Lund,2021-05-05,1.00,pipe 5" wide',
        ("907001", "Lund", "2021-05-05", "1.00", 'pipe 5" wide'),
    ),
    late_row(
        "late_quote_left_open.csv",
        '907001,Lund,2021-05-05,1.00,"pipe, wide',
        ("907001", "Lund", "2021-05-05", "1.00", '"pipe', " wide"),
        "must",
    ),
    late_row(
        "late_short_row.csv",
        "907001,Lund",
        ("907001", "Lund", "", "", ""),
        "may",
    ),
    late_long_row(),
    late_value_in_an_edge_column(),
    joined_exports("joined_exports.csv", 9_000),
    joined_exports("joined_large_exports.csv", 60_000),
    late_lines("late_comments.csv", 7_000, ["# gap, power cut", "# resumed"], "may"),
    late_lines("late_blank_rows.csv", 7_000, ["", ",,,,", ""]),
    late_lines("six_thousand_empty_rows.csv", 9_001, [",,,,"] * 6_000),
    late_lines("late_source_note.csv", 9_001, ["", "Source: towns, 2021", "Revised in May"]),
    late_lines(
        "late_second_table.csv",
        9_001,
        ["", "town,people", "Lund,94393", "Ystad,20287", "Visby,24330"],
        "must",
    ),
)
