"""The page of exports."""

import pytest

from app.site.exports import queries
from app.site.exports.models import ExportStatus
from tests.conftest import PASSWORD
from tests.integration.site.exports.scheduled import SCHEDULE, STREAM_ID, make_run
from tests.pages import Pages


def test_without_a_schedule_the_page_says_how_to_make_one(pages):
    page = pages.get("/exports")

    assert page.h1 == ["Exports"]
    assert "Nothing is scheduled" in page.text
    assert "HEADWATER_CONFIG" in page.text
    assert "[[data_export.schedule.user]]" in page.text
    assert "Last exports" not in page.text


def test_what_is_scheduled_is_shown_in_words_with_its_next_time(app, pages):
    app.config["EXPORT_SCHEDULE"] = SCHEDULE

    page = pages.get("/exports")

    assert "every 30 minutes" in page.text
    assert "*/30 * * * *" in page.text
    assert "None has run yet" in page.text
    assert page.text.count("<time datetime=") == 1
    assert "Nothing is scheduled" not in page.text


def test_the_last_exports_are_listed_the_newest_first(pages):
    make_run(row_count=1234, part_count=2)
    make_run(ExportStatus.FAILED, failure="There is no user to send.")

    page = pages.get("/exports")

    assert page.text.index("There is no user to send.") < page.text.index("1\u202f234")
    assert "Nothing is scheduled" in page.text


def test_the_list_comes_in_pages(pages, monkeypatch):
    monkeypatch.setattr(queries, "RUNS_A_PAGE", 1)
    make_run(failure="The first.")
    make_run(failure="The second.")

    first, second = pages.get("/exports"), pages.get("/exports?page=2")

    assert "The second." in first.text
    assert "The first." not in first.text
    assert "The first." in second.text
    assert "Page 2 of 2" in second.text


@pytest.mark.parametrize("address", ["/exports", "/exports?page=99"])
def test_a_viewer_sees_the_page_but_no_stream_id(app, viewer, address):
    app.config["EXPORT_SCHEDULE"] = SCHEDULE
    make_run()

    page = Pages(app, viewer.email, PASSWORD).get(address)

    assert page.status == 200
    assert "--no-draft --stream-id …" in page.text
    assert STREAM_ID not in page.text
