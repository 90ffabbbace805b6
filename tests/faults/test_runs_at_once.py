"""Runs that two workers are rung for, that stand still, or that somebody stops."""

import random
import signal
import time
from contextlib import suppress

import pytest

from app import clock, storage
from app.lake.write_modes import WriteMode
from app.runs import services as runs
from app.runs.models import RunStatus
from tests.faults.run_world import finish, make_world

MODES = list(WriteMode)
FILES, CANCELLED = 5, 10


@pytest.mark.parametrize("mode", MODES)
def test_two_workers_carry_each_run_out_once_and_in_the_order_of_the_files(pool, mode):
    world = make_world(mode, files=FILES)

    for _ in range(FILES):
        run_id = world.ring()
        both = [pool.start(run_id), pool.start(run_id)]
        assert [worker.wait() for worker in both] == [0, 0]

    found = world.runs()
    assert [run.attempt for run in found] == [1] * FILES
    assert [run.stream_file_id for run in found] == sorted(run.stream_file_id for run in found)
    assert all(
        one.finished_at <= next_one.started_at
        for one, next_one in zip(found, found[1:], strict=False)
    )
    for run, expected in zip(found, world.expected, strict=True):
        world.assert_accounted_for(run, expected)
    assert world.rows() == world.oracle.rows


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("moment", ["before reading", "after reading", "after closing"])
def test_a_worker_that_stood_still_changes_nothing_once_another_took_over(pool, mode, moment):
    world = make_world(mode, files=2)
    finish(world, pool, world.ring())
    run_id = world.ring()
    first = pool.start(run_id, at={"SIGSTOP": moment})
    first.wait_until_it_stands()

    done = finish(world, pool, run_id)
    version = world.version()
    first.signal(signal.SIGCONT)

    assert first.wait() == 0
    assert world.version() == version
    world.assert_accounted_for(world.run(run_id), world.expected[1])
    assert world.run(run_id).attempt == done.attempt
    assert world.rows() == world.oracle.rows
    assert world.leftovers() == []
    world.assert_journals_are_of(world.runs())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("moment", ["before planning", "after journal", "before committing"])
def test_a_worker_that_stood_still_while_it_held_the_table_writes_once(pool, mode, moment):
    world = make_world(mode, files=2)
    finish(world, pool, world.ring())
    version, run_id = world.version(), world.ring()
    first = pool.start(run_id, at={"SIGSTOP": moment})
    first.wait_until_it_stands()

    # The second reads the file, then waits for the table, until the first goes on.
    second = pool.start(run_id, stalled_after=0, at={"SIGSTOP": "after reading"})
    second.wait_until_it_stands()
    second.signal(signal.SIGCONT)
    first.signal(signal.SIGCONT)

    assert [first.wait(), second.wait()] == [0, 0]
    assert world.run(run_id).attempt == 2
    world.assert_accounted_for(world.run(run_id), world.expected[1])
    assert world.version() == version + 1
    assert world.rows() == world.oracle.rows
    assert world.leftovers() == []
    world.assert_journals_are_of(world.runs())


def test_a_run_written_by_a_worker_given_up_for_dead_has_the_counts_of_all_its_rows(pool):
    world = make_world(WriteMode.APPEND, files=2)
    finish(world, pool, world.ring())
    run_id = world.ring()
    # The first goes by the last check and stands there; the second has forgotten its rows and
    # dies before it has read them again; then the first commits.
    first = pool.start(run_id, at={"SIGSTOP": "before committing"})
    first.wait_until_it_stands()
    second = pool.start(run_id, stalled_after=0, at={"SIGKILL": "before reading"})
    assert second.wait() == -signal.SIGKILL
    first.signal(signal.SIGCONT)
    assert first.wait() == 0

    finish(world, pool, run_id)

    world.assert_accounted_for(world.run(run_id), world.expected[1])
    assert world.rows() == world.oracle.rows


@pytest.mark.parametrize("mode", MODES)
def test_a_run_stopped_at_any_moment_did_all_or_nothing(pool, mode):
    world = make_world(mode, files=1)
    began = time.monotonic()
    finish(world, pool, world.ring())
    duration, chance = time.monotonic() - began, random.Random(3)

    for _ in range(CANCELLED):
        before, version, rows = dict(world.oracle.rows), world.version(), world.rows()
        world.send(world.another_file(chance))
        run_id = world.ring()
        worker = pool.start(run_id)
        time.sleep(chance.uniform(0, duration))
        with suppress(runs.RunEnded):
            runs.cancel_run(run_id=run_id, now=clock.now())
        assert worker.wait() == 0
        run = world.run(run_id)
        has_journal = storage.lake().journal(world.table, run_id).exists()
        if run.status is RunStatus.CANCELLED:
            assert (world.version(), world.rows(), has_journal) == (version, rows, False)
            world.oracle.rows = before
        else:
            world.assert_accounted_for(run, world.expected[-1])
            assert has_journal
        assert world.rows() == world.oracle.rows
        assert world.leftovers() == []


@pytest.mark.parametrize(
    "moment", ["before undoing", "after journal", "after copying", "after committing"]
)
def test_an_undo_killed_on_the_way_is_taken_up_again(pool, moment):
    world = make_world(WriteMode.OVERWRITE, files=1)
    finish(world, pool, world.ring())
    before = world.rows()
    world.send(world.another_file(random.Random(9)))
    undone = finish(world, pool, world.ring())
    undo = runs.start_undo(run_id=undone.id, now=clock.now()).id

    assert pool.start(undo, at={"SIGKILL": moment}).wait() == -signal.SIGKILL
    done = finish(world, pool, undo)

    assert done.status is RunStatus.FINISHED
    assert world.rows() == before
    assert world.run(undone.id).undone_by_run_id == undo
    expected = (undone.removed_count, undone.changed_count, undone.added_count)
    assert (done.added_count, done.changed_count, done.removed_count) == expected
    assert world.leftovers() == []


@pytest.mark.parametrize("moment", ["after reading", "after planning", "after journal"])
def test_a_dry_run_killed_on_the_way_is_taken_up_again_and_writes_nothing(pool, moment):
    world = make_world(WriteMode.APPEND, files=1)
    finish(world, pool, world.ring())
    version = world.version()
    dry = runs.start_dry_run(dataflow_id=world.dataflow.id, now=clock.now()).id

    assert pool.start(dry, at={"SIGKILL": moment}).wait() == -signal.SIGKILL
    done = finish(world, pool, dry)

    assert done.status is RunStatus.FINISHED
    assert done.received_count == sum(done.buckets.values()) == 3
    assert world.version() == version
    assert world.rows() == world.oracle.rows
    assert world.leftovers() == []
