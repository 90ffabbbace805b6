"""Work done ahead, on threads, its results in the order in which it came."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def in_order(
    make: Callable[[Given], Made], given: Iterable[Given], *, ahead: int
) -> Iterator[Made]:
    """Yield what is made of each, in order; so many are worked on while others are taken.

    What `make` or the iteration raises is raised at its place in the order.
    """
    with ThreadPoolExecutor(max_workers=ahead) as pool:
        under_way: deque[Future[Made]] = deque()
        try:
            for each in given:
                under_way.append(pool.submit(make, each))
                if len(under_way) > ahead:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()
