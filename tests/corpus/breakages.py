"""Long plain files into which something fell that is no row, and what stands in for a file."""

from tests.corpus.messy import Ask, Messy, Row, refused

NAMES: Row = ("id", "town", "day", "amount")
TOWNS = ("Lund", "Ystad", "Kiruna", "Visby", "Falun")


def rows_of(count: int) -> list[Row]:
    """Return rows that hold nothing odd."""
    return [
        (
            str(number),
            TOWNS[number % 5],
            f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}",
            f"{number * 37 % 9000 / 100:.2f}",
        )
        for number in range(1, count + 1)
    ]


def fallen_in(name: str, *lines: str, before: tuple[int, ...] = (700,), ask: Ask = "must") -> Messy:
    """Return a thousand rows, and lines that are no rows before some of them."""
    rows = rows_of(1_000)
    written = [",".join(NAMES)]
    for place, row in enumerate(rows):
        written += (*(lines if place in before else ()), ",".join(row))
    return Messy(name, ("\n".join(written) + "\n").encode(), NAMES, tuple(rows), ask)


def conflict() -> Messy:
    """Return a file somebody merged and never looked at again: both versions stand in it."""
    rows = rows_of(300)
    twice = ("151", "Visby", "2021-08-12", "0.00")
    lines = [",".join(row) for row in rows]
    lines[150:151] = ["<<<<<<< HEAD", lines[150], "=======", ",".join(twice), ">>>>>>> prices"]
    rows.insert(151, twice)
    content = "\n".join([",".join(NAMES), *lines, ""]).encode()
    return Messy("merged_never_resolved.csv", content, NAMES, tuple(rows), "must")


def two_exports(rows_above: int, rows_below: int) -> Messy:
    """Return what a wearable exports: two titled tables, the second wider and longer."""
    above = tuple((f"2023-03-{day:02}", f"{80 - day / 10}") for day in range(1, rows_above + 1))
    below = [f"2023-03-{day % 28 + 1:02},{day * 91},{day / 7:.1f}" for day in range(rows_below)]
    lines = [
        *("Body", "Date,Weight", *(",".join(row) for row in above)),
        *("", "Activities", "Date,Steps,Distance", *below, ""),
    ]
    header = ("Date", "Weight")
    return Messy("wearable_export.csv", "\n".join(lines).encode(), header, above, "must")


FILES = (
    conflict(),
    two_exports(20, 200),
    fallen_in("connection_lost.csv", "ERROR: connection lost"),
    fallen_in("months_between.csv", "Next month,,,", before=(0, 200, 400, 600)),
    fallen_in("page_numbers_between.csv", "Page 3 of 9,,,", before=(299, 599, 899)),
    fallen_in("rules_between.csv", "-----,-----,-----,-----", before=(0, 500), ask="may"),
    fallen_in("rows_left_out.csv", "...,...,...,..."),
    fallen_in("subtotals_between.csv", "Subtotal,,,12004.00", before=(250, 500, 750)),
)
NO_TABLES = (
    refused(
        "kept_elsewhere.csv",
        "version https://git-lfs.github.com/spec/v1\n"
        "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n"
        "size 1204411\n",
    ),
)
