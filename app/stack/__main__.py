"""`python -m app.stack`: starts Headwater and stays until Ctrl-C."""

import contextlib
import os
import signal
import sys
import time
from types import FrameType

import config
from app.stack import greeting
from app.stack.preflight import CannotStart
from app.stack.tree import Stack, Stopped

WATCH_SECONDS = 0.2


def main() -> int:
    """Return the exit status: 0 where it was asked to end, 1 where it could not start."""
    stack = Stack(data_dir=config.data_folder(os.environ), tell=_say)
    _obey(stack)
    try:
        stack.start()
        _say(greeting.words(stack))
        while not stack.is_stopping:
            stack.watch()
            time.sleep(WATCH_SECONDS)
    except CannotStart as failure:
        _say(str(failure))
        return 1
    except Stopped:
        return 0
    finally:
        stack.end()
    _say("Headwater has ended. Your data is kept.")
    return 0


def _obey(stack: Stack) -> None:
    """End politely at the first signal, by force at the second."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        if stack.is_stopping:
            stack.kill()
            raise SystemExit(1)
        stack.is_stopping = True
        _say("Ending… (again to end by force)")

    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, stop)


def _say(line: str) -> None:
    # Whoever read our output may have gone; the processes still have to be ended in order.
    with contextlib.suppress(OSError):
        os.write(sys.stdout.fileno(), f"{line}\n".encode(errors="replace"))


if __name__ == "__main__":
    sys.exit(main())
