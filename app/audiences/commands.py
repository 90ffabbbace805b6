"""The commands on audiences: why somebody is in one, or is not."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from app import clock
from app.audiences import explanations, queries
from app.audiences.explaining.explanation import Explanation, Happened, Told

audiences = AppGroup("audiences", help="Audiences and who is in them.")


@audiences.command("explain")
@click.argument("name")
@click.argument("person")
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON, for machines.")
def explain(name: str, person: str, is_json: bool) -> None:
    """Say why a person is in an audience, or is not: each condition with what was found."""
    audience = queries.find_named(name)
    if audience is None:
        raise click.ClickException(f"There is no audience “{name}”.")
    found = explanations.explain(audience, person, clock.now())
    if is_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False))
        return
    if not found.explanation.is_known:
        raise click.ClickException(
            f"Nothing is known of {person}, so they are in no audience. "
            "Give a person identifier as a dataset or an event has it."
        )
    for line in _lines(found.explanation, audience.name):
        click.echo(line)
    if found.explanation.has_problem:
        click.echo(
            "A condition cannot be asked. Until it is mended, the members stay as they were."
        )
    elif found.is_different:
        said = "in" if found.was_in else "out"
        click.echo(f"By the last evaluation at {_at(audience.evaluated_at)} they are {said}.")


def _lines(explanation: Explanation, name: str) -> Iterator[str]:
    stands = {True: "is in", False: "is not in", None: "may or may not be in"}
    as_of = _at(explanation.as_of)
    yield f"{explanation.person_id} {stands[explanation.is_met]} “{name}”, as of {as_of}."
    if explanation.root is not None:
        if explanation.root.changes_at is not None:
            yield f"If nothing happens, that changes at {_at(explanation.root.changes_at)}."
        yield from _node(explanation.root, "")


def _node(told: Told, indent: str) -> Iterator[str]:
    decides = " (decides)" if told.decides and not told.is_group else ""
    yield f"{indent}[{told.word}] {told.sentence}{decides}"
    within = f"{indent}  "
    for line in _evidence(told):
        yield f"{within}{line}"
    for member in told.members:
        yield from _node(member, within)


def _evidence(told: Told) -> Iterator[str]:
    evidence = told.evidence
    yield from (each for each in (told.problem, evidence.found) if each)
    yield from (f"- {_event(event)}" for event in (*evidence.chain, *evidence.counted))
    if evidence.more_count:
        yield f"- and {evidence.more_count} more"
    yield from (f"- did not count: {_event(event)}" for event in evidence.near)
    if evidence.change:
        yield evidence.change
    if told.changes_at is not None and not told.is_group:
        yield f"If nothing happens, this changes at {_at(told.changes_at)}."


def _event(event: Happened) -> str:
    values = [f"{name} {value}" for name, value in event.values if value is not None]
    said = ", ".join([f"{_at(event.at)} {event.event}", *values])
    return f"{said} ({event.note})" if event.note else said


def _at(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if moment else "never"
