"""Two writes of one draft at one moment: the later one is refused, whatever it saves."""

import pytest
from sqlalchemy import update

from app.dataflows import services
from app.dataflows.column_choices import ColumnChoice
from app.dataflows.custom_columns import services as custom_columns
from app.dataflows.models import Dataflow
from app.drafts import services as drafts
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.tabular.columns.transforming import Transformation
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import LIMIT, make_mapped

TRIM = Transformation("trim", ("name",), "trimmed")

SAVES = {
    "step 1": lambda d, about: services.save_general(name="Other", description="", **about),
    "step 2": lambda d, about: drafts.save_parsing(
        options=ParsingOptions(), parse_up_to=LIMIT, **about
    ),
    "step 3": lambda d, about: services.save_columns(
        choices=[ColumnChoice(d.columns[1].id, "who", False)], **about
    ),
    "step 4": lambda d, about: services.save_transform_map(
        conversions={}, write_mode=WriteMode.OVERWRITE, mapping={}, **about
    ),
    "a schema": lambda d, about: services.choose_schema(schema_id=d.schema_id, **about),
    "a custom column": lambda d, about: custom_columns.add_transformation(
        step=Transformation("trim", ("name",), "tidy"), type_=ColumnType.TEXT, **about
    ),
    "a custom column changed": lambda d, about: custom_columns.change_transformation(
        transformation_id=d.transformations[0].id,
        step=Transformation("upper", ("name",), "loud"),
        type_=ColumnType.TEXT,
        **about,
    ),
    "a custom column removed": lambda d, about: custom_columns.remove_transformation(
        transformation_id=d.transformations[0].id, **about
    ),
    "step 5": lambda d, about: services.activate(missing=[], **about),
}


@pytest.mark.parametrize("name", SAVES)
def test_who_saves_while_the_draft_changes_is_refused_and_nothing_is_kept(app, monkeypatch, name):
    dataflow = make_mapped()
    about = {"dataflow_id": dataflow.id, "version": dataflow.version, "now": NOW}
    dataflow = custom_columns.add_transformation(step=TRIM, type_=ColumnType.TEXT, **about)
    about = {"dataflow_id": dataflow.id, "version": dataflow.version, "now": NOW}
    editable = services.editable

    def changed_since(**asked):
        found = editable(**asked)
        with db.engine.begin() as connection:
            connection.execute(update(Dataflow).values(version=Dataflow.version + 1))
        return found

    monkeypatch.setattr(services, "editable", changed_since)

    with pytest.raises(services.EditedElsewhere):
        SAVES[name](dataflow, about)

    db.session.expire_all()
    found = services.get(dataflow.id)
    assert found.version == about["version"] + 1
    assert (found.name, found.write_mode) == ("Customers", WriteMode.APPEND)
    assert [column.name for column in found.columns] == ["id", "name", "joined", "points"]
    assert (len(found.mappings), found.active_number) == (4, None)
    assert [row.output for row in found.transformations] == ["trimmed"]
