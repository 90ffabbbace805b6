"""A file whose columns differ: what each policy does with it, and what is kept of it."""

import pytest

from app.dataflows import queries as dataflow_queries
from app.dataflows import services as dataflows
from app.dataflows.definition import DriftPolicy
from app.dataflows.widening import ColumnGone
from app.execution import drifting
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.runs import differing, services
from app.runs.models import RunStatus
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_mapped
from tests.integration.runs.carrying_out import carry_out, column_of, finished, rows_of, send

WITH_CITY = (
    "id,name,joined,points,city\n1,Ada,2020-02-29,1.50,Turin\n2,Łukasz,2021-01-31,2,Gdańsk\n"
)
WITHOUT_POINTS = "id,name,joined\n1,Ida,2020-02-29\n2,Łukasz,2021-01-31\n"
WITHOUT_ID = "name,joined,points\nAda,2020-02-29,1.50\n"


def make_following(policy: DriftPolicy, write_mode: WriteMode = WriteMode.APPEND):
    """Return an active dataflow with this policy, and the people in its dataset."""
    dataflow = make_mapped(write_mode=write_mode)
    dataflow.drift_policy = policy
    dataflow = activated(dataflow)
    finished(dataflow, PEOPLE_CSV)
    return dataflow


def activated(dataflow):
    """Make the draft the active version."""
    return dataflows.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW
    )


def active_of(dataflow):
    return dataflow_queries.active_version(dataflows.get(dataflow.id))


def said_of(run) -> list[tuple[str, str]]:
    shown = differing.shown(run)
    return [(each.kind, each.name) for each in shown.differences] if shown else []


@pytest.mark.parametrize(
    ("content", "kinds", "said"),
    [
        (WITH_CITY, [("New", "city")], "“city”"),
        (WITHOUT_POINTS, [("Missing", "points")], "lacks the column “points”"),
        (PEOPLE_CSV.replace(",", ";"), [("Read otherwise", "delimiter")], "delimited by “;”"),
        (PEOPLE_CSV.replace("name", "Name"), [("Likely renamed", "name")], "“Name”"),
    ],
)
def test_by_itself_a_dataflow_stops_and_writes_nothing(app, content, kinds, said):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    before = rows_of(dataflow)

    run = finished(dataflow, content)

    assert run.status is RunStatus.FAILED
    assert said in run.failure
    assert said_of(run) == kinds
    assert (run.received_count, sum(run.buckets.values())) == (0, 0)
    assert rows_of(dataflow) == before


def test_a_file_as_mapped_keeps_no_drift(app):
    run = finished(make_active(), PEOPLE_CSV)

    assert run.drift is None


def test_who_ignores_leaves_new_columns_out_and_sees_it(app):
    dataflow = make_following(DriftPolicy.IGNORE)

    run = finished(dataflow, WITH_CITY)

    assert run.status is RunStatus.FINISHED
    assert run.buckets["same"] == 2
    assert said_of(run) == [("New", "city")]
    assert "city" not in rows_of(dataflow)[0]


@pytest.mark.parametrize("policy", [DriftPolicy.IGNORE, DriftPolicy.ADD])
def test_appending_without_a_column_leaves_its_values_as_they_are(app, policy):
    dataflow = make_following(policy)

    run = finished(dataflow, WITHOUT_POINTS)

    assert run.buckets == {"added": 0, "changed": 1, "same": 1, "rejected": 0, "superseded": 0}
    assert column_of(dataflow, "name") == ["Ida", "Łukasz", "'=Eve"]
    assert column_of(dataflow, "points") == ["1.5", "2", "0.1"]


def test_overwriting_without_a_column_empties_it(app):
    dataflow = make_following(DriftPolicy.IGNORE, WriteMode.OVERWRITE)

    run = finished(dataflow, WITHOUT_POINTS)

    assert (run.buckets["changed"], run.removed_count) == (2, 1)
    assert column_of(dataflow, "points") == ["", ""]


@pytest.mark.parametrize("policy", DriftPolicy)
@pytest.mark.parametrize("content", [WITHOUT_ID, PEOPLE_CSV.replace(",", ";")])
def test_no_policy_lets_a_file_go_on_without_its_identifier_or_read_otherwise(app, policy, content):
    dataflow = make_following(policy)

    run = finished(dataflow, content)

    assert run.status is RunStatus.FAILED
    assert not differing.shown(run).can_go_on
    assert len(rows_of(dataflow)) == 3


def test_values_that_no_longer_fit_stop_one_who_stops_and_reject_rows_of_one_who_ignores(app):
    header, rows = "id,name,joined,points\n", [f"{n},N,,many\n" for n in range(1, 21)]
    stopping = make_active()

    stopped = finished(stopping, header + "".join(rows))
    gone_on = carry_out(services.retry_run(run_id=stopped.id, now=NOW, policy=DriftPolicy.IGNORE))

    assert stopped.drift["policy"] == "ignore"
    assert gone_on.status is RunStatus.FINISHED
    assert gone_on.rejected_count == 20


