"""Users and keys: who gets in, what is kept of a secret, and which names are refused."""

import pytest
from sqlalchemy import func, select

from app.accounts import passwords, queries, services
from app.accounts.models import ApiKey, AuditEntry, Role, Scope, User
from app.extensions import db
from tests.conftest import NOW, PASSWORD


def make_key(name="shop") -> str:
    return services.create_api_key(name=name, scope=Scope.STREAM_WRITE, now=NOW)


def opens(key) -> bool:
    return services.find_api_key(key=key, scope=Scope.STREAM_WRITE) is not None


def audited() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def sees_nothing(monkeypatch):
    """Let the checks for a name in use find none, as when two come at the same moment."""
    monkeypatch.setattr(db.session, "scalar", lambda *_arguments: None)


def test_a_sign_in_is_noted_with_its_moment(owner):
    user = services.authenticate(email=owner.email, password=PASSWORD, now=NOW)

    assert user.id == owner.id
    assert user.signed_in_at == NOW
    assert audited() == ["user.signed_in"]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("owner@example.com", "wrong"),
        ("owner@example.com", PASSWORD.upper()),
        ("owner@example.com", f"{PASSWORD} "),
        ("owner@example.com", ""),
        ("nobody@example.com", PASSWORD),
        ("%", PASSWORD),
    ],
)
def test_wrong_credentials_are_refused_and_leave_no_trace_of_a_sign_in(owner, email, password):
    with pytest.raises(services.WrongCredentials):
        services.authenticate(email=email, password=password, now=NOW)

    assert owner.signed_in_at is None
    assert audited() == []


def test_a_disabled_user_is_refused_with_the_right_password(owner):
    owner.is_enabled = False
    db.session.commit()

    with pytest.raises(services.WrongCredentials):
        services.authenticate(email=owner.email, password=PASSWORD, now=NOW)


def test_a_password_is_kept_as_a_hash_of_its_own(owner, viewer):
    assert PASSWORD not in owner.password_hash
    assert owner.password_hash.startswith("$argon2id$")
    assert owner.password_hash != viewer.password_hash


@pytest.mark.parametrize("length", [0, 1, passwords.SHORTEST - 1, passwords.LONGEST + 1])
def test_too_short_or_long_a_password_makes_no_user(app, length):
    with pytest.raises(services.PasswordLengthWrong):
        services.create_user(
            email="ada@example.com", password="x" * length, role=Role.VIEWER, now=NOW
        )

    assert queries.list_users() == []


def test_the_shortest_password_allowed_makes_a_user(app):
    password = "x" * passwords.SHORTEST

    services.create_user(email=" Ada@Example.com ", password=password, role=Role.VIEWER, now=NOW)

    assert [user.email for user in queries.list_users()] == ["ada@example.com"]


@pytest.mark.parametrize(
    "email", ["", "@", "a@", "@b", "a\0@example.com", "a@b\x7f", "a@b\u200b", "\udcff@example.com"]
)
def test_a_text_that_is_no_email_makes_no_user(app, email):
    with pytest.raises(services.EmailInvalid):
        services.create_user(email=email, password=PASSWORD, role=Role.VIEWER, now=NOW)

    assert queries.list_users() == []


def test_of_two_users_made_at_once_with_one_email_the_second_is_refused(owner, monkeypatch):
    with monkeypatch.context() as patch:
        sees_nothing(patch)
        with pytest.raises(services.EmailTaken):
            services.create_user(email=owner.email, password=PASSWORD, role=Role.VIEWER, now=NOW)

    assert [user.role for user in queries.list_users()] == [Role.ADMIN]


@pytest.mark.parametrize("given", ["", PASSWORD])
def test_the_first_administrator_signs_in_with_the_password_shown(app, given):
    made = services.ensure_administrator(email="Admin@example.com", password=given, now=NOW)

    user = services.authenticate(email=made.email, password=made.password, now=NOW)
    assert user.role is Role.ADMIN
    assert made.password == (given or made.password)
    assert len(made.password) >= passwords.SHORTEST


def test_there_is_no_second_first_administrator(viewer):
    made = services.ensure_administrator(email="admin@example.com", password="", now=NOW)

    assert made is None
    assert db.session.scalar(select(func.count(User.id))) == 1


def test_a_role_may_do_what_those_before_it_may():
    covered = [(role, needed) for role in Role for needed in Role if role.covers(needed)]

    assert covered == [
        (Role.VIEWER, Role.VIEWER),
        (Role.EDITOR, Role.VIEWER),
        (Role.EDITOR, Role.EDITOR),
        (Role.ADMIN, Role.VIEWER),
        (Role.ADMIN, Role.EDITOR),
        (Role.ADMIN, Role.ADMIN),
    ]


def test_of_a_key_only_the_digest_and_its_beginning_are_kept(app):
    key = make_key()

    stored = queries.list_api_keys()[0]
    assert opens(key)
    assert len(key) > 40
    assert key.startswith(stored.prefix)
    assert key not in {str(getattr(stored, column.name)) for column in ApiKey.__table__.columns}


@pytest.mark.parametrize("change", ["", "hw_", "hw_x", "\0", "é"])
def test_what_is_no_key_opens_nothing(app, change):
    key = make_key()

    assert not opens(change)
    assert not opens(key + change + "x")
    assert not opens(key.upper())


def test_the_digest_kept_of_a_key_is_no_key(app):
    make_key()

    assert not opens(queries.list_api_keys()[0].digest)


def test_a_key_is_revoked_alone_and_once(app):
    gone, kept = make_key("gone"), make_key("kept")

    services.revoke_api_key(name="gone", now=NOW)
    services.revoke_api_key(name="gone", now=NOW.replace(year=2100))

    assert not opens(gone)
    assert opens(kept)
    assert {key.name: key.revoked_at for key in queries.list_api_keys()} == {
        "gone": NOW,
        "kept": None,
    }
    assert audited() == ["key.created", "key.created", "key.revoked"]


def test_the_name_of_a_revoked_key_stays_taken(app):
    make_key()
    services.revoke_api_key(name="shop", now=NOW)

    with pytest.raises(services.KeyNameTaken):
        make_key()


def test_a_key_is_found_by_its_name_without_the_space_around(app):
    key = make_key(" Web shop ")

    services.revoke_api_key(name="Web shop  ", now=NOW)

    assert not opens(key)
    with pytest.raises(services.KeyNameTaken):
        make_key("Web shop")


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "a\nb", "\udcff", "x" * 121])
def test_a_key_without_a_readable_name_is_refused(app, name):
    with pytest.raises(services.KeyNameInvalid):
        make_key(name)

    assert queries.list_api_keys() == []


def test_of_two_keys_made_at_once_with_one_name_the_second_is_refused(app, monkeypatch):
    key = make_key()

    with monkeypatch.context() as patch:
        sees_nothing(patch)
        with pytest.raises(services.KeyNameTaken):
            make_key()

    assert opens(key)
    assert len(queries.list_api_keys()) == 1
