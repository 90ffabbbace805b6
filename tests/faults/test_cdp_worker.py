"""`flask cdp worker`, as a person starts it."""

import subprocess
import sys

from app.stack.children import ROOT
from app.stack.tree import Stack
from tests.conftest import SECRETS
from tests.faults.trees import plain_environment


def worker(environment):
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "cdp", "worker", "--burst"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_it_works_what_is_queued_and_ends(tmp_path):
    with Stack(data_dir=tmp_path, port=0, environment=plain_environment()) as stack:
        done = worker(stack.environment)

    assert done.returncode == 0, done.stderr


def test_without_a_queue_it_says_what_to_do(tmp_path):
    done = worker({**plain_environment(), **SECRETS, "DATA_DIR": str(tmp_path)})

    assert done.returncode == 1
    assert "Start Headwater, or mend REDIS_URL" in done.stderr
