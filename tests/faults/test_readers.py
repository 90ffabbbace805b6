"""Readers of a dataset that is overwritten all the while."""

from app.lake import browsing
from tests.faults.lake_writer import SCHEMA, lake_in, write
from tests.faults.test_lake import start

TIMES = 15
# The value of all rows, and how many there are.
STATES = {1: 3_000, 2: 5_000}


def test_a_reader_sees_the_old_dataset_or_the_new_one_never_a_mix(tmp_path):
    write(tmp_path, transaction="run-1", first=0, count=STATES[1], value=1, mode="overwrite")
    writes = [
        {
            "transaction": f"run-{run}",
            "first": 0,
            "count": STATES[1 + run % 2],
            "value": 1 + run % 2,
            "mode": "overwrite",
        }
        for run in range(3, 3 + TIMES)
    ]
    writer = start(tmp_path, *writes)

    seen = []
    while writer.poll() is None:
        seen.append(state_of(tmp_path))
    writer.communicate()

    assert writer.returncode == 0
    assert set(seen) == set(STATES.items())
    assert state_of(tmp_path) == (2, STATES[2])


def state_of(folder):
    """Return the value that all rows have and how many there are; fail where they differ."""
    lake = lake_in(folder)
    page = browsing.browse(lake, "people", SCHEMA.names, sort="c2", limit=1)
    assert page.matching_count == STATES[page.rows[0]["c2"]]
    frame = browsing.read_frame(lake, "people")
    (value,) = set(frame["c2"])
    return value, len(frame)
