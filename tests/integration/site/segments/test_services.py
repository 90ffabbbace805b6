"""What becomes of items: newest wins, in whatever order, once, and nothing is lost."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from redis.exceptions import RedisError

from app.queue import JobName
from app.site.segments import queries, services, working
from tests.conftest import NOW
from tests.integration.site.segments.sending import (
    changes,
    create,
    encoded,
    known,
    many,
    member_ids,
    post,
    statuses,
    stored_messages,
    work_all,
)

LATER = timedelta(seconds=20)


pytestmark = pytest.mark.usefixtures("shop")


class Killed(BaseException):
    """Stands for the end of the process."""


def test_unknown_persons_are_kept_and_may_be_tried_again(app, queue):
    create(app)
    changes(app, ("7", True, 1), ("1001", True, 2))
    app.config["SITE_PEOPLE"] = {"callable": "tests.integration.site.segments.test_services.all_of"}

    count = services.try_again(
        message_id=stored_messages()[1].id, batch_items=10, now=datetime.now(UTC)
    )
    work_all(app, queue, datetime.now(UTC) + LATER)

    assert count == 1
    assert member_ids() == ["1001", "7"]


def all_of(ids, _url):
    """Know everybody."""
    return ids


def test_whoever_the_site_knows_no_more_still_leaves(app):
    create(app)
    changes(app, ("1001", True, 1))
    app.config["SITE_PEOPLE"] = {
        "callable": "tests.integration.site.segments.test_services.none_of"
    }
    answer = changes(app, ("1001", False, 2), webhook_id="m-2")

    assert answer.json["applied"] == 1
    assert member_ids() == []


def none_of(_ids, _url):
    """Know nobody."""
    return []


def test_creating_again_renames_and_changes_no_member(app):
    create(app)
    changes(app, ("1001", True, 1))
    create(app, name="Best buyers")

    segments = queries.list_segments(1).items
    assert [segment.name for segment in segments] == ["Best buyers"]
    assert member_ids() == ["1001"]


def test_a_detach_of_a_segment_never_created_is_kept(app):
    answer = post(app, encoded("detach", {"audienceId": "a-9"}), "m-1")

    assert answer.json == {"status": "processed", "items": 1, "unknown_segment": 1}


def test_metadata_describes_a_segment(app):
    create(app)
    given = [
        {"key": "a-1", "propertyName": "description", "value": "They buy"},
        {"key": "a-1", "propertyName": "tags", "value": ["shop"]},
        {"key": "a-2", "propertyName": "tags", "value": []},
    ]
    post(app, encoded("metadata", {"changes": given}), "m-1")

    properties = queries.list_segments(1).items[0].properties
    assert {name: held["value"] for name, held in properties.items()} == {
        "description": "They buy",
        "tags": ["shop"],
    }
    assert statuses()[1:] == ["applied", "applied", "unknown segment"]


def test_a_segment_has_so_many_properties_and_no_more(app, queue):
    create(app)
    given = [{"key": "a-1", "propertyName": f"p{n % 300}", "value": n} for n in range(2000)]
    post(app, encoded("metadata", {"changes": given}), "m-1")
    work_all(app, queue, datetime.now(UTC) + LATER)

    found = queries.count_items(2)
    assert len(queries.list_segments(1).items[0].properties) == 200
    assert {status.value: count for status, count in found.items()} == {
        "applied": 1400,
        "refused": 600,
    }


def test_a_worker_that_dies_within_a_batch_leaves_nothing_half_done(app, queue, monkeypatch):
    create(app)
    changes(app, *many())
    services.hand_over_batches(stalled_after=LATER, now=datetime.now(UTC))
    batch_id = queue.jobs[-1][1]["batch_id"]
    original = working.work

    def die(*arguments):
        original(*arguments)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(working, "work", die)
        with pytest.raises(Killed):
            services.work_batch(batch_id=batch_id, known=known(app), batch_items=2, now=NOW)
    members = member_ids()
    services.hand_over_batches(stalled_after=LATER, now=datetime.now(UTC) + LATER * 2)
    again = [arguments for name, arguments in queue.jobs if name is JobName.WORK_BATCH]
    for arguments in again:
        services.work_batch(**arguments, known=known(app), batch_items=2, now=NOW)

    assert members == []
    assert [each["batch_id"] for each in again] == [batch_id, batch_id]
    assert len(member_ids()) == 50
    assert set(statuses()) == {"applied"}


def test_a_batch_is_handed_over_once_while_nobody_knows_that_it_was_lost(app, queue):
    changes(app, *many())
    now = datetime.now(UTC)
    for seconds in (0, 2, 4):
        services.hand_over_batches(stalled_after=LATER, now=now + timedelta(seconds=seconds))

    assert len([name for name, _arguments in queue.jobs if name is JobName.WORK_BATCH]) == 1


def test_a_queue_that_is_down_loses_nothing(app, queue, monkeypatch):
    class Down:
        def enqueue(self, *_arguments, **_named):
            raise RedisError

    create(app)
    app.extensions["bell"] = Down()
    answer = changes(app, *many())
    app.extensions["bell"] = queue
    work_all(app, queue, datetime.now(UTC) + LATER)

    assert answer.status_code == 202
    assert set(statuses()) == {"applied"}


def test_a_batch_waits_while_the_people_cannot_be_asked(app, queue):
    create(app)
    changes(app, *many())
    good = app.config["SITE_PEOPLE"]
    app.config["SITE_PEOPLE"] = {"callable": "nowhere.known"}
    now = datetime.now(UTC)
    work_all(app, queue, now)
    app.config["SITE_PEOPLE"] = good
    at_once, later = work_all(app, queue, now), work_all(app, queue, now + LATER)

    assert (at_once, later) == (0, 1)
    assert set(statuses()) == {"applied"}


def test_the_same_message_twice_at_once_is_taken_in_once(app):
    create(app)
    answers = []
    barrier = threading.Barrier(4)

    def send():
        with app.app_context():
            barrier.wait()
            answers.append(changes(app, ("1001", True, 1), ("1002", True, 2)))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.get_data() for answer in answers}) == 1
    assert statuses() == ["applied"] * 3


def test_only_the_newest_refusals_are_kept(app, monkeypatch):
    monkeypatch.setattr(services, "MOST_REFUSALS", 3)
    for number in range(5):
        services.keep_refusal(
            status=401,
            code=f"c-{number}",
            detail="",
            client_id="",
            remote_address="",
            now=NOW,
        )

    assert [refusal.code for refusal in queries.list_refusals()] == ["c-4", "c-3", "c-2"]
