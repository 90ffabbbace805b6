"""The reject limit: entered in step 4, active with the version, and kept by runs."""

import pytest

from app.dataflows import services as dataflows
from app.dataflows import versions
from app.dataflows.reject_limits import RejectLimit
from app.runs.models import RunStatus
from tests.conftest import NOW
from tests.factories import make_active, make_mapped
from tests.integration.runs.carrying_out import finished, rows_of
from tests.integration.wizard.steps import fresh, open_step

SPOILED = "id,name,joined,points\n1,Ada,,1\n2,Bo,soon,2\n3,Cy,later,3\n"


def activated(dataflow, limit=None):
    dataflow = fresh(dataflow)
    dataflow.reject_limit = limit or dataflow.reject_limit
    dataflows.activate(dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW)
    return fresh(dataflow)


def test_a_limit_is_saved_with_the_step_and_shown(pages):
    dataflow = make_mapped()

    page = open_step(pages, dataflow, "transform-map")
    pages.send(page, "/transform-map", reject_limit_count="10", reject_limit_percent="2,5")

    assert fresh(dataflow).reject_limit == RejectLimit(10, 2.5)
    assert 'value="2.5"' in open_step(pages, dataflow, "transform-map").text
    said = "when it rejects more than 10 rows or 2.5 % of the rows"
    assert said in pages.get(f"/dataflows/{activated(dataflow).id}").text
    assert said in open_step(pages, dataflow, "activate").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("count", "-1", "Enter 0 rows or more"),
        ("count", "2.5", "Enter a whole number of rows"),
        ("count", "9" * 30, "Enter 0 rows or more"),
        ("percent", "100.1", "Enter 0 to 100 percent"),
        ("percent", "nan", "Enter 0 to 100 percent"),
        ("percent", "some", "Enter a number of percent"),
    ],
)
def test_a_limit_that_is_none_is_refused_in_words(pages, field, value, said):
    dataflow = make_mapped()
    page = open_step(pages, dataflow, "transform-map")

    page = pages.send(page, "/transform-map", **{f"reject_limit_{field}": value})

    assert page.status == 422
    assert said in page.text
    assert fresh(dataflow).reject_limit == RejectLimit()


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (RejectLimit(count=1), "2 rows were rejected; at most 1 may be."),
        (RejectLimit(percent=66), "2 of 3 rows were rejected; at most 66"),
    ],
)
def test_a_file_over_the_limit_writes_nothing_and_its_page_says_which(pages, limit, said):
    dataflow = activated(make_active(), limit)

    run = finished(dataflow, SPOILED)

    page = pages.get(f"/runs/{run.id}")
    assert run.status is RunStatus.FAILED
    assert rows_of(dataflow) == []
    assert said in page.text
    assert "joined 'later' is not a date" in page.text.replace("&#39;", "'")
    assert "try the run again" in pages.get(f"/runs/{run.id}/rejects").text


def test_a_file_at_the_limit_is_written(app):
    dataflow = activated(make_active(), RejectLimit(count=2, percent=67))

    run = finished(dataflow, SPOILED)

    assert run.status is RunStatus.FINISHED


def test_a_limit_is_a_change_of_the_draft_in_words(app):
    dataflow = activated(make_active(), RejectLimit(count=5))

    (_version, changes), _first = versions.history(dataflow)

    assert changes == ["The most rows that may be rejected: 5, was no limit."]
