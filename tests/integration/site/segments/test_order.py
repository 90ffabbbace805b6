"""Newest wins, whatever came first and whatever is worked first."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.extensions import db
from app.queue import JobName
from app.site.segments import queries, services
from app.site.segments.models import MessageStatus
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


def test_an_older_create_that_is_worked_late_changes_nothing(app, queue):
    app.config["BULK_ASYNC_THRESHOLD"] = 1
    create(app, name="Old", webhook_id="m-1")
    post(app, encoded("detach", {"audienceId": "a-1"}), "m-2")
    create(app, name="New", webhook_id="m-3")
    now = datetime.now(UTC) + LATER
    services.hand_over_batches(stalled_after=LATER, now=now)
    handed = [arguments for name, arguments in queue.jobs if name is JobName.WORK_BATCH]
    for arguments in (handed[2], handed[1], handed[0]):
        services.work_batch(**arguments, known=known(app), batch_items=2, now=NOW)

    segment = queries.list_segments(1).items[0]
    assert (segment.name, segment.is_detached) == ("New", False)
    assert statuses() == ["superseded", "superseded", "applied"]


def test_changes_that_came_while_it_was_detached_count_once_it_is_created_again(app, queue):
    create(app)
    post(app, encoded("detach", {"audienceId": "a-1"}), "m-1")
    changes(app, ("1001", True, 1), webhook_id="m-2")
    create(app, webhook_id="again")
    work_all(app, queue, datetime.now(UTC) + LATER)

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


_CHANGE = st.tuples(st.sampled_from(["1001", "1002", "5"]), st.booleans(), st.integers(1, 6))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sent=st.lists(st.lists(_CHANGE, min_size=1, max_size=6), max_size=5),
    threshold=st.sampled_from([1, 3, 100]),
    seed=st.integers(0, 1000),
)
def test_members_are_those_of_the_newest_changes_whatever_the_order_of_the_batches(
    app, queue, sent, threshold, seed
):
    number = len(stored_messages())
    audience = f"a-{number}"
    app.config["BULK_ASYNC_THRESHOLD"] = threshold
    app.config["BULK_BATCH_ITEMS"] = 2
    create(app, audience, webhook_id=f"create-{audience}")
    for place, given_changes in enumerate(sent):
        changes(app, *given_changes, audience=audience, webhook_id=f"{number}-{place}")
    work_in_any_order(app, queue, seed)

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
    # The site does not know the last of the three, so they never enter.
    wanted = {person for person, (_s, membership) in newest.items() if membership} - {"5"}
    assert set(member_ids(audience)) - ties == wanted - ties


def work_in_any_order(app, queue, seed):
    """Work batches until none is left: one that makes a segment brings others back."""
    for days in range(1, 4):
        now = datetime.now(UTC) + timedelta(days=days)
        services.hand_over_batches(stalled_after=LATER, now=now)
        handed = [arguments for name, arguments in queue.jobs if name is JobName.WORK_BATCH]
        queue.jobs.clear()
        # How many there are depends on more than was drawn, so only the order's seed is.
        random.Random(seed).shuffle(handed)
        for arguments in handed:
            services.work_batch(**arguments, known=known(app), batch_items=2, now=NOW)
    db.session.rollback()
