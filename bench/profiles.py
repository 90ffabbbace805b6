"""`python -m bench.profiles`: how long the page of one person takes, of very many.

The page is asked for by people chosen at random, one after the other, signed in, through the real
view. The floor is one question to DuckDB for the same person's rows, in one file that is sorted by
person, on a connection that is open already.
"""

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from flask.testing import FlaskClient

from app.accounts import services as accounts
from app.accounts.models import Role
from bench import profile_world
from bench.profile_world import NOW, SCALES, Scale

ASKED, WARMING = 200, 10
EMAIL, PASSWORD = "bench@example.com", "a long enough password"


def main() -> None:
    """Build the platform, ask for pages, and print one line."""
    options = argparse.ArgumentParser()
    options.add_argument("--json", action="store_true")
    options.add_argument("--scale", choices=list(SCALES), default="small")
    asked = options.parse_args()
    scale = SCALES[asked.scale]
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder), scale)
    if asked.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    sys.stdout.write(
        f"{found['name']}: p50 {found['p50'] * 1000:.0f} ms, p95 {found['p95'] * 1000:.0f} ms, "
        f"floor p50 {found['floor'] * 1000:.1f} ms, {found['ratio_floor']} times the floor, "
        f"{found['peak_rss_mb']} MB\n"
    )


def measured(folder: Path, scale: Scale) -> dict[str, Any]:
    """Return the figure for a platform of this scale, built in a folder."""
    platform = profile_world.build(folder, scale)
    client = platform.client()
    sign_in(client)
    chosen = random.Random(6)
    people = [str(chosen.randint(1, scale.people)) for _ in range(ASKED + WARMING)]
    profile_world.sorted_rows(folder / "sorted.parquet")
    session = duckdb.connect()
    floor = _times(people, lambda person: _rows(session, folder / "sorted.parquet", person))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours = _times(people, lambda person: _page(client, person))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    session.close()
    platform.close()
    cuts = statistics.quantiles(ours, n=20)
    p50, base = statistics.median(ours), statistics.median(floor)
    return {
        "name": "profile page (p95)",
        "unit": "s",
        "rows": scale.events,
        "ours": round(cuts[-1], 4),
        "p50": round(p50, 4),
        "p95": round(cuts[-1], 4),
        "floor": round(base, 4),
        "ratio_floor": round(p50 / base, 2),
        "peer": None,
        "ratio_peer": None,
        "peak_rss_mb": round(after / 1024, 1),
        "grown_mb": round((after - before) / 1024, 1),
    }


def _times(people: list[str], ask: Callable[[str], None]) -> list[float]:
    """Return the seconds each person took, but for the first few."""
    seconds = []
    for person in people:
        began = time.perf_counter()
        ask(person)
        seconds.append(time.perf_counter() - began)
    return seconds[WARMING:]


def _page(client: FlaskClient, person: str) -> None:
    answer = client.get(f"/people/profile?id={person}")
    assert answer.status_code == 200, answer.status
    assert "Every value is from" in answer.get_data(as_text=True)


def _rows(session: duckdb.DuckDBPyConnection, file: Path, person: str) -> None:
    """Read what the events of one person are, and nothing else."""
    session.sql(
        f"SELECT * FROM read_parquet('{file}') WHERE person_id = ?", params=[person]
    ).to_arrow_table()


def sign_in(client: FlaskClient) -> None:
    accounts.create_user(email=EMAIL, password=PASSWORD, role=Role.EDITOR, now=NOW)
    page = client.get("/sign-in").get_data(as_text=True)
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD, "csrf_token": token})


if __name__ == "__main__":
    main()
