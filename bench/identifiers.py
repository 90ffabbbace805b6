"""`python -m bench.identifiers`: how long the list of identifiers takes, of very many people.

The page is asked for, signed in, through the real view: while nothing changed, and each time after
an event came. The floor is one question to DuckDB for how many people the events have, on a
connection that is open already: the least that counting on each visit would take.
"""

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from flask.testing import FlaskClient

from app import storage
from app.lake import engine, logs
from app.schemas import queries as schemas
from app.schemas import services as schema_services
from app.schemas.roles import ColumnRole
from app.tracking import events
from bench import profile_world
from bench.profile_world import NOW, SCALES, Scale
from bench.profiles import sign_in

ASKED, CHANGES = 30, 10


def main() -> None:
    """Build the platform, ask for the page, and print one line."""
    options = argparse.ArgumentParser()
    options.add_argument("--json", action="store_true")
    options.add_argument("--scale", choices=list(SCALES), default="small")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder), SCALES[asked.scale])
    if asked.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    sys.stdout.write(
        f"{found['name']}: {found['ours'] * 1000:.0f} ms, after a change "
        f"{found['changed'] * 1000:.0f} ms, floor {found['floor'] * 1000:.0f} ms\n"
    )


def measured(folder: Path, scale: Scale) -> dict[str, Any]:
    """Return the figure for a platform of this scale, built in a folder."""
    platform = profile_world.build(folder, scale)
    _declare()
    client = platform.client()
    sign_in(client)
    _wait(client)
    current = [_page(client) for _ in range(ASKED)]
    changed = []
    for number in range(CHANGES):
        _add_event(number)
        changed.append(_page(client))
    floor = [_floor() for _ in range(CHANGES)]
    platform.close()
    ours, base = statistics.median(current), statistics.median(floor)
    return {
        "name": "identifiers (p50)",
        "unit": "s",
        "rows": scale.events,
        "ours": round(ours, 4),
        "changed": round(statistics.median(changed), 4),
        "floor": round(base, 4),
        "ratio_floor": round(ours / base, 2),
        "peer": None,
        "ratio_peer": None,
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def _declare() -> None:
    """Let an e-mail address identify people too."""
    (schema,) = schemas.list_schemas()
    emails = [each.id for each in schema.columns if each.name == "email"]
    schema_services.save_roles(
        schema_id=schema.id,
        chosen=dict.fromkeys(emails, ColumnRole.FURTHER_IDENTIFIER),
        event_name="",
    )


def _wait(client: FlaskClient) -> None:
    """Ask until all was counted for the first time."""
    while "being counted" in client.get("/people/identifiers").get_data(as_text=True):
        time.sleep(0.1)


def _page(client: FlaskClient) -> float:
    began = time.perf_counter()
    answer = client.get("/people/identifiers")
    assert answer.status_code == 200, answer.status
    return time.perf_counter() - began


def _add_event(number: int) -> None:
    row = dict.fromkeys(events.SCHEMA.names)
    row |= {"source_id": 1, "message_id": f"new-{number}", "part": 0, "type": "track"}
    row |= {"event": "visit", "name": "visit", "person_id": f"new-{number}", "properties": "{}"}
    row |= {"occurred_at": NOW, "received_at": NOW}
    logs.append(storage.lake(), events.TABLE, pa.Table.from_pylist([row], events.SCHEMA))


def _floor() -> float:
    files = engine.parquet(storage.lake().files(events.TABLE))
    with duckdb.connect() as session:
        began = time.perf_counter()
        session.execute(f"SELECT count(*) FROM (SELECT DISTINCT person_id FROM {files})").fetchall()
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
