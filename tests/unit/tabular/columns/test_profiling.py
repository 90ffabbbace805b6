"""Profiles: compared with the same figures worked out by hand over plain lists."""

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.profiling import FileProfile, profile
from app.tabular.files.source import BytesSource, PathSource
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.reading import columns_of, read
from app.tabular.types import ColumnType

DATA = Path(__file__).parents[3] / "data"


def profile_of(source, options=None, rows_per_batch=250):
    options = options or ParsingOptions()
    batches = read(source, options, rows_per_batch=rows_per_batch)
    return profile(batches, options, columns=columns_of(source, options))


def columns_in(found):
    return {column.name: column for column in found.columns}


def test_a_real_file_is_profiled_as_plain_counting_does():
    with (DATA / "chinook_customer.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    found = profile_of(PathSource(DATA / "chinook_customer.csv"))

    assert found.row_count == len(rows)
    for column in found.columns:
        values = [row[column.name] for row in rows]
        filled = [value for value in values if value]
        assert column.empty_count == len(values) - len(filled)
        assert column.distinct_count == len(set(filled))
        assert column.longest == max(map(len, filled))
        assert column.samples == tuple(dict.fromkeys(filled))[:5]
        assert column.sample_lines == tuple(values.index(each) + 2 for each in column.samples)


def test_real_columns_have_the_types_a_person_would_give_them():
    found = columns_in(profile_of(PathSource(DATA / "superstore.csv"), rows_per_batch=100))

    types = {name: found[name].type for name in ("Row ID", "Order Date", "Postal Code", "Sales")}

    assert types == {
        "Row ID": ColumnType.INTEGER,
        "Order Date": ColumnType.DATE,
        "Postal Code": ColumnType.TEXT,
        "Sales": ColumnType.DECIMAL,
    }


def test_extremes_are_compared_as_the_type_and_not_as_text():
    with (DATA / "superstore.csv").open(encoding="utf-8", newline="") as stream:
        profits = [Decimal(row["Profit"]) for row in csv.DictReader(stream)]

    profit = columns_in(profile_of(PathSource(DATA / "superstore.csv")))["Profit"]

    assert (Decimal(profit.minimum), Decimal(profit.maximum)) == (min(profits), max(profits))


def test_dates_in_words_are_known_by_their_pattern():
    options = ParsingOptions(FileFormat.JSON)

    released = columns_in(profile_of(PathSource(DATA / "movies.json"), options))["Release Date"]

    assert (released.type, released.pattern) == (ColumnType.DATE, "%b %d %Y")
    assert released.maximum == "2046-12-31"


def test_null_words_count_as_empty():
    options = ParsingOptions(null_words=("NULL",))

    found = profile_of(BytesSource(b"age,x\n1,a\nNULL,b\n3,\n"), options)

    assert [column.empty_count for column in found.columns] == [1, 1]
    assert found.columns[0].type is ColumnType.INTEGER


def test_a_word_for_nothing_is_offered_with_its_count():
    rows = "".join(f"{number}\n" for number in range(60)) + "NA\n" * 3

    (column,) = profile_of(BytesSource(f"age\n{rows}".encode())).columns

    assert (column.type, column.null_type) == (ColumnType.TEXT, ColumnType.INTEGER)
    assert (column.null_word, column.null_count) == ("NA", 3)


def test_a_row_of_units_is_named_by_its_line():
    found = profile_of(BytesSource(b"speed,name\nm/s,\n1.5,Ada\n2,Bob\n3,Cy\n"))

    assert (found.columns[0].unit, found.columns[0].unit_line) == ("m/s", 2)
    assert found.columns[1].unit == ""


def test_numbers_and_dates_have_a_histogram_and_all_columns_their_top_values():
    with (DATA / "superstore.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    found = columns_in(profile_of(PathSource(DATA / "superstore.csv")))

    profit, ordered, city = found["Profit"], found["Order Date"], found["City"]
    assert (sum(profit.histogram), len(profit.histogram)) == (len(rows), 24)
    assert (profit.histogram_from, profit.histogram_to) == (profit.minimum, profit.maximum)
    assert sum(ordered.histogram) == len(rows)
    assert city.histogram == ()
    assert [count for _, count in city.top_values] == [
        count for _, count in Counter(row["City"] for row in rows).most_common(8)
    ]


def test_the_shortest_and_the_longest_value_are_counted_in_characters():
    (column,) = profile_of(BytesSource("a\né\nfünf\n".encode())).columns

    assert (column.shortest, column.longest) == (1, 4)


def test_a_counter_example_is_named_by_its_line():
    rows = "\n".join(str(number) for number in range(50))

    (column,) = profile_of(BytesSource(f"age\n{rows}\nold\n".encode())).columns

    assert (column.type, column.nearly) == (ColumnType.TEXT, ColumnType.INTEGER)
    assert [(each.line, each.value) for each in column.counter_examples] == [(52, "old")]


def test_a_header_without_rows_still_has_its_columns():
    found = profile_of(BytesSource(b"id,name\n"))

    assert found.row_count == 0
    assert [column.name for column in found.columns] == ["id", "name"]


def test_original_names_stand_beside_the_unique_ones():
    found = profile_of(BytesSource(b"a,a\n1,2\n"))

    assert [(each.name, each.original_name) for each in found.columns] == [("a", "a"), ("a_2", "a")]


def test_a_profile_comes_back_from_json_as_it_was():
    found = profile_of(BytesSource(b"a,b\n1,x\n2,y,z\n3\n"))

    kept = json.loads(json.dumps(found.to_dict()))

    assert FileProfile.from_dict(kept) == found
    assert (found.row_count, found.bad_row_count, found.padded_count) == (2, 1, 1)


@given(
    st.lists(st.sampled_from(["1", "2.5", "x", "", "2016-11-08", "yes", "007"]), min_size=1),
    st.integers(1, 5),
)
def test_a_profile_does_not_depend_on_how_the_file_is_cut_into_batches(values, rows_per_batch):
    source = BytesSource("\n".join(["a,b", *(f"{value},." for value in values)]).encode())

    assert profile_of(source, rows_per_batch=rows_per_batch) == profile_of(source, None, 1_000)
