"""The commands, each a thin door: `flask <noun> <verb>`."""

import json
from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from app import clock
from app.accounts import services as accounts
from app.accounts.models import Role, Scope
from app.audiences.commands import audiences
from app.dataflows.commands import dataflows
from app.erasures.commands import people as people
from app.site.exports.commands import cdp
from app.site.segments.commands import worker
from app.tabular.commands import files
from app.tracking import services as tracking
from app.tracking.commands import events

users = AppGroup("users", help="People who sign in.")
keys = AppGroup("keys", help="Keys of machines.")
sources = AppGroup("sources", help="What sends events.")
for_machines: Callable[[Any], Any] = click.option(
    "--json", "is_json", is_flag=True, help="Answer in JSON, for machines."
)


def init_app(app: Flask) -> None:
    """Give the flask command our groups."""
    cdp.add_command(worker)
    for group in (users, keys, sources, events, people, audiences, dataflows, cdp, files):
        app.cli.add_command(group)


@users.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.EDITOR.value)
@click.password_option()
@for_machines
def create_user(email: str, role: str, password: str, is_json: bool) -> None:
    """Add somebody who may sign in."""
    try:
        user = accounts.create_user(
            email=email, password=password, role=Role(role), now=clock.now()
        )
    except accounts.EmailInvalid as failure:
        raise click.ClickException(f"{email} is no e-mail address.") from failure
    except accounts.EmailTaken as failure:
        raise click.ClickException(f"{email} has an account already.") from failure
    except accounts.PasswordLengthWrong as failure:
        raise click.ClickException(str(failure)) from failure
    said = {"email": user.email, "role": user.role.value}
    _answer(said, f"{user.email} may sign in as {user.role.value}.", is_json)


@keys.command("create")
@click.argument("name")
@click.option("--scope", type=click.Choice([s.value for s in Scope]), required=True)
@for_machines
def create_key(name: str, scope: str, is_json: bool) -> None:
    """Make a key and print it, once."""
    try:
        key = accounts.create_api_key(name=name, scope=Scope(scope), now=clock.now())
    except accounts.KeyNameInvalid as failure:
        raise click.ClickException(
            f"Name the key in 1 to {accounts.LONGEST_KEY_NAME} readable signs."
        ) from failure
    except accounts.KeyNameTaken as failure:
        raise click.ClickException(f"There is a key called {name} already.") from failure
    _answer({"name": name.strip(), "scope": scope, "key": key}, key, is_json)


@keys.command("revoke")
@click.argument("name")
@for_machines
def revoke_key(name: str, is_json: bool) -> None:
    """Let a key open nothing from now on."""
    try:
        accounts.revoke_api_key(name=name, now=clock.now())
    except accounts.KeyUnknown as failure:
        raise click.ClickException(f"There is no key called {name}.") from failure
    _answer({"name": name, "revoked": True}, f"The key {name} opens nothing any more.", is_json)


@sources.command("create")
@click.argument("name")
@for_machines
def create_source(name: str, is_json: bool) -> None:
    """Add a source of events and print its write key."""
    try:
        source = tracking.create_source(name=name, now=clock.now())
    except tracking.SourceNameInvalid as failure:
        raise click.ClickException("Name the source in 1 to 120 signs.") from failure
    except tracking.SourceNameTaken as failure:
        raise click.ClickException(f"There is a source called {name} already.") from failure
    _answer({"name": source.name, "write_key": source.write_key}, source.write_key, is_json)


def _answer(values: dict[str, Any], sentence: str, is_json: bool) -> None:
    click.echo(json.dumps(values) if is_json else sentence)
