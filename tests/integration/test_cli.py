"""The commands for users and keys: what they print, how they end, what they leave."""

import json
import subprocess
import sys

import pytest
from sqlalchemy import select

from app.accounts import queries as accounts_queries
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
        (("ada@example.com", "--password", "short"), "A password has 12 to 1024 characters."),
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
        (("create", "other", "--scope", "everything"), "'everything' is not one of 'stream:write'"),
        (("create", "other"), "Missing option '--scope'"),
        (("create", " ", "--scope", "stream:write"), "Name the key in 1 to 120 readable signs."),
        (("revoke", "nobody"), "There is no key called nobody."),
        (("revoke",), "Missing argument 'NAME'"),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_a_sentence(run, arguments, sentence):
    run("keys", "create", "shop", "--scope", "stream:write")

    said, code = run("keys", *arguments)

    assert code != 0
    assert sentence in said


def test_a_user_is_told_of_for_machines_without_the_password(run):
    said, code = run("users", "create", "Ada@Example.com", "--password", PASSWORD, "--json")

    assert code == 0
    assert json.loads(said) == {"email": "ada@example.com", "role": "editor"}


def test_a_key_revoked_twice_is_told_of_in_the_same_way(run):
    run("keys", "create", "shop", "--scope", "stream:write")

    answers = [run("keys", "revoke", "shop", "--json") for _ in range(2)]

    assert answers == [('{"name": "shop", "revoked": true}', 0)] * 2


@pytest.mark.parametrize("asked", [(), ("--json",)])
def test_a_refusal_is_one_sentence_beside_the_answer(app, owner, asked):
    arguments = ["users", "create", owner.email, "--password", PASSWORD, *asked]

    done = app.test_cli_runner().invoke(args=arguments)

    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr == "Error: owner@example.com has an account already.\n"


@pytest.mark.parametrize(
    ("typed", "code"),
    [(f"{PASSWORD}\n{PASSWORD}\n", 0), (f"{PASSWORD}\nanother one\n", 1), ("", 1)],
)
def test_a_password_that_is_not_given_is_asked_for_twice_and_never_shown(app, typed, code):
    done = app.test_cli_runner().invoke(args=["users", "create", "ada@example.com"], input=typed)

    assert done.exit_code == code
    assert PASSWORD not in done.output
    assert len(accounts_queries.list_users()) == (code == 0)


@pytest.mark.parametrize(
    "arguments", [("users",), ("keys",), ("keys", "delete"), ("users", "create")]
)
def test_a_command_that_is_not_whole_ends_in_failure(run, arguments):
    _said, code = run(*arguments)

    assert code == 2


def test_what_the_commands_are_made_of_ends_without_complaint():
    # Mapped classes live until the very end, and with them whatever their modules hold.
    done = subprocess.run(
        [sys.executable, "-c", "import app.cli"], capture_output=True, text=True, check=True
    )

    assert (done.stdout, done.stderr) == ("", "")
