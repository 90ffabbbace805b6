"""Workers killed at any moment of their runs: the dataset and every count as if none had been."""

import random
import signal
import time
from datetime import timedelta

import pytest

from app import storage
from app.lake.write_modes import WriteMode
from tests.faults.run_world import finish, make_world

FILES = 25
MODES = list(WriteMode)
MOMENTS = [
    "after reading",
    "before planning",
    "after planning",
    "after journal",
    "before copying",
    "after copying",
    "after committing",
    "before closing",
    "after closing",
]


def assert_as_if_nothing_had_been(world):
    finished = world.runs()
    assert len(finished) == len(world.expected)
    for run, expected in zip(finished, world.expected, strict=True):
        world.assert_accounted_for(run, expected)
    assert world.rows() == world.oracle.rows
    world.assert_journals_are_of(finished)
    assert world.leftovers() == []
    # What killed writers left is no part of any version.
    storage.lake().vacuum(world.table, older_than=timedelta(0))
    assert world.rows() == world.oracle.rows


@pytest.mark.parametrize("mode", MODES)
def test_25_runs_killed_at_random_moments_do_what_they_would_have_done(pool, mode):
    world = make_world(mode, files=1 + FILES, seed=len(mode))
    began = time.monotonic()
    finish(world, pool, world.ring())
    duration = time.monotonic() - began
    chance, statuses = random.Random(5), []

    for _ in range(FILES):
        run_id = world.ring()
        worker = pool.start(run_id)
        time.sleep(chance.uniform(0, duration))
        worker.signal(signal.SIGKILL)
        statuses.append(worker.wait())
        finish(world, pool, run_id)

    assert -signal.SIGKILL in statuses
    assert_as_if_nothing_had_been(world)


@pytest.mark.parametrize("mode", MODES)
def test_runs_killed_at_each_step_do_what_they_would_have_done(pool, mode):
    world = make_world(mode, files=1 + len(MOMENTS), seed=7)
    finish(world, pool, world.ring())

    for moment in MOMENTS:
        run_id = world.ring()
        assert pool.start(run_id, at={"SIGKILL": moment}).wait() == -signal.SIGKILL, moment
        finish(world, pool, run_id)

    assert_as_if_nothing_had_been(world)
