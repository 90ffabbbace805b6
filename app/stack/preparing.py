"""Has the first-start program make the database ready, and takes its answer."""

import json
import subprocess
import sys
from collections.abc import Mapping

from app.stack.children import ROOT, Tell, guarded
from app.stack.preflight import CannotStart


def prepare(environment: Mapping[str, str], tell: Tell) -> dict[str, str]:
    """Return the `email` and `password` made, or nothing where people exist; raise CannotStart."""
    done = subprocess.run(
        guarded([sys.executable, "-m", "app.stack.first_start"]),
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        # A Ctrl-C meanwhile is ours to act on, once the migration is through.
        start_new_session=True,
    )
    if done.returncode:
        tell(done.stderr.rstrip())
        raise CannotStart("The database could not be made ready. The reason is above.")
    answer: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    if "problem" in answer:
        raise CannotStart(answer["problem"])
    return answer
