"""`python -m app.stack`: starts Headwater and stays until Ctrl-C."""

import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from app.stack.preflight import CannotStart
from app.stack.tree import Stack

WATCH_SECONDS = 0.5


def main() -> int:
    """Return the exit status: 0 after Ctrl-C, 1 where it could not start."""
    stopping = threading.Event()
    stack = Stack(
        data_dir=Path(os.environ.get("DATA_DIR", "instance")),
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8080")),
        tell=_say,
    )
    _obey(stack, stopping)
    try:
        stack.start()
        _say(_greeting(stack))
        while not stopping.wait(WATCH_SECONDS):
            stack.watch()
    except CannotStart as failure:
        _say(str(failure))
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _say("Ending…")
        stack.end()
    return 0


def _obey(stack: Stack, stopping: threading.Event) -> None:
    """End politely at the first signal, by force at the second."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        if stopping.is_set():
            stack.end(by_force=True)
            sys.exit(1)
        stopping.set()
        if not stack.children or len(stack.children) < 4:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def _greeting(stack: Stack) -> str:
    sign_in = f"as {stack.admin_email} with the password {stack.admin_password}"
    shown = sign_in if stack.admin_password else "with the password shown at the first start"
    return (
        f"\n  Headwater runs at {stack.url}\n"
        f"  Sign in {shown}\n"
        "  Next: open the address and start your first dataflow. Ctrl-C ends it.\n"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
