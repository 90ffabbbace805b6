"""How many requests a write key may send a minute, counted for all processes together.

Asking the store for every request would take longer than the request. So each process takes a share
of the minute's requests at a time, and gives what it has taken without asking.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from redis import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

WINDOW_SECONDS = 60
# So many shares has a minute: what a process took and does not use, no other can.
SHARES = 50


@dataclass
class _Taken:
    """What is left of the shares a process took of a window."""

    window: int
    left: int
    is_used_up: bool = False


@dataclass
class Quotas:
    """The requests that are left of each source's, in this process."""

    redis: Redis
    clock: Callable[[], float] = time.time
    _taken: dict[int, _Taken] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_seconds(self, source_id: int, most_a_minute: int) -> int:
        """Return 0 and count one request, or after how many whole seconds the next is taken."""
        now = self.clock()
        window = int(now // WINDOW_SECONDS)
        with self._lock:
            taken = self._taken.get(source_id)
            if taken is None or taken.window != window:
                taken = self._taken[source_id] = _Taken(window, 0)
            if not taken.left and not taken.is_used_up:
                self._take_share(source_id, taken, most_a_minute)
            if taken.left:
                taken.left -= 1
                return 0
        return max(1, -int(-((window + 1) * WINDOW_SECONDS - now) // 1))

    def _take_share(self, source_id: int, taken: _Taken, most: int) -> None:
        share = max(1, most // SHARES)
        key = f"headwater:quota:{source_id}:{taken.window}"
        try:
            with self.redis.pipeline() as pipeline:
                pipeline.incrby(key, share)
                pipeline.expire(key, 2 * WINDOW_SECONDS)
                total = int(pipeline.execute()[0])
        except RedisError:
            # Without the count a request is taken rather than lost; the inbox has its own limit.
            log.warning("quota.unknown", extra={"source_id": source_id})
            taken.left = share
            return
        taken.left = max(0, share - max(0, total - most))
        taken.is_used_up = not taken.left
