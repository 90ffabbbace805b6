"""Runs on a disk that is full, and with a lake that is out of reach: they fail clean and resume."""

import signal
import subprocess
from contextlib import suppress

import pytest

from app import clock, storage
from app.lake.write_modes import WriteMode
from app.runs import services as runs
from app.runs.models import RunStatus
from tests.faults.run_world import finish, make_world

MEGABYTE = 1024 * 1024
DISK_FULL = "The disk is full. Free some room, then try it again."


class Disk:
    """A small disk of its own under a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.filler = folder / "filler"

    def fill(self, left):
        """Leave so many bytes of room."""
        with self.filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass
        with self.filler.open("r+b") as file:
            file.truncate(max(0, self.filler.stat().st_size - left))

    def make_room(self):
        self.filler.unlink()

    def remount(self, how):
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True)


@pytest.fixture
def disk(request, tmp_path):
    folder = tmp_path / request.param
    folder.mkdir(exist_ok=True)
    mounting = ["mount", "-t", "tmpfs", "-o", "size=16m", "headwater", str(folder)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("Only root may mount a small disk.")
    yield Disk(folder)
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def world(app):
    return make_world(WriteMode.APPEND, files=2)


def files_of(world):
    """Return every file of the dataset's table and of its journals."""
    lake = storage.lake()
    folders = (lake.journals(world.table), storage.Path(lake.address(world.table)))
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


def fail_and_resume(world, pool, spoil, mend, moment="before reading"):
    """Carry a run out in a spoilt world and say why it failed; then mend all and try it again."""
    finish(world, pool, world.ring())
    before, version, files = world.rows(), world.version(), files_of(world)
    run_id = world.ring()

    worker = pool.start(run_id, at={"SIGSTOP": moment})
    worker.wait_until_it_stands()
    spoil()
    worker.signal(signal.SIGCONT)
    assert worker.wait() == 0
    failed = world.run(run_id)
    status, said = failed.status, failed.failure
    mend()

    assert status is RunStatus.FAILED
    assert (world.rows(), world.version(), files_of(world)) == (before, version, files)
    assert world.leftovers() in ([], ["filler"])
    runs.retry_run(run_id=run_id, now=clock.now())
    world.assert_accounted_for(finish(world, pool, run_id), world.expected[1])
    assert world.rows() == world.oracle.rows
    return said


@pytest.mark.parametrize("left", [0, 24_000, 48_000])
@pytest.mark.parametrize("disk", ["staging", "lake"], indirect=True)
def test_a_run_on_a_full_disk_says_so_and_goes_well_when_there_is_room(disk, world, pool, left):
    said = fail_and_resume(world, pool, lambda: disk.fill(left), disk.make_room)

    assert said == DISK_FULL


@pytest.mark.parametrize("disk", ["lake"], indirect=True)
def test_a_disk_that_is_full_at_the_very_commit_leaves_nothing_behind(disk, world, pool):
    said = fail_and_resume(
        world, pool, lambda: disk.fill(0), disk.make_room, moment="before committing"
    )

    assert said == DISK_FULL


@pytest.mark.parametrize("disk", ["lake"], indirect=True)
def test_a_run_into_a_lake_that_may_only_be_read_fails_clean(disk, world, pool):
    said = fail_and_resume(
        world, pool, lambda: disk.remount("ro"), lambda: disk.remount("rw,size=16m")
    )

    assert "could not be read or written" in said


@pytest.mark.parametrize("in_its_place", ["nothing", "an empty folder", "a file"])
def test_a_run_into_a_lake_that_is_gone_makes_no_other_one(world, pool, tmp_path, in_its_place):
    lake, away = tmp_path / "lake", tmp_path / "away"

    def take_away():
        lake.rename(away)
        if in_its_place == "an empty folder":
            lake.mkdir()
        elif in_its_place == "a file":
            lake.write_text("no folder")

    def put_back():
        if in_its_place == "an empty folder":
            lake.rmdir()
        elif in_its_place == "a file":
            lake.unlink()
        away.rename(lake)

    said = fail_and_resume(world, pool, take_away, put_back)

    assert "lake" in said


def test_a_run_whose_comparison_needs_more_memory_than_there_is_says_so(world, pool):
    finish(world, pool, world.ring())
    before, version, run_id = world.rows(), world.version(), world.ring()

    assert pool.start(run_id, memory="1MB").wait() == 0

    failed = world.run(run_id)
    assert failed.status is RunStatus.FAILED
    assert "not enough memory" in failed.failure
    assert (world.rows(), world.version(), world.leftovers()) == (before, version, [])
