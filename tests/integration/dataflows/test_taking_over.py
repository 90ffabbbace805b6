"""A draft whose columns are known takes the mapping over, while nobody has begun its own."""

import pytest
from sqlalchemy import func, select

from app.dataflows import queries
from app.dataflows import services as dataflows
from app.dataflows.column_choices import ColumnChoice
from app.dataflows.custom_columns import services as custom_columns
from app.dataflows.definition import Conversion, DriftPolicy
from app.dataflows.models import (
    Dataflow,
    DataflowColumn,
    DataflowMapping,
    DataflowState,
)
from app.dataflows.remembering import Memory
from app.drafts import services as drafts
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.streams.models import Stream
from app.tabular.columns.transforming import Transformation
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import LIMIT, PEOPLE_CSV, make_dataflow, make_file, make_schema

OTHER_CSV = "ID,Name,joined,points\n7,Eve,2020-05-05,12\n8,Bo,2021-05-05,7\n"


def parsed(content: str, name: str = "Second", dataflow: Dataflow | None = None) -> Dataflow:
    """Return a draft whose file is parsed, and nothing more."""
    dataflow = dataflow or make_dataflow(name)
    file = make_file(dataflow, content)
    drafts.choose_draft(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        file_id=file.id,
        parse_up_to=LIMIT,
        now=NOW,
    )
    return dataflows.get(dataflow.id)


def make_first() -> Dataflow:
    """Return a dataflow whose columns are renamed, typed, transformed and mapped."""
    dataflow = parsed(PEOPLE_CSV, "Customers")
    names = {"id": "number", "name": "who"}
    choices = [
        ColumnChoice(each.id, names.get(each.name, each.name), each.name in {"id", "name"})
        for each in dataflow.columns
    ]
    common = {"dataflow_id": dataflow.id, "now": NOW}
    dataflow = dataflows.save_columns(version=dataflow.version, choices=choices, **common)
    step = Transformation("trim", ("who",), "tidy")
    dataflow = custom_columns.add_transformation(
        version=dataflow.version, step=step, type_=ColumnType.TEXT, **common
    )
    types = {"userid": ColumnType.INTEGER, "tidy": ColumnType.TEXT, "points": ColumnType.DECIMAL}
    schema = make_schema(types, "userid")
    filled = dict(zip([c.id for c in schema.columns], ["number", "tidy", "points"], strict=True))
    dataflow = dataflows.choose_schema(
        version=dataflow.version, schema_id=schema.id, mapping=filled, **common
    )
    points = next(column for column in dataflow.columns if column.name == "points")
    return dataflows.save_transform_map(
        version=dataflow.version,
        conversions={points.id: Conversion(ColumnType.DECIMAL, "0")},
        write_mode=WriteMode.OVERWRITE,
        drift_policy=DriftPolicy.IGNORE,
        mapping=filled,
        **common,
    )


def mapping_of(dataflow: Dataflow) -> dict[str, str]:
    return {each.schema_column.name: each.column_name for each in dataflow.mappings}


def test_a_known_header_brings_names_types_transformations_schema_and_mapping(app):
    first = make_first()

    second = parsed(OTHER_CSV)

    assert Memory.from_dict(second.memory) == Memory(first.id, "Customers", 4, 4, 0, 1.0)
    assert [column.name for column in second.columns] == ["number", "who", "joined", "points"]
    assert [column.source_name for column in second.columns][:2] == ["ID", "Name"]
    assert [column.is_mandatory for column in second.columns] == [True, True, False, False]
    assert second.columns[3].conversion == Conversion(ColumnType.DECIMAL, "0")
    assert [row.output for row in second.transformations] == ["tidy"]
    assert mapping_of(second) == {"userid": "number", "tidy": "tidy", "points": "points"}
    assert second.schema_id == first.schema_id
    assert (second.write_mode, second.drift_policy) == (WriteMode.OVERWRITE, DriftPolicy.IGNORE)
    assert not second.stream.is_overwriting
    assert not second.is_file_mapping_saved


def test_what_is_taken_over_is_a_copy(app):
    first = make_first()
    second = parsed(OTHER_CSV)

    drafts.start_without_memory(dataflow_id=second.id, version=second.version, now=NOW)

    first = dataflows.get(first.id)
    assert len(first.mappings) == 3
    assert len(first.transformations) == 1


def test_what_the_new_file_does_not_allow_is_not_taken_over(app):
    make_first()

    second = parsed("id,name,joined,points\n1,,2020-02-29,many\n2,Bo,2021-01-31,few\n")

    assert [column.is_mandatory for column in second.columns] == [True, False, False, False]
    assert second.columns[3].conversion == Conversion(ColumnType.TEXT)


@pytest.mark.parametrize(
    "content",
    [
        "id,name,street,city\n1,Ada,Via,Turin\n",
        "id,who,joined,points\n1,Ada,2020-02-29,1\n",
        "id,name\n1,Ada\n",
    ],
)
def test_another_header_is_mapped_by_hand(app, content):
    make_first()

    second = parsed(content)

    assert (second.memory, second.schema_id, second.mappings) == (None, None, [])
    assert all(column.name == column.source_name for column in second.columns)


