"""Custom columns: added, changed in their place, removed; and what hangs on them."""

import pytest

from app.dataflows import services as dataflows
from app.dataflows.custom_columns import services as custom_columns
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.tabular.columns.transforming import Transformation, TransformationImpossible
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import make_mapped

TRIM = Transformation("trim", ("name",), "tidy")


def about(dataflow, type_=ColumnType.TEXT):
    return {
        "dataflow_id": dataflow.id,
        "version": dataflow.version,
        "type_": type_,
        "now": NOW,
    }


def make_chained():
    """Return a draft in which one custom column is made of another, which fills the schema."""
    dataflow = make_mapped()
    for step in (TRIM, Transformation("upper", ("tidy",), "loud")):
        dataflow = custom_columns.add_transformation(step=step, **about(dataflow))
    mapping = {row.schema_column_id: row.column_name for row in dataflow.mappings}
    name = next(column.id for column in dataflow.schema.columns if column.name == "name")
    return dataflows.save_transform_map(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        conversions={},
        write_mode=WriteMode.APPEND,
        mapping={**mapping, name: "tidy"},
        now=NOW,
    )


def kept(dataflow):
    """Return what is in the database of the custom columns."""
    db.session.expire_all()
    rows = dataflows.get(dataflow.id).transformations
    return [(row.position, row.kind, row.inputs, row.output, row.type) for row in rows]


def change(dataflow, step, type_=ColumnType.TEXT, place=0, **changes):
    return custom_columns.change_transformation(
        transformation_id=dataflow.transformations[place].id,
        step=step,
        **{**about(dataflow, type_), **changes},
    )


def test_a_changed_column_stays_in_its_place_and_what_hangs_on_it_follows_its_name(app):
    dataflow = make_chained()
    ids = [row.id for row in dataflow.transformations]
    step = Transformation("concat", ("id", "name"), "neat", {"separator": "-", "fallback": "x"})

    changed = change(dataflow, step)

    assert kept(dataflow) == [
        (0, "concat", ["id", "name"], "neat", ColumnType.TEXT),
        (1, "upper", ["neat"], "loud", ColumnType.TEXT),
    ]
    found = dataflows.get(dataflow.id)
    assert [row.id for row in found.transformations] == ids
    assert found.transformations[0].params == {"separator": "-", "fallback": "x"}
    assert "neat" in {row.column_name for row in found.mappings}
    assert "tidy" not in {row.column_name for row in found.mappings}
    assert (changed.version, found.changed_at) == (found.version, NOW)


def test_a_fallback_that_a_file_wrote_down_gives_way_to_the_one_entered(app):
    dataflow = make_chained()
    dataflow.transformations[0].fallback = "from a file"
    db.session.commit()

    change(dataflow, Transformation("trim", ("name",), "tidy", {"fallback": "mine"}))

    row = dataflows.get(dataflow.id).transformations[0]
    assert (row.fallback, row.params) == ("", {"fallback": "mine"})


@pytest.mark.parametrize(
    "step",
    [
        Transformation("trim", ("tidy",), "tidy"),
        Transformation("trim", ("loud",), "tidy"),
        Transformation("trim", ("name",), "loud"),
        Transformation("trim", ("name",), "points"),
        Transformation("trim", ("nobody",), "tidy"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_is_kept(app, step):
    dataflow = make_chained()
    before = kept(dataflow)

    with pytest.raises(TransformationImpossible):
        change(dataflows.get(dataflow.id), step)

    assert kept(dataflow) == before


def test_a_column_that_is_none_of_the_drafts_is_neither_changed_nor_removed(app):
    dataflow = make_chained()
    other = dataflows.clone_dataflow(dataflow_id=dataflow.id, now=NOW)
    foreign = {"transformation_id": dataflow.transformations[0].id, **about(other)}

    with pytest.raises(custom_columns.CustomColumnGone):
        custom_columns.change_transformation(step=TRIM, **foreign)
    del foreign["type_"]
    with pytest.raises(custom_columns.CustomColumnGone):
        custom_columns.remove_transformation(**foreign)


def test_a_change_of_an_older_version_is_refused(app):
    dataflow = make_chained()

    with pytest.raises(dataflows.EditedElsewhere):
        change(dataflow, TRIM, version=dataflow.version - 1)


WRONG = [
    ({"fallback": "none"}, ColumnType.INTEGER),
    ({"fallback": "2020-13-01"}, ColumnType.DATE),
    ({"fallback": "nobody"}, ColumnType.EMAIL),
]


@pytest.mark.parametrize(("params", "type_"), WRONG)
def test_a_fallback_that_is_not_of_the_columns_type_is_refused(app, params, type_):
    dataflow = make_chained()
    before = kept(dataflow)
    step = Transformation("trim", ("name",), "new", params)

    with pytest.raises(dataflows.FallbackInvalid):
        custom_columns.add_transformation(step=step, **about(dataflow, type_))
    with pytest.raises(dataflows.FallbackInvalid):
        change(dataflow, step, type_)

    assert kept(dataflow) == before


def test_a_fallback_is_read_as_what_we_write_ourselves_where_the_column_is_ours(app):
    dataflow = make_mapped("id;price\n1;1,5\n2;2,25\n")
    assert dataflow.parsing_options["decimal_mark"] == ","
    ours = Transformation("number_as_written", ("price",), "ours", {"style": "1.234,5"})
    theirs = Transformation("trim", ("price",), "theirs")

    for step, right, wrong in ((ours, "1.5", "1,5"), (theirs, "1,5", "1.5x")):
        for fallback in (right, wrong):
            params = {**step.params, "fallback": fallback}
            tried = Transformation(step.kind, step.inputs, step.output, params)
            given = {"step": tried, **about(dataflow, ColumnType.DECIMAL)}
            if fallback == right:
                dataflow = custom_columns.add_transformation(**given)
            else:
                with pytest.raises(dataflows.FallbackInvalid):
                    change(dataflow, tried, ColumnType.DECIMAL, len(dataflow.transformations) - 1)
