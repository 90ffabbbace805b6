"""Every page, with nothing and with something on it."""

import pytest

from app.execution import services as execution
from app.runs import services as runs
from app.streams.models import FileKind
from tests.conftest import NOW, PASSWORD
from tests.factories import make_active, make_dataflow, make_file, make_mapped
from tests.pages import Pages

EVERYWHERE = ("/", "/dataflows", "/datasets", "/schemas", "/streams", "/dataflows/new", "/exports")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_page_opens_while_there_is_nothing(pages, path):
    page = pages.get(path)

    assert page.status == 200


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_page_opens_once_there_is_something(pages, path):
    make_active()

    page = pages.get(path)

    assert page.status == 200


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_page_asks_for_a_sign_in_first(visitor, path):
    page = visitor.get(path)

    assert page.path == "/sign-in"


def test_a_viewer_changes_nothing(app, viewer):
    pages = Pages(app, viewer.email, PASSWORD)

    page = pages.post("/dataflows/new", name="Mine")

    assert page.status == 403


def test_a_wrong_password_is_refused_in_words(app, owner):
    page = Pages(app).post("/sign-in", email=owner.email, password="wrong")

    assert page.status == 422
    assert "do not belong together" in page.text


def test_a_sign_in_never_leads_to_another_host(app, owner):
    client = Pages(app)

    page = client.post("/sign-in?next=//evil.example", email=owner.email, password=PASSWORD)

    assert page.path == "/"


@pytest.mark.parametrize("slug", ["download", "general-information"])
def test_the_first_steps_of_a_new_draft_open(pages, slug):
    dataflow = make_dataflow()

    page = pages.get(f"/dataflows/{dataflow.id}/{slug}")

    assert page.path.endswith(slug)


@pytest.mark.parametrize("slug", ["file-mapping", "transform-map", "activate"])
def test_a_step_opened_too_early_leads_to_the_one_that_comes_first(pages, slug):
    dataflow = make_dataflow()

    page = pages.get(f"/dataflows/{dataflow.id}/{slug}")

    assert page.path.endswith("/download")
    assert "First finish" in page.text


@pytest.mark.parametrize(
    "slug", ["general-information", "download", "file-mapping", "transform-map", "activate"]
)
def test_every_step_of_a_mapped_draft_opens(pages, slug):
    dataflow = make_mapped()

    page = pages.get(f"/dataflows/{dataflow.id}/{slug}")

    assert page.status == 200
    assert page.path.endswith(slug)


def test_a_second_tab_is_told_that_the_draft_changed(pages):
    dataflow = make_dataflow()
    opened_version = dataflow.version
    pages.post(
        f"/dataflows/{dataflow.id}/general-information", name="First", version=opened_version
    )

    page = pages.post(
        f"/dataflows/{dataflow.id}/general-information", name="Second", version=opened_version
    )

    assert page.status == 409
    assert "changed in another tab" in page.text


def test_a_file_that_is_no_table_is_refused_with_the_reason(pages):
    dataflow = make_dataflow()
    file = make_file(dataflow, b"\x89PNG\r\n\x1a\n" + bytes(500))

    page = pages.post(
        f"/dataflows/{dataflow.id}/download/validate", version=dataflow.version, file_id=file.id
    )

    assert page.status == 422
    assert "error-summary" in page.text


def test_a_schema_in_use_is_not_deleted(pages):
    dataflow = make_active()

    page = pages.post(f"/schemas/{dataflow.schema_id}/delete", confirmed="yes")

    assert "in use by Customers" in page.text


def test_a_dataset_can_be_looked_through_and_taken_away(pages):
    dataflow = make_active()
    make_file(dataflow, kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)

    page = pages.get(f"/datasets/{dataflow.schema_id}?search=ada")
    download = pages.client.get(f"/datasets/{dataflow.schema_id}/download")
    show = pages.get(f"/runs/{run.id}")

    assert "Ada" in page.text
    assert "Łukasz" not in page.text
    assert "'=Eve" in download.get_data(as_text=True)
    assert "Finished" in show.text
