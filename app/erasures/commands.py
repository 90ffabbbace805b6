"""The commands on people: erase one, let one come back."""

import json
from datetime import timedelta

import click
from flask import current_app

from app import clock
from app.erasures import queries, services
from app.erasures.places import Place
from app.erasures.work import Means
from app.people.commands import people as people
from app.retention.services import LONGEST_READ
from app.suppressions import services as suppressions


@people.command("erase")
@click.argument("identifier")
@click.option("--yes", "is_sure", is_flag=True, help="Ask no question.")
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON, for machines.")
def erase(identifier: str, is_sure: bool, is_json: bool) -> None:
    """Take one person out of everything, as far as that can be done at once."""
    settings = current_app.config
    if not is_sure:
        click.confirm("This cannot be undone. Erase this person?", abort=True)
    try:
        erasure = services.ask_erasure(
            person_id=identifier, user_id=None, keys=settings["ENCRYPTION_KEYS"], now=clock.now()
        )
    except services.IdentifierInvalid as failure:
        raise click.ClickException("An identifier has 1 to 200 signs.") from failure
    services.erase_person(
        erasure_id=erasure.id,
        means=Means(settings["ENCRYPTION_KEYS"], settings["LOGS_DIR"], LONGEST_READ),
        stalled_after=timedelta(seconds=settings["RUN_STALLED_SECONDS"]),
        clock=clock.now,
    )
    _answer(erasure.id, is_json)


@people.command("lift")
@click.argument("identifier")
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON, for machines.")
def lift(identifier: str, is_json: bool) -> None:
    """Take in again what comes with the identifier of somebody who was erased."""
    try:
        count = suppressions.lift(identifier=identifier, user_id=None, now=clock.now())
    except suppressions.NotSuppressed as failure:
        raise click.ClickException("Nothing is suppressed under this identifier.") from failure
    sentence = "What comes with this identifier is taken in again."
    click.echo(json.dumps({"lifted": count}) if is_json else sentence)


def _answer(erasure_id: int, is_json: bool) -> None:
    erasure = queries.find_erasure(erasure_id)
    if erasure is None:
        return
    if is_json:
        click.echo(json.dumps(queries.report(erasure), indent=2))
        return
    for name, count in erasure.counts.items():
        click.echo(f"{count:>8}  {Place(name).label}")
    for entry in erasure.left:
        click.echo(f"stays: {entry['what']}. {entry['why']}")
    state = f"It is {erasure.status.value}."
    click.echo(f"Erasure {erasure.id}: {erasure.waits_for or state}")
