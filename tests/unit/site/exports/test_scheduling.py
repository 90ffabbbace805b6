"""The schedule: which exports run by themselves, when, with what."""

from datetime import UTC, datetime

import pytest

from app.site.exports import scheduling
from app.site.exports.exporting import ExportKind
from app.site.exports.scheduling import ScheduleInvalid


def entry(options="--stream-id the-stream", interval="*/30 * * * *"):
    return {"interval": interval, "options": options}


def test_entries_are_numbered_within_their_kind():
    found = scheduling.entries({"user": [entry(), entry()], "content": [entry()]})

    numbers = [(each.kind, each.number) for each in found]
    assert numbers == [(ExportKind.USER, 1), (ExportKind.USER, 2), (ExportKind.CONTENT, 1)]


def test_an_entry_has_its_options_and_shows_them_without_the_stream_id():
    (found,) = scheduling.entries({"user": [entry("--no-draft --stream-id the-stream")]})

    assert (found.options.stream_id, found.options.is_draft) == ("the-stream", False)
    assert found.options_shown == "--no-draft --stream-id …"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--stream-id s --draught", "cannot be read. No such option '--draught'"),
        ("--stream-id 's", "cannot be read. No closing quotation."),
        ("--stream-id s --product-type bundle", "cannot be read. No such option '--product-type'"),
        ("--no-draft", "name no stream. Add --stream-id"),
        ("--stream-id s --dry-run", "have --dry-run, which sends nothing"),
    ],
)
def test_an_entry_that_could_never_run_is_named(options, said):
    with pytest.raises(ScheduleInvalid) as refused:
        scheduling.entries({"user": [entry(), entry(options)]})

    assert str(refused.value).startswith("data_export.schedule.user, entry 2: its options")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("interval", "following"),
    [
        ("*/30 * * * *", datetime(2026, 11, 23, 12, 30, tzinfo=UTC)),
        ("0 3 * * *", datetime(2026, 11, 24, 3, 0, tzinfo=UTC)),
        ("0 0 29 2 *", datetime(2028, 2, 29, 0, 0, tzinfo=UTC)),
    ],
)
def test_the_next_time_is_in_utc(interval, following):
    (found,) = scheduling.entries({"user": [entry(interval=interval)]})

    assert found.next_after(datetime(2026, 11, 23, 12, 0, tzinfo=UTC)) == following


@pytest.mark.parametrize(("kind", "number"), [("user", 2), ("user", 0), ("product", 1), ("x", 1)])
def test_an_entry_that_the_settings_do_not_have_is_none(kind, number):
    schedule = {"user": [entry()]}

    assert scheduling.find_entry(schedule, kind, number) is None
    assert scheduling.find_entry(schedule, "user", 1) is not None
