"""Of an erased person nothing is left in what is prepared of events, whoever prepares meanwhile."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from app import storage
from app.audiences import statement
from app.audiences.tree import reading
from app.erasures import services
from app.erasures.models import ErasureStatus
from app.erasures.places import Step
from app.lake.tables import Lake
from app.people import events_by_person, prepared, sources
from app.people import services as people
from app.tracking import queries as tracking_queries
from app.tracking import services as tracking
from tests.conftest import NOW
from tests.integration.erasures import everywhere
from tests.integration.erasures.everywhere import BROWSER, MARKER, OTHER, SHARED
from tests.integration.people.test_events_by_person import as_prepared, as_they_are
from tests.integration.tracking.sending import make_source, send

DAY = timedelta(hours=24)


@pytest.fixture(autouse=True)
def every_file(monkeypatch):
    """Prepare every file, however small."""
    monkeypatch.setattr(sources, "FEW_ROWS", 0)


@pytest.fixture
def copied(app):
    """A source whose events, and the person's, are prepared."""
    source = everywhere.fill_events(app)
    tracking.flush_inbox()
    assert people.prepare_events() == 1
    assert copies_with(app, MARKER) != []
    return source


def copies_with(app, *texts):
    found = everywhere.places_with(app, *texts)
    return [place for place in found if place.startswith("lake/people/events/")]


def erase_with_a_day_of_grace(app, erasure):
    means = replace(everywhere.means(app), grace=DAY)
    services.erase_person(
        erasure_id=erasure.id,
        means=means,
        stalled_after=everywhere.STALLED,
        clock=everywhere.clock.now,
    )
    return services.queries.find_erasure(erasure.id)


def test_copies_are_read_no_more_at_once_and_stay_for_readers_for_a_day(app, copied):
    waiting = erase_with_a_day_of_grace(app, everywhere.ask())

    assert (waiting.status, waiting.step) == (ErasureStatus.WAITING, Step.PAST)
    assert waiting.counts["prepared"] == 5
    assert prepared.notes(storage.lake()) == {}
    assert copies_with(app, MARKER) != []
    people.prepare_events()
    assert as_prepared() == as_they_are()

    done = everywhere.go_on(app, waiting)

    assert (done.status, done.left) == (ErasureStatus.DONE, [])
    assert done.found_again["prepared"] == 0
    assert copies_with(app, MARKER, BROWSER) == []
    assert as_prepared() == as_they_are() != []


def test_events_that_turned_out_to_be_anothers_are_theirs_in_no_copy(app):
    source = make_source()
    for kind, day, who in (
        ("track", 15, {"event": "visit"}),
        ("identify", 1, {"userId": MARKER}),
        ("identify", 10, {"userId": OTHER}),
    ):
        at = {"anonymousId": SHARED, "timestamp": f"2026-11-{day:02}"}
        send(app, source, f"/v1/{kind}", {**at, **who})
        tracking.flush_inbox()
        if day == 1:
            people.prepare_events()
    before = copies_with(app, MARKER)

    erasure = everywhere.go_on(app, everywhere.ask())

    # The file of the event, which is another's now, stays as it is; its copy is out of date.
    assert len(before) == 2
    assert erasure.status is ErasureStatus.DONE
    assert (erasure.counts["events"], erasure.counts["prepared"]) == (1, 2)
    assert everywhere.places_with(app, MARKER) == []
    assert len(everywhere.events_by_time()) == 2
    assert as_prepared() == as_they_are() != []


def test_an_erasure_waits_for_a_build_under_way_and_forgets_what_it_wrote(app, copied, monkeypatch):
    monkeypatch.setattr(Lake.writer_lock.__wrapped__, "__defaults__", (0.1,))
    lake, listed = storage.lake(), sources.listed

    with lake.writer_lock(prepared.TABLE):
        # It has listed the files before the person's events go, and reads them as they were.
        before = listed(tracking_queries.meanings())
        waiting = everywhere.go_on(app, everywhere.ask())
        monkeypatch.setattr(sources, "listed", lambda _meanings: before)
        prepared.forget(lake, list(prepared.notes(lake)))
        assert events_by_person.prepare(tracking_queries.meanings()) == 1
        monkeypatch.setattr(sources, "listed", listed)
    assert (waiting.status, waiting.waits_for) == (ErasureStatus.WAITING, services.BUSY)

    done = everywhere.go_on(app, waiting)

    assert (done.status, done.left) == (ErasureStatus.DONE, [])
    assert copies_with(app, MARKER, BROWSER) == []
    assert as_prepared() == as_they_are()


def test_a_build_whose_file_was_removed_gives_up_and_leaves_nothing(app, copied, monkeypatch):
    before = sources.listed(tracking_queries.meanings())
    assert everywhere.go_on(app, everywhere.ask()).status is ErasureStatus.DONE
    with monkeypatch.context() as late:
        late.setattr(sources, "listed", lambda _meanings: before)
        assert not Path(before[0].file).exists()
        assert people.prepare_events() == 0

    assert copies_with(app, MARKER, OTHER) == []
    assert people.prepare_events() == 1
    assert as_prepared() == as_they_are() != []


def test_a_build_that_fails_for_another_reason_says_so(app, copied, monkeypatch):
    def full(*_arguments):
        raise duckdb.IOException("No space left on device")

    lake = storage.lake()
    prepared.forget(lake, list(prepared.notes(lake)))
    monkeypatch.setattr(prepared, "write", full)

    with pytest.raises(duckdb.IOException):
        people.prepare_events()


def test_what_a_killed_build_left_is_waited_for_and_removed(app, copied):
    folder = Path(storage.lake().address(prepared.TABLE))
    (folder / "part-killed.parquet").write_bytes(b"PAR1" + MARKER.encode())

    erasure = everywhere.go_on(app, everywhere.ask())

    assert erasure.status is ErasureStatus.DONE
    assert copies_with(app, MARKER) == []


def test_what_was_lent_for_sql_to_read_is_taken_back_at_once(app):
    everywhere.fill_events(app)
    tracking.flush_inbox()
    tree = reading.parsed({"all": [{"did": {"event": "*"}}]})
    assert "/people/lent/" in statement.written(tree, zone="UTC", now=NOW)
    lent = [each for each in everywhere.places_with(app, MARKER) if "people/lent/" in each]

    erase_with_a_day_of_grace(app, everywhere.ask())

    assert lent != []
    assert [each for each in everywhere.places_with(app, MARKER) if "people/lent/" in each] == []
