"""Group commit: nothing is answered before it is durable, and nobody waits for nothing."""

import threading
import time

import pytest

from app.tracking.inbox import Arrival, ArrivalUnfit, Inbox, Seldom
from tests.conftest import NOW


def arrival(number):
    return Arrival(number, NOW, None, 1, b"")


def test_what_comes_while_another_writes_is_written_together():
    written, may_go = [], threading.Event()

    def write(arrivals):
        written.append([each.source_id for each in arrivals])
        may_go.wait(10)

    inbox = Inbox(write)
    threads = [threading.Thread(target=inbox.keep, args=(arrival(n),)) for n in range(20)]
    threads[0].start()
    wait_for(lambda: written)
    for thread in threads[1:]:
        thread.start()
    wait_for(lambda: len(inbox._waiting) == 19)
    may_go.set()
    for thread in threads:
        thread.join(10)

    assert written[0] == [0]
    assert sorted(written[1]) == list(range(1, 20))
    assert len(written) == 2


def test_each_of_many_threads_returns_only_when_its_own_is_written():
    kept = set()

    def write(arrivals):
        time.sleep(0.0005)
        kept.update(each.source_id for each in arrivals)

    inbox, missing = Inbox(write), []

    def send(first):
        for number in range(first, first + 100):
            inbox.keep(arrival(number))
            if number not in kept:
                missing.append(number)

    threads = [threading.Thread(target=send, args=(n * 100,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert missing == []
    assert kept == set(range(800))


def test_a_failure_is_told_to_everybody_it_concerns():
    def write(_arrivals):
        raise OSError("no disk")

    with pytest.raises(OSError, match="no disk"):
        Inbox(write).keep(arrival(1))


@pytest.mark.parametrize("first", [SystemExit, ArrivalUnfit])
def test_nobody_takes_for_written_what_a_process_that_ends_was_writing(first):
    """Nor does anybody wait for ever, whether all were being written or each alone."""

    def write(arrivals):
        if len(arrivals) > 1:
            raise first
        if arrivals[0].source_id:
            raise SystemExit

    inbox = Inbox(write)

    failed = sorted(failures_of(inbox, 6).values())
    assert failed == ["SystemExit", *["WritingEnded"] * 4]
    with pytest.raises(SystemExit):
        inbox.keep(arrival(7))


def test_a_failure_of_the_disk_is_everybody_s():
    def write(_arrivals):
        raise OSError("no disk")

    failed = failures_of(Inbox(write, shared=(OSError,)), 6)

    assert failed == dict.fromkeys(range(6), "OSError")


@pytest.mark.parametrize("failure", [ArrivalUnfit, ValueError])
def test_one_that_cannot_be_kept_takes_no_other_with_it(failure):
    kept = []

    def write(arrivals):
        if any(each.source_id == 3 for each in arrivals):
            raise failure
        kept.extend(each.source_id for each in arrivals)

    assert failures_of(Inbox(write), 6) == {3: failure.__name__}
    assert sorted(kept) == [0, 1, 2, 4, 5]


def failures_of(inbox, count):
    """Keep so many, the first alone and the others while it is written; return who failed how."""
    failures, write = {}, inbox.write
    entered, may_go = threading.Event(), threading.Event()

    def write_slowly(arrivals):
        if not entered.is_set():
            entered.set()
            may_go.wait(10)
        write(arrivals)

    def send(number):
        try:
            inbox.keep(arrival(number))
        except BaseException as failure:
            failures[number] = type(failure).__name__

    inbox.write = write_slowly
    threads = [threading.Thread(target=send, args=(n,)) for n in range(count)]
    threads[0].start()
    entered.wait(10)
    for thread in threads[1:]:
        thread.start()
    wait_for(lambda: len(inbox._waiting) == count - 1)
    may_go.set()
    for thread in threads:
        thread.join(10)
    return failures


def test_what_is_asked_for_often_is_done_seldom():
    done = []
    ring = Seldom(lambda: done.append(1), 3600)
    for _each in range(5):
        ring()

    assert done == [1]


def wait_for(is_so):
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.001)
