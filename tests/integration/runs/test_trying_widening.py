"""A file with new columns taken once more: tried first, or by a version that another outran."""

from app.dataflows.definition import DriftPolicy
from app.execution import drifting
from app.runs import differing, services
from app.runs.models import RunKind, RunStatus
from tests.conftest import NOW
from tests.integration.runs.adding import (
    WITH_CITY,
    activated,
    active_of,
    filled,
    finished_as_stop,
    fresh,
    make_adding,
    unmap_points,
)
from tests.integration.runs.carrying_out import carry_out, column_of, finished
from tests.integration.runs.test_replaying import replayed


def test_a_dry_run_says_what_would_be_added_adds_nothing_and_counts_exactly(app):
    dataflow = make_adding()
    run = finished(dataflow, WITH_CITY)
    carry_out(services.start_undo(run_id=run.id, now=NOW))
    other = WITH_CITY.replace("city", "town")
    failed = finished_as_stop(dataflow, other)
    schema_columns = len(fresh(dataflow).schema.columns)

    tried = replayed(failed, is_dry=True)
    untouched = (active_of(dataflow).number, len(fresh(dataflow).schema.columns))
    done = carry_out(services.start_planned(run_id=tried.id, now=NOW))

    assert [each.name for each in differing.shown(tried).added] == ["town"]
    assert untouched == (failed.definition_version + 1, schema_columns)
    assert tried.buckets == done.buckets
    assert tried.buckets["changed"] == 2
    assert tried.samples["changed"][0]["after"]["town"] in {"Turin", "Gdańsk"}
    assert column_of(dataflow, "town") == ["Turin", "Gdańsk", ""]


def test_what_a_dry_run_showed_is_not_done_otherwise_by_a_version_since_outrun(app):
    dataflow = make_adding()
    failed = finished_as_stop(dataflow, WITH_CITY)
    tried = replayed(failed, is_dry=True)
    activated(unmap_points(fresh(dataflow)))

    done = carry_out(services.start_planned(run_id=tried.id, now=NOW))

    assert (done.kind, done.failure) == (RunKind.REPLAY, drifting.CHANGED)
    assert "city" not in filled(dataflow)


def test_an_older_version_adds_nothing_and_leaves_new_columns_out(app):
    dataflow = make_adding()
    failed = finished_as_stop(dataflow, WITH_CITY)
    activated(unmap_points(fresh(dataflow)))

    run = replayed(failed, number=3)

    assert run.status is RunStatus.FINISHED
    assert differing.shown(run).policy is DriftPolicy.IGNORE
    assert differing.shown(run).added == []
    assert len(fresh(dataflow).schema.columns) == 4
