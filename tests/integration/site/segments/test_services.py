"""What becomes of items: newest wins, in whatever order, once, and nothing is lost."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.exceptions import RedisError

from app.extensions import db
from app.queue import JobName
from app.site.segments import queries, services, working
from app.site.segments.models import MessageStatus
from tests.conftest import NOW
from tests.integration.site.segments.sending import (
    changes,
    create,
    encoded,
    known,
    make_shop,
    member_ids,
    post,
    statuses,
    stored_messages,
    work_all,
)

LATER = timedelta(seconds=20)


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture(autouse=True)
def shop(app):
    make_shop(app)


def many(count=100, first=1001):
    return [(str(first + number), True, number) for number in range(count)]


def test_a_higher_sequence_wins_though_it_came_earlier(app):
    create(app)
    changes(app, ("1001", False, 7), webhook_id="m-1")
    changes(app, ("1001", True, 5), webhook_id="m-2")

    assert statuses()[1:] == ["applied", "superseded"]
    assert member_ids() == []


def test_without_a_sequence_the_last_to_arrive_wins(app):
    create(app)
    changes(app, ("1001", True), ("1001", False), ("1001", True), webhook_id="m-1")
    changes(app, ("1002", True, 9), ("1002", False), webhook_id="m-2")

    assert member_ids() == ["1001"]


def test_an_item_for_a_segment_never_created_is_kept_and_counts_once_it_is(app, queue):
    answer = changes(app, ("1001", True, 1), ("1002", True, 2))
    create(app)
    before = statuses()
    work_all(app, queue, datetime.now(UTC) + LATER)

    assert answer.json["unknown_segment"] == 2
    assert before == ["queued", "queued", "applied"]
    assert statuses() == ["applied", "applied", "applied"]
    assert member_ids() == ["1001", "1002"]
    assert {message.status for message in stored_messages()} == {MessageStatus.PROCESSED}


def test_unknown_persons_are_kept_and_may_be_tried_again(app, queue):
    create(app)
    changes(app, ("7", True, 1), ("1001", True, 2))
    app.config["SITE_PEOPLE"] = {"callable": "tests.integration.site.segments.test_services.all_of"}

    count = services.try_again(
        message_id=stored_messages()[1].id, batch_items=10, now=datetime.now(UTC)
    )
    work_all(app, queue, datetime.now(UTC) + LATER)

    assert count == 1
    assert member_ids() == ["7", "1001"]


def all_of(ids, _url):
    """Know everybody."""
    return ids


def test_creating_again_renames_and_changes_no_member(app):
    create(app)
    changes(app, ("1001", True, 1))
    create(app, name="Best buyers")

    segments = queries.list_segments(1).items
    assert [segment.name for segment in segments] == ["Best buyers"]
    assert member_ids() == ["1001"]


def test_detaching_takes_the_members_out_and_what_came_before_counts_no_more(app, queue):
    create(app)
    changes(app, ("1001", True, 1))
    changes(app, *many(), webhook_id="m-2")
    post(app, encoded("detach", {"audienceId": "a-1"}), "m-3")
    work_all(app, queue, datetime.now(UTC) + LATER)
    late = changes(app, ("1001", True, 500), webhook_id="m-4")
    members = member_ids()
    create(app, webhook_id="again")
    changes(app, ("1001", True, 1), webhook_id="m-5")

    assert set(statuses()[2:102]) == {"superseded"}
    assert late.json["segment_detached"] == 1
    assert members == []
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
            client_id="x\0\ud800" * 100,
            remote_address="",
            now=NOW,
        )

    assert [refusal.code for refusal in queries.list_refusals()] == ["c-4", "c-3", "c-2"]


_CHANGE = st.tuples(st.sampled_from(["1001", "1002", "5"]), st.booleans(), st.integers(1, 6))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(st.lists(_CHANGE, min_size=1, max_size=6), max_size=5), data=st.data())
def test_members_are_those_of_the_newest_changes_whatever_the_order_of_the_batches(
    app, queue, sent, data
):
    number = len(stored_messages())
    audience = f"a-{number}"
    app.config["BULK_ASYNC_THRESHOLD"] = data.draw(st.sampled_from([1, 3, 100]))
    app.config["BULK_BATCH_ITEMS"] = 2
    create(app, audience, webhook_id=f"create-{audience}")
    for place, given_changes in enumerate(sent):
        changes(app, *given_changes, audience=audience, webhook_id=f"{number}-{place}")
    work_in_any_order(app, queue, data)

    # The oracle: of each person's changes the highest number counts, the first of several so.
    newest = {}
    for person, membership, sequence in (each for some in sent for each in some):
        held = newest.get(person)
        if held is None or sequence > held[0]:
            newest[person] = (sequence, membership)
    ties = {
        person
        for person, (sequence, _m) in newest.items()
        if len({m for some in sent for p, m, s in some if (p, s) == (person, sequence)}) > 1
    }
    wanted = {person for person, (_s, membership) in newest.items() if membership} - {"5"}
    assert set(member_ids(audience)) - ties == wanted - ties


def work_in_any_order(app, queue, data):
    """Work batches until none is left: one that makes a segment brings others back."""
    for days in range(1, 4):
        now = datetime.now(UTC) + timedelta(days=days)
        services.hand_over_batches(stalled_after=LATER, now=now)
        handed = [arguments for name, arguments in queue.jobs if name is JobName.WORK_BATCH]
        queue.jobs.clear()
        for arguments in data.draw(st.permutations(handed)):
            services.work_batch(**arguments, known=known(app), batch_items=2, now=NOW)
    db.session.rollback()
