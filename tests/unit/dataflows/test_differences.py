"""What changed between two definitions, in words."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.dataflows.definition import Definition, DriftPolicy, FileColumn, Target
from app.dataflows.differences import between
from app.dataflows.reject_limits import RejectLimit
from app.lake.write_modes import WriteMode
from app.tabular.columns.transforming import Transformation
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

ID = Target(1, "id", ColumnType.INTEGER, True, "id", ColumnType.INTEGER)
POINTS = Target(2, "points", ColumnType.DECIMAL, False, "points", ColumnType.INTEGER)
BASE = Definition(
    options=ParsingOptions(),
    columns=(FileColumn("ID", "id", True), FileColumn("points", "points", False)),
    transformations=(Transformation("trim", ("id",), "clean"),),
    targets=(ID, POINTS),
    table_name="dataset_1",
    write_mode=WriteMode.APPEND,
)
NAMES = {"dataset_1": "People", "dataset_2": "Members"}


def said(**changes: object) -> list[str]:
    return between(BASE, replace(BASE, **changes), NAMES)  # type: ignore[arg-type]


def test_a_definition_does_not_differ_from_itself() -> None:
    assert between(BASE, Definition.from_dict(BASE.to_dict()), NAMES) == []


def test_another_reading_names_both_types() -> None:
    decimal = replace(POINTS, reads_as=ColumnType.DECIMAL, fallback="0")

    assert said(targets=(ID, decimal)) == [
        "“points” is read as Decimal, was Integer.",
        "The fallback of “points” is “0”, was none.",
    ]


def test_a_date_is_read_by_another_pattern() -> None:
    joined = replace(POINTS, reads_as=ColumnType.DATE, pattern="%d.%m.%Y")
    old = replace(BASE, targets=(ID, joined))
    new = replace(BASE, targets=(ID, replace(joined, pattern="%m.%d.%Y")))

    assert between(old, new, NAMES) == [
        "“points” is read by the pattern “%m.%d.%Y”, was “%d.%m.%Y”."
    ]


def test_columns_come_go_and_are_renamed() -> None:
    columns = (FileColumn("ID", "key", False), FileColumn("Mail", "email", True))

    assert said(columns=columns) == [
        "The column “ID” of the file is called “key”, was “id”.",
        "“key” is no longer mandatory.",
        "The column “Mail” of the file is new, called “email”, and mandatory.",
        "The column “points” of the file is gone.",
    ]


def test_custom_columns_come_go_and_are_made_otherwise() -> None:
    joined = Transformation("concat", ("id", "points"), "both", {"separator": "-"})
    longer = Transformation("upper", ("id",), "clean")

    assert said(transformations=(longer, joined)) == [
        "The custom column “clean” is Upper case of “id”, was Trim of “id”.",
        "The custom column “both” is new: Join columns of “id”, “points” (separator “-”).",
    ]
    assert said(transformations=()) == ["The custom column “clean” is gone."]


def test_the_mapping_says_what_fills_what() -> None:
    assert said(targets=(ID, replace(POINTS, column="clean")))[0] == (
        "“points” of the dataset is filled from “clean”, was from “points”."
    )
    assert said(targets=(ID,)) == ["Nothing fills “points” of the dataset any more; “points” did."]
    assert between(replace(BASE, targets=(ID,)), BASE, NAMES) == [
        "“points” of the dataset is filled from “points”; nothing filled it.",
        "“points” is read as Integer.",
    ]


def test_parsing_options_write_mode_and_dataset_have_sentences_of_their_own() -> None:
    assert said(options=ParsingOptions(delimiter=";", quote=None, is_padded=True)) == [
        "Parsing option “delimiter” is “;”, was “,”.",
        'Parsing option “quote” is none, was “"”.',
        "Parsing option “is padded” is yes, was no.",
    ]
    assert said(write_mode=WriteMode.OVERWRITE) == ["The write mode is Overwrite, was Append."]
    assert said(reject_limit=RejectLimit(10, 2.5)) == [
        "The most rows that may be rejected: 10 and 2.5 %, was no limit."
    ]
    assert said(drift_policy=DriftPolicy.ADD) == [
        "When a file's columns differ, the policy is Add, was Stop."
    ]
    assert said(table_name="dataset_2") == ["Rows go to the dataset “Members”, went to “People”."]


def test_another_order_alone_is_said() -> None:
    assert said(columns=BASE.columns[::-1]) == ["Columns or custom columns stand in another order."]


_TARGETS = st.builds(
    Target,
    schema_column_id=st.just(1),
    name=st.sampled_from(["id", "points"]),
    type=st.just(ColumnType.TEXT),
    is_identifier=st.booleans(),
    column=st.sampled_from(["a", "b"]),
    reads_as=st.sampled_from(ColumnType),
    pattern=st.sampled_from(["", "%Y"]),
    fallback=st.text(max_size=2),
)
_DEFINITIONS = st.builds(
    Definition,
    options=st.builds(ParsingOptions, skipped_rows=st.integers(0, 2)),
    columns=st.lists(
        st.builds(FileColumn, st.sampled_from("ab"), st.sampled_from("ab"), st.booleans()),
        max_size=2,
        unique_by=(lambda column: column.source_name, lambda column: column.name),
    ).map(tuple),
    transformations=st.lists(
        st.builds(
            Transformation,
            st.sampled_from(["trim", "gone since"]),
            st.just(("a",)),
            st.sampled_from("xy"),
            st.dictionaries(st.sampled_from(["part", "mapping"]), st.integers(0, 1), max_size=1),
        ),
        max_size=2,
        unique_by=lambda step: step.output,
    ).map(tuple),
    targets=st.lists(_TARGETS, max_size=2, unique_by=lambda target: target.name).map(tuple),
    table_name=st.sampled_from(["dataset_1", "dataset_2", "dropped"]),
    write_mode=st.sampled_from(WriteMode),
    reject_limit=st.builds(RejectLimit, st.none() | st.integers(0, 1), st.none() | st.just(1.5)),
)


@given(old=_DEFINITIONS, new=_DEFINITIONS)
def test_something_is_said_exactly_where_something_differs(
    old: Definition, new: Definition
) -> None:
    found = between(old, new, NAMES)

    assert bool(found) == (old != new)
    assert all(sentence.endswith(".") for sentence in found)
    assert len(found) == len(set(found))
