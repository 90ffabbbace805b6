"""A header is known where most of its names are, however written; its types where they fit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dataflows import remembering
from app.dataflows.definition import Conversion
from app.dataflows.remembering import Header, Memory
from app.tabular import reading
from app.tabular.columns import profiling
from app.tabular.files.source import BytesSource
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

WORDS = st.sampled_from([f"{letter}_{number}" for letter in "abcdef" for number in range(4)])
HEADERS = st.lists(WORDS, min_size=1, max_size=12, unique=True)


def plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def profile_of(*values: str):
    text = "value\n" + "".join(f"{value}\n" for value in values)
    found = profiling.profile(reading.read(BytesSource(text.encode()), ParsingOptions()))
    return found.columns[0]


@given(HEADERS, st.lists(HEADERS, max_size=5))
def test_the_likest_header_is_taken_where_four_names_of_five_are_shared(names, others):
    headers = [Header(number, other) for number, other in enumerate(others)]
    shares = [len({*names} & {*other}) / len({*names} | {*other}) for other in others]

    match = remembering.best_match(names, headers)

    if len(names) < 3 or max(shares, default=0) < 0.8:
        assert match is None
    else:
        assert match is not None
        assert match.confidence == max(shares)
        assert match.header.dataflow_id == shares.index(max(shares))
        assert match.pairs == {name: name for name in names if name in match.header.names}


@given(HEADERS.filter(lambda names: len(names) > 2), st.randoms())
def test_letters_and_marks_make_no_difference(names, chance):
    written = [chance.choice([name.upper(), name.replace("_", "-"), name]) for name in names]

    match = remembering.best_match(written, [Header(1, names)])

    assert match is not None
    assert match.confidence == 1
    assert [plain(match.pairs[name]) for name in written] == [plain(name) for name in names]


def test_of_two_columns_that_are_written_alike_none_is_guessed():
    match = remembering.best_match(
        ["E-Mail", "e_mail", "id", "name"], [Header(1, ["email", "id", "name"])]
    )

    assert match is not None
    assert match.pairs == {"id": "id", "name": "name"}


@given(st.integers(3, 2_000), st.integers(1, 3_000))
def test_no_header_of_another_size_could_be_alike(count, other):
    least, most = remembering.sizes_alike(count)

    likest = min(count, other) / max(count, other)

    assert least <= other <= most or likest < remembering.ALIKE


@pytest.mark.parametrize(
    ("values", "conversion", "is_allowed"),
    [
        (["1", "2"], Conversion(ColumnType.INTEGER), True),
        (["1", "2"], Conversion(ColumnType.TEXT), True),
        (["1", "2"], Conversion(ColumnType.DECIMAL), True),
        (["007", "012"], Conversion(ColumnType.INTEGER), True),
        (["1", "x"], Conversion(ColumnType.INTEGER), False),
        (["x", "y"], Conversion(ColumnType.INTEGER), False),
        (["x", "y"], Conversion(ColumnType.INTEGER, fallback="0"), False),
        (["1", "2", "3", "x"], Conversion(ColumnType.INTEGER, fallback="0"), True),
        (["03/02/2026", "04/02/2026"], Conversion(ColumnType.DATE, "", "%d/%m/%Y"), True),
        (["03/02/2026", "04/02/2026"], Conversion(ColumnType.DATE, "", "%m/%d/%Y"), True),
        (["13/02/2026", "04/02/2026"], Conversion(ColumnType.DATE, "", "%m/%d/%Y"), False),
        (["13/02/2026", "04/02/2026"], Conversion(ColumnType.DATE, "", "%d/%m/%Y"), True),
        (["13/02/2026", "04/02/2026"], Conversion(ColumnType.DATE), False),
        (["", ""], Conversion(ColumnType.DATE), True),
    ],
)
def test_a_type_is_remembered_only_where_the_values_allow_it(values, conversion, is_allowed):
    profile = profile_of(*values)

    assert remembering.allows(profile, conversion, ParsingOptions()) is is_allowed


def test_one_value_unlike_all_others_keeps_a_type_from_being_remembered():
    profile = profile_of(*map(str, range(5_000)), "none")

    assert not remembering.allows(profile, Conversion(ColumnType.INTEGER), ParsingOptions())


@pytest.mark.parametrize(
    ("memory", "sentence"),
    [
        (
            Memory(1, "Customers", 12, 12, 0, 1.0),
            "Mapped as in “Customers”: 12 of 12 columns known (100\u202f%).",
        ),
        (
            Memory(1, "Customers", 10, 10, 2, 10 / 12),
            "Mapped as in “Customers”: 10 of 10 columns known; "
            "2 columns of that one not in this file (83.3\u202f%).",
        ),
    ],
)
def test_a_memory_says_how_much_is_known(memory, sentence):
    assert memory.sentence == sentence
    assert Memory.from_dict(memory.to_dict()) == memory


def test_a_memory_that_is_over_is_none():
    assert Memory.from_dict(None) is None
    assert Memory.from_dict(Memory(is_over=True).to_dict()) is None
