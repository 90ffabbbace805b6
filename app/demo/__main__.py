"""`python -m app.demo`: the whole loop on the sample shop and on real files, with its counts."""

import os
import socket
import sys
import tempfile
from collections import deque
from pathlib import Path

from app.demo import main_job, walking, whole_loop
from app.demo.summary import CountsDisagree, Summary
from app.demo.visiting import PageUnexpected, Visitor
from app.stack.preflight import CannotStart
from app.stack.tree import Stack

LINES_KEPT = 60
LEADS_ELSEWHERE = ("_URL", "_KEY", "_SECRET", "_CLIENT_ID", "_SEGMENT_GROUP")
SETTINGS = '[people]\ncallable = "app.demo.people.known"\n'


def main() -> int:
    """Return 0 only where every count agrees."""
    summary = Summary()
    said: deque[str] = deque(maxlen=LINES_KEPT)
    with tempfile.TemporaryDirectory(prefix="headwater-demo-") as folder:
        try:
            with Stack(
                data_dir=Path(folder),
                port=_free_port(),
                environment=_environment(Path(folder)),
                tell=said.append,
            ) as stack:
                _play(stack, summary)
        except (CannotStart, PageUnexpected, CountsDisagree) as failure:
            sys.stdout.write("\n".join([*said, f"Failed: {failure}\n"]))
            return 1
    summary.line("Every count agrees")
    return 0


def _play(stack: Stack, summary: Summary) -> None:
    summary.line(f"Headwater runs at {stack.url}")
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    main_job.sample_shop(stack, visitor, summary)
    main_job.real_file(stack, visitor, summary)
    whole_loop.play(stack, visitor, summary)


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment without what leads elsewhere, and with the demo's own settings."""
    settings = folder / "headwater.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    plain = {
        name: value for name, value in os.environ.items() if not name.endswith(LEADS_ELSEWHERE)
    }
    # An audience is looked at again so soon, that the demo has not to wait for what changed.
    return {**plain, "HEADWATER_CONFIG": str(settings), "AUDIENCE_REFRESH_SECONDS": "2"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(main())
