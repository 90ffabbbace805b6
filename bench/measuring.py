"""Times functions in turn and prints their figures as JSON lines."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

ROUNDS = 3


@dataclass(frozen=True)
class Figure:
    """One figure, in seconds: ours, the floor's, the peer's, and their ratios."""

    name: str
    unit: str
    ours: float
    floor: float | None
    peer: float | None
    peer_name: str | None
    ratio_floor: float | None
    ratio_peer: float | None
    peak_rss_mb: float
    rows: int


def measure(
    name: str,
    rows: int,
    ours: Callable[[], object],
    floor: Callable[[], object],
    peer: Callable[[], object] | None,
    peer_name: str | None,
    prepare: Mapping[str, Callable[[], object]] | None = None,
) -> Figure:
    """Return the medians of interleaved rounds; a ratio to the peer over 1 means we are faster.

    What is to be prepared before each, by `ours`, `floor` and `peer`, is not timed.
    """
    works = {"ours": ours, "floor": floor, **({} if peer is None else {"peer": peer})}
    seconds: dict[str, list[float]] = {label: [] for label in works}
    for _round in range(ROUNDS):
        for label, work in works.items():
            if prepare is not None:
                prepare[label]()
            began = time.perf_counter()
            work()
            seconds[label].append(time.perf_counter() - began)
    median = {label: statistics.median(taken) for label, taken in seconds.items()}
    return Figure(
        name=name,
        unit="s",
        ours=round(median["ours"], 4),
        floor=round(median["floor"], 4),
        peer=round(median["peer"], 4) if peer is not None else None,
        peer_name=peer_name,
        ratio_floor=round(median["ours"] / median["floor"], 2),
        ratio_peer=round(median["peer"] / median["ours"], 2) if peer is not None else None,
        peak_rss_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        rows=rows,
    )


def show(figure: Figure) -> None:
    """Print one figure as a line of JSON."""
    sys.stdout.write(json.dumps(asdict(figure)) + "\n")
    sys.stdout.flush()
