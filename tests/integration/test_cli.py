"""The commands for users and keys: what they print, how they end, what they leave."""

import json

import pytest
from sqlalchemy import select

from app.accounts import services as accounts
from app.accounts.models import ApiKey, AuditEntry, Scope
from app.extensions import db
from tests.conftest import PASSWORD
from tests.pages import Pages


@pytest.fixture
def run(app):
    """Return what a command printed and its exit code."""
    runner = app.test_cli_runner()

    def called(*arguments):
        done = runner.invoke(args=[*arguments])
        return done.output.strip(), done.exit_code

    return called


def test_a_user_made_by_a_command_may_sign_in(app, run):
    said, code = run("users", "create", "ada@example.com", "--password", PASSWORD)

    assert (said, code) == ("ada@example.com may sign in as editor.", 0)
    assert Pages(app, "ada@example.com", PASSWORD).get("/").h1 == ["Home"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody",), "nobody is no e-mail address."),
        (("owner@example.com",), "owner@example.com has an account already."),
        (("ada@example.com", "--password", "short"), "Choose a password of at least"),
        (("ada@example.com", "--role", "king"), "'king' is not one of"),
    ],
)
def test_a_user_that_cannot_be_is_refused_in_a_sentence(run, owner, arguments, sentence):
    said, code = run("users", "create", "--password", PASSWORD, *arguments)

    assert code != 0
    assert sentence in said
    assert "Traceback" not in said


def test_a_key_is_printed_once_and_opens_its_scope(run):
    key, code = run("keys", "create", "shop", "--scope", "stream:write")

    assert code == 0
    assert accounts.find_api_key(key=key, scope=Scope.STREAM_WRITE) is not None
    stored = db.session.scalars(select(ApiKey)).one()
    assert key not in {stored.name, stored.prefix, stored.digest}


def test_a_key_is_printed_for_machines_too(run):
    said, code = run("keys", "create", "shop", "--scope", "stream:write", "--json")

    made = json.loads(said)
    assert code == 0
    assert (made["name"], made["scope"]) == ("shop", "stream:write")
    assert accounts.find_api_key(key=made["key"], scope=Scope.STREAM_WRITE) is not None


def test_a_revoked_key_opens_nothing(run):
    key, _code = run("keys", "create", "shop", "--scope", "stream:write")

    said, code = run("keys", "revoke", "shop")

    assert (said, code) == ("The key shop opens nothing any more.", 0)
    assert accounts.find_api_key(key=key, scope=Scope.STREAM_WRITE) is None
    actions = [entry.action for entry in db.session.scalars(select(AuditEntry))]
    assert actions == ["key.created", "key.revoked"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("create", "shop", "--scope", "stream:write"), "There is a key called shop already."),
        (("create", "other", "--scope", "everything"), "'everything' is not 'stream:write'"),
        (("create", "other"), "Missing option '--scope'"),
        (("revoke", "nobody"), "There is no key called nobody."),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_a_sentence(run, arguments, sentence):
    run("keys", "create", "shop", "--scope", "stream:write")

    said, code = run("keys", *arguments)

    assert code != 0
    assert sentence in said
