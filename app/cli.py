"""The commands, each a thin door: `flask <noun> <verb>`."""

import click
from flask import Flask
from flask.cli import AppGroup

from app import clock
from app.accounts import services as accounts
from app.accounts.models import Role, Scope
from app.site.commands import cdp

users = AppGroup("users", help="People who sign in.")
keys = AppGroup("keys", help="Keys of machines.")


def init_app(app: Flask) -> None:
    """Give the flask command our groups."""
    for group in (users, keys, cdp):
        app.cli.add_command(group)


@users.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.EDITOR.value)
@click.password_option()
def create_user(email: str, role: str, password: str) -> None:
    """Add somebody who may sign in."""
    try:
        user = accounts.create_user(
            email=email, password=password, role=Role(role), now=clock.now()
        )
    except accounts.EmailTaken as failure:
        raise click.ClickException(f"{email} has an account already.") from failure
    except accounts.PasswordTooShort as failure:
        raise click.ClickException(
            f"Choose a password of at least {failure.args[0]} characters."
        ) from failure
    click.echo(f"{user.email} may sign in as {user.role.value}.")


@keys.command("create")
@click.argument("name")
@click.option("--scope", type=click.Choice([s.value for s in Scope]), required=True)
def create_key(name: str, scope: str) -> None:
    """Make a key and print it, once."""
    try:
        key = accounts.create_api_key(name=name, scope=Scope(scope), now=clock.now())
    except accounts.KeyNameTaken as failure:
        raise click.ClickException(f"There is a key called {name} already.") from failure
    click.echo(key)
