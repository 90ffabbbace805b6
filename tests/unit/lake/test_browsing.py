"""Looking through a dataset: what is found, in which order, and how it is taken away."""

import csv
import io

import pyarrow as pa
import pytest
from deltalake import write_deltalake

from app.lake import browsing
from app.lake.tables import Lake

NAMES = ["c1", "c2"]


@pytest.fixture
def lake(tmp_path):
    lake = Lake(str(tmp_path), locks=str(tmp_path / "locks"))
    values = ["Ada", "50%", "a_b", "=1+1", "-5", "Łukasz", None, "@x"]
    table = pa.table({"c1": values, "c2": pa.array(range(len(values)), pa.int64())})
    write_deltalake(lake.address("people"), table)
    return lake


@pytest.mark.parametrize(
    ("search", "found"),
    [("ada", ["Ada"]), ("%", ["50%"]), ("_", ["a_b"]), ("łUK", ["Łukasz"]), ("nobody", [])],
)
def test_a_search_finds_text_in_any_column_whatever_its_case(lake, search, found):
    page = browsing.browse(lake, "people", NAMES, search=search)

    assert [row["c1"] for row in page.rows] == found
    assert page.total_count == 8


@pytest.mark.parametrize("descending", [False, True])
def test_pages_neither_repeat_nor_lose_a_row(lake, descending):
    seen = []
    for offset in range(0, 8, 3):
        page = browsing.browse(
            lake, "people", NAMES, sort="c1", descending=descending, limit=3, offset=offset
        )
        seen.extend(row["c2"] for row in page.rows)

    assert sorted(seen) == list(range(8))


def test_a_dataset_never_written_has_no_rows(tmp_path):
    page = browsing.browse(Lake(str(tmp_path), locks=str(tmp_path)), "none", NAMES)

    assert page == browsing.Page(rows=[], matching_count=0, total_count=0)


def test_a_column_the_dataset_does_not_have_yet_is_empty(lake):
    page = browsing.browse(lake, "people", ["c1", "c9"], limit=1)

    assert page.rows[0]["c9"] is None


def test_the_csv_has_every_row_and_no_formula(lake):
    text = "".join(browsing.stream_csv(lake, "people", {"c1": "Name", "c2": "Number"}))

    header, *rows = list(csv.reader(io.StringIO(text)))
    assert header == ["Name", "Number"]
    assert {cell for cell, _number in rows} == {
        "Ada", "50%", "a_b", "'=1+1", "-5", "Łukasz", "", "'@x",
    }  # fmt: skip


def test_a_thousand_columns_are_searched_and_sorted(tmp_path):
    lake = Lake(str(tmp_path / "lake"), locks=str(tmp_path / "locks"))
    names = [f"c{number}" for number in range(1_200)]
    rows = pa.table({name: [f"{name} of {row}" for row in range(60)] for name in names})
    write_deltalake(lake.address("wide"), rows)

    page = browsing.browse(lake, "wide", names, search="c1199 OF 59", sort="c7")
    text = "".join(browsing.stream_csv(lake, "wide", dict(zip(names, names, strict=True))))

    assert [row["c0"] for row in page.rows] == ["c0 of 59"]
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == 61