def test_who_adds_has_new_columns_in_schema_mapping_and_dataset_from_that_run_on(app):
    dataflow = make_following(DriftPolicy.ADD)
    number = dataflow.active_number

    run = finished(dataflow, WITH_CITY)
    again = finished(dataflow, WITH_CITY.replace("Turin", "Rome"))

    dataflow = dataflows.get(dataflow.id)
    assert run.drift["added"] == [{"name": "city", "type": "Text"}]
    assert [column.name for column in dataflow.schema.columns][-1] == "city"
    assert dataflow.active_number == run.definition_version == number + 1
    assert again.drift is None
    assert again.buckets["changed"] == 1
    assert column_of(dataflow, "city") == ["Rome", "Gdańsk", ""]


def test_added_columns_are_typed_by_their_values(app):
    dataflow = make_following(DriftPolicy.ADD)
    rows = [f"{n},N,,1,2024-03-{n:02},{n}.25,00{n}\n" for n in range(1, 29)]

    run = finished(dataflow, "id,name,joined,points,seen,spent,code\n" + "".join(rows))

    types = {each["name"]: each["type"] for each in run.drift["added"]}
    assert types == {"seen": "Date", "spent": "Decimal", "code": "Text"}
    assert column_of(dataflow, "seen")[0] == "2024-03-01"


def test_a_column_that_likely_is_a_known_one_is_not_added(app):
    dataflow = make_following(DriftPolicy.ADD)

    run = finished(dataflow, PEOPLE_CSV.replace("points", "Points"))

    assert run.status is RunStatus.FINISHED
    assert run.drift["added"] == []
    assert column_of(dataflow, "points") == ["1.5", "2", "0.1"]


def test_an_empty_column_of_the_schema_is_filled_and_one_in_use_keeps_its_name(app):
    dataflow = make_following(DriftPolicy.ADD)
    finished(dataflow, WITH_CITY)
    mapping = next(m for m in dataflows.get(dataflow.id).mappings if m.column_name == "city")
    column = next(c for c in dataflows.get(dataflow.id).columns if c.name == "city")
    db.session.delete(mapping)
    db.session.delete(column)
    db.session.commit()
    db.session.expire_all()
    activated(dataflows.get(dataflow.id))

    filled = finished(dataflow, WITH_CITY.replace("Turin", "Rome"))
    taken = finished(dataflow, WITH_CITY.replace(",city", ",city,CITY").replace("2,", "2,x,"))

    assert column_of(dataflow, "city") == ["Rome", "Gdańsk", ""]
    assert len(dataflows.get(dataflow.id).schema.columns) == 5
    assert filled.status is RunStatus.FINISHED
    assert taken.status is RunStatus.FAILED
    assert "“CITY” was not added" in taken.failure
    assert taken.drift["is_stopped"]


def test_a_dataflow_changed_meanwhile_is_not_widened(app):
    dataflow = make_following(DriftPolicy.ADD)
    run = send(dataflow, WITH_CITY)
    dataflow.columns[1].is_mandatory = True
    dataflows.touch(dataflow, NOW)
    activated(dataflow)

    run = carry_out(run)

    assert run.failure == drifting.CHANGED
    assert len(dataflows.get(dataflow.id).schema.columns) == 4


def test_a_run_taken_up_after_it_added_columns_still_tells_them(app):
    dataflow = make_following(DriftPolicy.ADD)
    run = finished(dataflow, WITH_CITY)
    definition = drifting.Definition.from_dict(run.definition)

    followed = drifting.followed(run, lambda values, rejects=None: None)

    assert followed == definition
    assert differing.shown(run).added == [differing.Added("city", "Text")]


def test_this_once_leaves_the_policy_as_it_is(app):
    dataflow = make_following(DriftPolicy.STOP)
    run = finished(dataflow, WITH_CITY)

    once = carry_out(services.retry_run(run_id=run.id, now=NOW, policy=DriftPolicy.IGNORE))
    next_one = finished(dataflow, WITH_CITY.replace("Turin", "Rome"))

    assert once.status is RunStatus.FINISHED
    assert dataflow_queries.find_dataflow(dataflow.id).drift_policy is DriftPolicy.STOP
    assert next_one.status is RunStatus.FAILED


def test_a_likely_rename_is_taken_from_then_on(app):
    dataflow = make_following(DriftPolicy.STOP)
    run = finished(dataflow, PEOPLE_CSV.replace("name", "Name").replace("Ada", "Ida"))
    rename = differing.rename_at(run, 1)

    services.take_rename(run_id=run.id, rename=rename, by="ada@example.com", now=NOW)
    again = carry_out(services.retry_run(run_id=run.id, now=NOW))

    assert again.status is RunStatus.FINISHED
    assert again.drift is None
    assert column_of(dataflow, "name") == ["Ida", "Łukasz", "'=Eve"]


def test_a_rename_is_taken_once(app):
    dataflow = make_following(DriftPolicy.STOP)
    run = finished(dataflow, PEOPLE_CSV.replace("name", "Name"))
    rename = differing.rename_at(run, 1)
    services.take_rename(run_id=run.id, rename=rename, by="", now=NOW)

    with pytest.raises(ColumnGone):
        services.take_rename(run_id=run.id, rename=rename, by="", now=NOW)

    assert active_of(dataflow).number == 2
