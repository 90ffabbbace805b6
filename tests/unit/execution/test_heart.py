"""A sign of life, and the end of a process that hangs beside it."""

import subprocess
import sys
import threading

from app.execution import heart

HANGING = """
import signal
from app.execution import heart
heart.MOST_SILENT_SECONDS = 0.2
with heart.beating(lambda: None, every=0.01):
    signal.pause()
"""


def test_it_beats_until_the_block_ends():
    has_beaten, threads = threading.Event(), threading.active_count()

    with heart.beating(has_beaten.set, every=0.001):
        assert has_beaten.wait(30)

    assert threading.active_count() == threads


def test_a_process_that_hangs_is_ended_and_says_where_it_hung():
    done = subprocess.run(
        [sys.executable, "-c", HANGING], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 1
    assert "Timeout" in done.stderr
    assert 'File "<string>", line 6' in done.stderr
