"""Runs a command that must not outlive its parent: `python -m app.stack.guard PARENT COMMAND…`."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Have Linux kill this process when its parent, of the given id, is gone.

    The wish survives exec but no fork: a server's own children must each ask for themselves.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # The parent may have ended before Linux was asked.
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Become the command."""
    parent, *command = sys.argv[1:]
    end_with_parent(int(parent))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
