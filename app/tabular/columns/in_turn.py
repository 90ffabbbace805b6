"""Work on several things at once in threads, on each of them in turn."""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future


class InTurn:
    """Rounds of the same work on things by their names, more than one round at a time.

    Work on one thing begins when that of the round before has ended; nothing waits for work on
    other things, so that no thread is idle at the end of a round. As many rounds as said are under
    way at most: what they hold stays in memory.
    """

    def __init__(self, workers: Executor, most_rounds: int) -> None:
        self._workers = workers
        self._most_rounds = most_rounds
        self._rounds: deque[list[Future[None]]] = deque()
        self._last: dict[str, Future[None]] = {}

    def begin(self, work: Callable[[str], None], names: Iterable[str]) -> None:
        """Begin a round, once there are few enough; raise what went wrong in an earlier one."""
        while len(self._rounds) >= self._most_rounds:
            self._end_first()
        began: list[Future[None]] = []
        self._rounds.append(began)
        for name in names:
            # Those that are waited for were handed over before, so one of them always goes on.
            task = self._workers.submit(_after, self._last.get(name), work, name)
            self._last[name] = task
            began.append(task)

    def end(self) -> None:
        """Wait for all rounds; raise what went wrong in them."""
        while self._rounds:
            self._end_first()

    def _end_first(self) -> None:
        for task in self._rounds.popleft():
            task.result()


def _after(before: Future[None] | None, work: Callable[[str], None], name: str) -> None:
    if before is not None:
        before.result()
    work(name)
