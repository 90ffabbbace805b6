"""The five steps walked over HTTP, as a person walks them."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.demo.visiting import PageUnexpected, Visitor

WAIT_SECONDS = 90.0
POLL_SECONDS = 0.3


@dataclass(frozen=True)
class Walk:
    """A dataflow that was walked through, by the addresses it has."""

    dataflow_id: int
    stream_id: str


def sign_in(visitor: Visitor, email: str, password: str) -> None:
    """Sign in."""
    visitor.open("/sign-in")
    visitor.send("/sign-in", email=email, password=password)


def create_dataflow(visitor: Visitor, name: str) -> Walk:
    """Walk step 1 and read the stream id of step 2."""
    visitor.open("/dataflows/new")
    visitor.send("/dataflows/new", name=name)
    found = re.search(r"/dataflows/(\d+)/download", visitor.url)
    stream = re.search(r"<code data-copied>([0-9a-f-]{36})</code>", visitor.text)
    if found is None or stream is None:
        raise PageUnexpected(f"{visitor.url} is not step 2, Download.")
    return Walk(dataflow_id=int(found.group(1)), stream_id=stream.group(1))


def upload_draft(visitor: Visitor, walk: Walk, file: Path) -> None:
    """Upload a draft on step 2."""
    visitor.open(f"/dataflows/{walk.dataflow_id}/download")
    with file.open("rb") as opened:
        visitor.send("/download/upload", files={"file": (file.name, opened)})


def map_and_try(visitor: Visitor, walk: Walk, *, schema: str, identifier: str) -> None:
    """Walk steps 2 to 4 with what suggests itself, up to the end of the dry run."""
    base = f"/dataflows/{walk.dataflow_id}"
    visitor.open(f"{base}/download")
    visitor.send("/download/validate")
    visitor.send("/file-mapping/columns")
    visitor.open(f"/schemas/new?dataflow_id={walk.dataflow_id}")
    visitor.send(f"/schemas/new?dataflow_id={walk.dataflow_id}", name=schema, identifier=identifier)
    visitor.send(f"{base}/transform-map")
    wait_until(lambda: _trial_ended(visitor, base), "the dry run")


def activate(visitor: Visitor, walk: Walk) -> None:
    """Walk step 5."""
    base = f"/dataflows/{walk.dataflow_id}"
    visitor.open(f"{base}/activate")
    visitor.send(f"{base}/activate", confirmed="yes")


def make_active(visitor: Visitor, name: str, file: Path, *, identifier: str) -> Walk:
    """Walk all five steps with a draft, for a dataflow and a schema of one name."""
    walk = create_dataflow(visitor, name)
    upload_draft(visitor, walk, file)
    map_and_try(visitor, walk, schema=name, identifier=identifier)
    activate(visitor, walk)
    return walk


def finished_run(visitor: Visitor, walk: Walk, number: int) -> dict[str, int]:
    """Wait for the dataflow's so-many-th run and return its rows by bucket."""
    found: list[str] = []

    def is_there() -> bool:
        visitor.open(f"/dataflows/{walk.dataflow_id}")
        found[:] = sorted(set(re.findall(r"/runs/(\d+)", visitor.text)), key=int)
        return len(found) >= number

    def has_ended() -> bool:
        visitor.open(f"/runs/{found[number - 1]}")
        return ">queued<" not in visitor.text and ">running<" not in visitor.text

    wait_until(is_there, f"run {number}")
    wait_until(has_ended, f"the end of run {number}")
    return buckets(visitor.text)


def buckets(page: str) -> dict[str, int]:
    """Return the numbers of an outcome bar by their names."""
    found = re.findall(
        r"</svg>(Added|Changed|Same|Rejected|Superseded)</th>\s*"
        r'<td class="number">(?:<a [^>]*>)?([\d\u202f]+)',
        page,
    )
    return {name.lower(): int(count.replace("\u202f", "")) for name, count in found}


def create_source(visitor: Visitor, name: str) -> str:
    """Make a source of events and return its write key."""
    visitor.open("/sources/new")
    visitor.send("/sources/new", name=name)
    found = re.search(r"<code data-copied>([\w-]{32})</code>", visitor.text)
    if found is None:
        raise PageUnexpected(f"{visitor.url} shows no write key.")
    return found.group(1)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Wait; raise PageUnexpected when it takes too long."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise PageUnexpected(f"Waited {WAIT_SECONDS:.0f} seconds for {what} in vain.")
        time.sleep(POLL_SECONDS)


def _trial_ended(visitor: Visitor, base: str) -> bool:
    visitor.open(f"{base}/activate")
    return ">queued<" not in visitor.text and ">running<" not in visitor.text
