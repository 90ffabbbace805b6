"""The commands on people: what is known of one; erasing adds its own."""

import click
from flask.cli import AppGroup

from app import clock
from app.audiences import queries as audiences
from app.people import export as exporting
from app.people import profile as profiles

people = AppGroup("people", help="People that something is known of.")


@people.command("export")
@click.argument("person_id")
def export_person(person_id: str) -> None:
    """Print all that is known of a person, as JSON."""
    profile = profiles.find_profile(person_id)
    if not profile.is_known:
        raise click.ClickException(f"Nothing is known of {person_id}.")
    told = [each.to_dict() for each in audiences.standings_of(person_id)]
    for piece in exporting.document(profile, told, clock.now()):
        click.echo(piece, nl=False)
