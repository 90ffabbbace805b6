"""`python -m bench.audiences`: how long finding members takes, of very many people.

Each of ten audiences is found in full as a job does it, from opening the world to a table of its
members; the floor is SQL written by hand for the same question and the same files, on a connection
of its own. Then the builder's count is asked for through the real view while conditions change, and
the members of a million are compared with who was in before; the floor of that is the anti-join.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from app import storage
from app.audiences import changes, queries
from app.audiences.builder import opening
from app.audiences.builder.entry import Part
from app.audiences.compiling import membership
from app.audiences.tree import reading
from app.lake import engine
from app.people import prepared, sources
from app.people import queries as people
from app.people import services as people_services
from bench import profile_world
from bench.audience_world import AUDIENCES, Asked
from bench.measuring import Figure, measure
from bench.profile_world import NOW, SCALES, Scale
from bench.profiles import sign_in

EDITS, MEMBERS = 60, {"small": 100_000, "full": 1_000_000, "huge": 1_000_000}
Found = dict[str, Any]


def main() -> None:
    """Build the platform and print a line for each figure."""
    options = argparse.ArgumentParser()
    options.add_argument("--json", action="store_true")
    options.add_argument("--scale", choices=list(SCALES), default="small")
    options.add_argument("--folder", help="where a platform was built before, or is to be kept")
    asked = options.parse_args()
    scale = SCALES[asked.scale]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(asked.folder or temporary)
        for found in measured(folder, scale, MEMBERS[asked.scale]):
            sys.stdout.write((json.dumps(found) if asked.json else _said(found)) + "\n")
            sys.stdout.flush()


def measured(folder: Path, scale: Scale, members: int) -> Iterator[Found]:
    """Yield the figures for a platform of this scale, built in a folder."""
    platform = profile_world.build(folder, scale)
    # The SQL by hand reads what is prepared, so that all of it has to be.
    sources.FEW_ROWS = 0
    people_services.prepare_events()
    found = [_of(asked, scale) for asked in AUDIENCES]
    yield from found
    yield _all_of(found)
    client = platform.client()
    sign_in(client)
    yield _live(client, scale)
    yield asdict(_difference(members))
    platform.close()


def _of(asked: Asked, scale: Scale) -> Found:
    sql = asked.sql.format(**_files())
    ours, floor = partial(_evaluated, asked), partial(_by_hand, sql)
    assert ours() == floor(), asked.name
    return asdict(measure(f"audience: {asked.name}"[:60], scale.events, ours, floor, None, None))


def _evaluated(asked: Asked) -> int:
    """Find the members as the job does; return how many they are."""
    with people.opened_world() as (session, world):
        question = queries.question(world, "UTC", NOW)
        tree = reading.parsed(asked.tree)
        world.keep(membership.members(tree, question), session, "members")
        return _count(session, "members")


def _by_hand(sql: str) -> int:
    with engine.connection(storage.spill()) as session:
        session.execute(f"CREATE TEMP TABLE members AS {sql}").fetchall()
        return _count(session, "members")


def _count(session: Any, table: str) -> int:
    return int(session.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def _files() -> dict[str, str]:
    lake = storage.lake()
    notes = prepared.notes(lake).values()
    names = [name for note in notes for name in (note.named, note.linked) if name]
    events = engine.uniform([prepared.path_of(lake, name) for name in names])
    (schema,) = people.person_schemas()
    fields = ", ".join(f"{column.field_name} AS {column.name}" for column in schema.columns)
    rows = engine.parquet(lake.files(schema.table_name))
    known = f"(SELECT * FROM {events} WHERE person_id IS NOT NULL)"
    return {"events": known, "people": f"(SELECT {fields} FROM {rows})"}


def _all_of(found: list[Found]) -> Found:
    ours, floor = (sum(each[key] for each in found) for key in ("ours", "floor"))
    ratio = {
        "ours": round(ours, 3),
        "floor": round(floor, 3),
        "ratio_floor": round(ours / floor, 2),
    }
    return {**found[-1], "name": "ten audiences", **ratio}


def _live(client: Any, scale: Scale) -> Found:
    """Ask for the count of an audience of four conditions of which one is changed each time."""
    seconds, page = [], client.get("/audiences/new").text
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    same = {"page": "bench", "zone": "UTC", "csrf_token": token}
    for number in range(EDITS):
        form = dict(_fields(opening.from_raw(_edited(number))))
        began = time.perf_counter()
        answer = client.post("/audiences/preview", data={**same, **form})
        seconds.append(time.perf_counter() - began)
        assert answer.status_code == 200
        assert "exactly" in answer.text
    cuts = statistics.quantiles(seconds, n=20)
    nothing = {"floor": None, "peer": None, "peer_name": None, "ratio_floor": None}
    return {
        "name": "live size (p95)",
        "unit": "s",
        "ours": round(cuts[-1], 3),
        "p50": round(statistics.median(seconds), 3),
        **nothing,
        "ratio_peer": None,
        "peak_rss_mb": 0,
        "rows": scale.events,
    }


def _edited(number: int) -> dict[str, Any]:
    """Return a tree of four conditions, another of which differs each time."""
    days, times, age, total = (30, 1, 20, 50)
    step = number // 4 + 1
    changed = number % 4
    return {
        "all": [
            {
                "did": {
                    "event": "buy",
                    "times": {"op": "at_least", "n": times + step * (changed == 0)},
                    "when": {"last": f"{days + step * (changed == 1)}d"},
                }
            },
            {"did_not": {"event": "basket", "when": {"last": f"{days + step * (changed == 1)}d"}}},
            {
                "have": {
                    "attribute": {"schema": "People", "column": "age"},
                    "op": "at_least",
                    "value": str(age + step * (changed == 2)),
                }
            },
            {
                "have": {
                    "aggregate": {"function": "sum", "event": "buy"},
                    "op": "at_least",
                    "value": str(total + step * (changed == 3)),
                }
            },
        ]
    }


def _fields(part: Part, path: str = "n") -> Iterator[tuple[str, str]]:
    yield f"{path}:kind", part.kind
    for name, value in part.fields.items():
        yield f"{path}:{name}", value
    for name, parts in part.lists.items():
        for place, each in enumerate(parts):
            at = f"{path}.{place}" if name == "members" else f"{path}:{name}.{place}"
            yield from _fields(each, at)


def _difference(count: int) -> Figure:
    """Compare a million members of whom one in a hundred changed with who was in."""
    lake, name = storage.lake(), "bench"
    first = f"SELECT i::VARCHAR AS person_id FROM range({count}) each(i)"
    second = f"SELECT (i + {count // 200})::VARCHAR AS person_id FROM range({count}) each(i)"
    with engine.connection(storage.spill()) as session:
        session.execute(f"CREATE TEMP TABLE members AS {first}").fetchall()
        changes.record(session, lake, name, "members", NOW)

    def ours() -> None:
        with engine.connection(storage.spill()) as session:
            session.execute(f"CREATE TEMP TABLE members AS {second}").fetchall()
            changes.difference(session, lake, name, "members")

    def floor() -> None:
        with engine.connection(storage.spill()) as session:
            session.execute(f"CREATE TEMP TABLE members AS {second}").fetchall()
            session.execute(
                f"CREATE TEMP TABLE was_in AS {changes.current(lake, [name])}"
            ).fetchall()
            for one, other in (("members", "was_in"), ("was_in", "members")):
                sql = f"SELECT person_id FROM {one} ANTI JOIN {other} USING (person_id)"
                session.sql(sql).to_arrow_table()

    return measure("membership difference", count, ours, floor, None, None)


def _said(found: Found) -> str:
    ratio = f", {found['ratio_floor']} times the floor" if found["ratio_floor"] else ""
    return f"{found['name']}: {found['ours'] * 1000:.0f} ms{ratio}"


if __name__ == "__main__":
    main()
