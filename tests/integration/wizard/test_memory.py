"""The wizard says from where a mapping was taken over, and lets a person start without it."""

from app.dataflows import services as dataflows
from tests.factories import PEOPLE_CSV, make_mapped, make_parsed
from tests.integration.wizard.steps import fresh, open_step


def test_steps_3_and_4_name_the_dataflow_that_knew_the_columns(pages):
    make_mapped()
    second = make_parsed(name="Second")

    third = open_step(pages, second, "file-mapping")
    fourth = open_step(pages, second, "transform-map")

    for page in (third, fourth):
        assert "Mapped as in “Customers”: 4 of 4 columns known (100\u202f%)." in page.text
        assert "Start without it" in page.text
    assert "Mapping to “People”" in fourth.text


def test_a_person_is_asked_and_then_starts_without_it(pages):
    make_mapped()
    second = make_parsed(name="Second")
    page = open_step(pages, second, "transform-map")

    asked = pages.send(page, "/start-without-memory")
    before = fresh(second).schema_id
    done = pages.send(asked, "/start-without-memory")

    assert asked.h1 == ["Start “Second” without it?"]
    assert before is not None
    assert done.h1 == ["File mapping"]
    assert "Mapped as in" not in done.text
    assert fresh(second).schema_id is None


def test_a_draft_changed_in_another_tab_is_not_started_anew(pages):
    make_mapped()
    second = make_parsed(name="Second")

    page = pages.post(
        f"/dataflows/{second.id}/file-mapping/start-without-memory",
        version=second.version - 1,
        confirmed="yes",
    )

    assert page.status == 409
    assert fresh(second).schema_id is not None


def test_an_active_dataflow_is_not_started_anew(pages):
    make_mapped()
    second = make_parsed(name="Second")
    dataflows.activate(
        dataflow_id=second.id, version=second.version, missing=[], now=second.created_at
    )

    page = pages.post(
        f"/dataflows/{second.id}/file-mapping/start-without-memory",
        version=second.version,
        confirmed="yes",
    )

    assert page.status == 409
    assert fresh(second).mappings


def test_a_dataflow_that_was_active_once_is_not_offered_to_start_anew(pages):
    make_mapped()
    second = make_parsed(name="Second")
    now = second.created_at
    dataflows.activate(dataflow_id=second.id, version=second.version, missing=[], now=now)
    dataflows.pause(dataflow_id=second.id)

    page = open_step(pages, second, "transform-map")

    assert page.h1 == ["Transform & Map"]
    assert "Start without it" not in page.text


def test_a_header_nobody_knows_says_nothing(pages):
    second = make_parsed(PEOPLE_CSV.replace("name", "first,last").replace("Ada", "Ada,L"), "Second")

    assert "Mapped as in" not in open_step(pages, second, "file-mapping").text
