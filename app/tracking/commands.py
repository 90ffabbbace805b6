"""`flask events`: the messages that came last, and all events as NDJSON."""

import json
import time
from collections.abc import Iterator
from typing import Any

import click
from flask.cli import AppGroup

from app.extensions import db
from app.lake import logs
from app.tracking import arriving, queries, redaction, watching
from app.tracking.tail import Entry, Wanted

LOOKS_EVERY_SECONDS = 2.0

events = AppGroup("events", help="What people did.")


@events.command("tail")
@click.option("--follow", is_flag=True, help="Go on until it is ended, as more come.")
@click.option("--source", "source_name", help="Only of the source with this name.")
@click.option("--event", default="", help="Only those called so, or that count as this.")
@click.option("--who", default="", help="Only of this person or anonymous id.")
@click.option("--refused", is_flag=True, help="Only those that were refused.")
@click.option("--json", "is_json", is_flag=True, help="A line of JSON each, for machines.")
@click.option("--show-values", is_flag=True, help="Show what is personal or secret, too.")
def tail(
    follow: bool,
    source_name: str | None,
    event: str,
    who: str,
    refused: bool,
    is_json: bool,
    show_values: bool,
) -> None:
    """Print the messages that came last, the newest at the end; values are hidden."""
    ids = arriving.ids_of(who) if who else ()
    wanted = Wanted(event, _source_id(source_name), ids, refused)
    for entry in _following(wanted) if follow else reversed(watching.latest(wanted)):
        click.echo(_line(entry, is_json, show_values))


@events.command("export")
@click.option("--source", "source_name", help="Only of the source with this name.")
@click.option("--event", default="", help="Only what counts as this.")
@click.option("--show-values", is_flag=True, help="Write what is personal or secret, too.")
def export(source_name: str | None, event: str, show_values: bool) -> None:
    """Write all stored events as NDJSON, each with the person who did it; values are hidden."""
    source_id = _source_id(source_name)
    with queries.opened_events() as (session, table):
        if source_id is not None:
            table = table.filter(table.source_id == source_id)
        if event:
            table = table.filter(table.event == event)
        for batch in session.sql(logs.sql(table)).to_arrow_reader(10_000):
            for row in batch.to_pylist():
                click.echo(_event(row, show_values))


def _following(wanted: Wanted) -> Iterator[Entry]:
    """Yield messages as they come, each once in each state."""
    seen: set[tuple[Any, ...]] = set()
    while True:
        # What others wrote meanwhile is seen by a transaction that begins anew.
        db.session.rollback()
        found = [(_mark(entry), entry) for entry in reversed(watching.latest(wanted))]
        yield from (entry for mark, entry in found if mark not in seen)
        seen = {mark for mark, _entry in found}
        time.sleep(LOOKS_EVERY_SECONDS)


def _mark(entry: Entry) -> tuple[Any, ...]:
    # One without an id of its own gets another each time it is read from the inbox.
    names = {"stored": ("source", "id"), "waiting": ("waiting", "number"), "refused": ("refused",)}
    return entry.state, *(entry.place[name] for name in names[entry.state.value])


def _line(entry: Entry, is_json: bool, shows_values: bool) -> str:
    told = {
        "received_at": entry.received_at.isoformat(),
        "state": entry.state.value,
        "source_id": entry.source_id,
        "name": entry.name,
        "counts_as": entry.event,
        "person_id": entry.person_id,
        "anonymous_id": entry.anonymous_id,
        "reason": entry.reason,
    }
    text = entry.text(shows_values=shows_values)
    if is_json:
        return json.dumps({**told, "brought": text}, ensure_ascii=False)
    who = entry.person_id or entry.anonymous_id or "nobody"
    moment = f"{entry.received_at:%Y-%m-%d %H:%M:%S}"
    return f"{moment} {entry.state.value:8} {entry.name} · {who} · {entry.reason or text}"


def _event(row: dict[str, Any], shows_values: bool) -> str:
    properties = row["properties"] if shows_values else redaction.redacted_text(row["properties"])
    told = {**row, "properties": json.loads(properties)}
    return json.dumps(told, ensure_ascii=False, default=str)


def _source_id(name: str | None) -> int | None:
    if name is None:
        return None
    for source in queries.list_sources():
        if source.name == name:
            return source.id
    raise click.ClickException(f"There is no source called {name}.")
