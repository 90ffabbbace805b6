"""Requests a minute: never more than allowed, over all processes; little lost to sharing."""

import fakeredis
import pytest
from redis import Redis

from app.tracking.quotas import Quotas


class Clock:
    now = 1_200.0

    def __call__(self):
        return self.now


def taken(quotas, source=1, most=100, tries=1000):
    return sum(quotas.wait_seconds(source, most) == 0 for _each in range(tries))


@pytest.mark.parametrize("most", [1, 7, 49, 50, 100, 1234])
def test_no_more_than_allowed_are_taken_by_all_processes_together(most):
    redis, clock = fakeredis.FakeRedis(), Clock()
    processes = [Quotas(redis, clock) for _each in range(4)]

    counts = [processes[number % 4].wait_seconds(1, most) == 0 for number in range(4 * most + 400)]

    assert sum(counts) == most


def test_the_next_minute_begins_anew_and_says_when():
    clock = Clock()
    quotas = Quotas(fakeredis.FakeRedis(), clock)
    first = taken(quotas)
    clock.now += 30.5
    waits = quotas.wait_seconds(1, 100)
    clock.now += waits
    second = taken(quotas)

    assert (first, waits, second) == (100, 30, 100)


def test_each_source_has_its_own():
    quotas = Quotas(fakeredis.FakeRedis(), Clock())

    assert (taken(quotas, 1), taken(quotas, 2)) == (100, 100)


def test_without_the_store_requests_are_taken_rather_than_lost():
    nowhere = Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)

    assert taken(Quotas(nowhere, Clock()), tries=10) == 10