def test_names_that_would_come_twice_keep_the_whole_from_being_taken_over(app):
    make_first()

    second = parsed("id,name,joined,points,tidy\n1,Ada,2020-02-29,1,x\n")

    assert (second.memory, second.mappings) == (None, [])


def test_a_header_that_is_not_mapped_yet_is_not_known(app):
    parsed(PEOPLE_CSV, "Unfinished")

    assert parsed(OTHER_CSV).memory is None


def test_who_has_begun_keeps_what_they_did(app):
    second = parsed(OTHER_CSV)
    choices = [ColumnChoice(c.id, c.name + "!", is_mandatory=False) for c in second.columns]
    second = dataflows.save_columns(
        dataflow_id=second.id, version=second.version, choices=choices, now=NOW
    )
    make_first()

    second = parsed(OTHER_CSV, dataflow=second)

    assert second.memory is None
    assert second.schema_id is None
    assert second.columns[0].name == "ID!"


def test_starting_without_it_puts_all_back_and_is_not_asked_again(app):
    make_first()
    second = parsed(OTHER_CSV)

    drafts.start_without_memory(dataflow_id=second.id, version=second.version, now=NOW)
    second = dataflows.get(second.id)
    parsed_again = parsed(OTHER_CSV, dataflow=second)

    assert (second.mappings, second.transformations, second.schema_id) == ([], [], None)
    assert [column.name for column in second.columns] == ["ID", "Name", "joined", "points"]
    assert second.columns[3].type is ColumnType.INTEGER
    assert second.write_mode is WriteMode.APPEND
    assert not second.stream.is_overwriting
    assert Memory.from_dict(parsed_again.memory) is None
    assert parsed_again.schema_id is None


def test_another_file_of_other_columns_ends_the_memory_but_keeps_what_fits(app):
    make_first()
    second = parsed(OTHER_CSV)

    second = parsed("ID,Name,city\n1,Ada,Turin\n", dataflow=second)

    assert Memory.from_dict(second.memory) is None
    assert [column.name for column in second.columns] == ["number", "who", "city"]


def test_of_a_thousand_dataflows_few_headers_are_looked_at(app):
    first = make_first()
    _copy_many(first, 1_000)

    found = queries.list_headers(["id", "name", "joined", "points"], sizes=(3, 6), but=0)

    assert len(found) == queries.MOST_HEADERS
    assert found[-1][1] == ["id", "name", "joined", "points"]


def _copy_many(first: Dataflow, count: int) -> None:
    """Add dataflows with the columns of the first, some of them under other names."""
    for number in range(count):
        copy = make_dataflow_row(first, number)
        db.session.add(copy)
    db.session.commit()
    assert db.session.scalar(select(func.count(DataflowColumn.id))) >= count * 4


def make_dataflow_row(first: Dataflow, number: int) -> Dataflow:
    names = ["id", "name", "joined", "points"] if number % 10 == 0 else list("abcd")
    return Dataflow(
        name=f"Copy {number}",
        source=first.source,
        destination=first.destination,
        state=DataflowState.DRAFT,
        version=1,
        write_mode=first.write_mode,
        created_at=NOW,
        changed_at=NOW,
        stream=Stream(name=f"Copy {number}", created_at=NOW),
        schema_id=first.schema_id,
        columns=[
            DataflowColumn(
                position=place,
                source_name=name,
                name=name,
                type=ColumnType.TEXT,
                profile=first.columns[0].profile,
            )
            for place, name in enumerate(names)
        ],
        mappings=[
            DataflowMapping(schema_column_id=first.mappings[0].schema_column_id, column_name="x")
        ],
    )


def test_the_active_version_is_taken_over_whatever_its_draft_has_become(app):
    first = make_first()
    first = dataflows.activate(dataflow_id=first.id, version=first.version, missing=[], now=NOW)
    choices = [ColumnChoice(each.id, f"{each.name} edited", False) for each in first.columns]
    first = dataflows.save_columns(
        dataflow_id=first.id, version=first.version, choices=choices, now=NOW
    )
    first.columns[2].source_name = "entered"
    first.drift_policy = DriftPolicy.ADD
    db.session.commit()

    second = parsed(OTHER_CSV)

    assert Memory.from_dict(second.memory) == Memory(first.id, "Customers", 4, 4, 0, 1.0)
    assert [column.name for column in second.columns] == ["number", "who", "joined", "points"]
    assert second.columns[3].conversion == Conversion(ColumnType.DECIMAL, "0")
    assert mapping_of(second) == {"userid": "number", "tidy": "tidy", "points": "points"}
    assert (second.write_mode, second.drift_policy) == (WriteMode.OVERWRITE, DriftPolicy.IGNORE)


def test_a_clone_remembers_nothing_of_its_own(app):
    make_first()
    second = parsed(OTHER_CSV)

    copy = dataflows.clone_dataflow(dataflow_id=second.id, now=NOW)

    assert copy.memory is None
    assert mapping_of(copy) == mapping_of(second)
