"""A dataflow that adds new columns, edited and activated meanwhile, and what is active of it."""

from app.dataflows import queries
from app.dataflows import services as dataflows
from app.dataflows.definition import DriftPolicy
from app.dataflows.models import Dataflow, DataflowVersion
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.runs.models import RunStatus
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_mapped
from tests.integration.runs.carrying_out import finished

WITH_CITY = (
    "id,name,joined,points,city\n1,Ada,2020-02-29,1.50,Turin\n2,Łukasz,2021-01-31,2,Gdańsk\n"
)


def make_adding():
    """Return an active dataflow that adds new columns, with the people in its dataset."""
    dataflow = make_mapped()
    dataflow.drift_policy = DriftPolicy.ADD
    dataflow = activated(dataflow)
    finished(dataflow, PEOPLE_CSV)
    return dataflow


def activated(dataflow):
    """Make the draft the active version."""
    return dataflows.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW
    )


def fresh(dataflow) -> Dataflow:
    db.session.expire_all()
    return dataflows.get(dataflow.id)


def active_of(dataflow) -> DataflowVersion:
    return queries.active_version(fresh(dataflow))


def filled(dataflow) -> dict[str, str]:
    """Return which column of the file fills which of the schema, by the active version."""
    return {target.name: target.column for target in active_of(dataflow).value.targets}


def unmap_points(dataflow):
    """Leave a column out in the draft, which stays to be activated."""
    mapping = {m.schema_column_id: m.column_name for m in dataflow.mappings}
    points = next(column for column in dataflow.schema.columns if column.name == "points")
    return dataflows.save_transform_map(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        conversions={},
        write_mode=WriteMode.APPEND,
        mapping={**mapping, points.id: ""},
        now=NOW,
    )


def finished_as_stop(dataflow, content):
    """Send a file while the policy stops, then let new columns be added again."""
    for policy in (DriftPolicy.STOP, DriftPolicy.ADD):
        dataflow = fresh(dataflow)
        dataflow.drift_policy = policy
        dataflows.touch(dataflow, NOW)
        activated(dataflow)
        if policy is DriftPolicy.STOP:
            run = finished(fresh(dataflow), content)
            assert run.status is RunStatus.FAILED
    return run
