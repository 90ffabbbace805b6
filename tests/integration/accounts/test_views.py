"""Signing in, and what each role may do."""

import pytest

from app.accounts import services as accounts
from app.accounts.models import Role
from app.extensions import db
from tests.conftest import NOW, PASSWORD
from tests.factories import make_active
from tests.pages import Pages


def sign_in(app, email, password=PASSWORD, target=""):
    return Pages(app).post(f"/sign-in{target}", email=email, password=password)


def test_a_right_password_leads_home(app, owner):
    assert sign_in(app, owner.email).h1 == ["Home"]


def test_an_email_is_found_whatever_its_case(app, owner):
    assert sign_in(app, f" {owner.email.upper()} ").h1 == ["Home"]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("owner@example.com", "wrong"),
        ("nobody@example.com", PASSWORD),
        ("owner@example.com", PASSWORD + "\0"),
        ("", ""),
        ("' OR 1=1 --", "x"),
        ("owner@example.com", "x" * 2000),
    ],
)
def test_anything_else_is_refused(app, owner, email, password):
    page = sign_in(app, email, password)

    assert page.status == 422
    assert page.path == "/sign-in"


def test_a_disabled_user_does_not_get_in(app, owner):
    owner.is_enabled = False
    db.session.commit()

    assert sign_in(app, owner.email).status == 422


def test_a_user_who_is_disabled_is_out_at_once(pages, owner):
    owner.is_enabled = False
    db.session.commit()

    assert pages.get("/dataflows").path == "/sign-in"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "%0d%0aLocation:%20//evil.example",
    ],
)
def test_a_sign_in_leads_to_a_page_of_ours_only(app, owner, target):
    assert sign_in(app, owner.email, target=f"?next={target}").path == "/"


def test_a_sign_in_goes_on_where_it_was_asked_for(app, owner):
    assert sign_in(app, owner.email, target="?next=/datasets").h1 == ["Datasets"]


def test_signing_out_ends_the_session(pages):
    pages.post("/sign-out")

    assert pages.get("/datasets").path == "/sign-in"


def test_no_page_is_kept_by_a_cache(pages):
    assert pages.client.get("/").headers["Cache-Control"] == "no-store"


def test_a_viewer_sends_no_form(app, viewer):
    dataflow = make_active()
    pages = Pages(app, viewer.email, PASSWORD)
    values = {"dataflow_id": dataflow.id, "schema_id": dataflow.schema_id, "kind": "trim"}
    addresses = [
        app.url_map.bind("").build(
            rule.endpoint, {name: values.get(name, 1) for name in rule.arguments}, method="POST"
        )
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
        and not rule.endpoint.startswith(("streams_api", "accounts", "patterns"))
    ]

    statuses = {address: pages.post(address).status for address in addresses}

    assert len(statuses) > 10
    assert set(statuses.values()) == {403}


@pytest.mark.parametrize(
    ("email", "failure"),
    [
        ("nobody", accounts.EmailInvalid),
        ("a b@example.com", accounts.EmailInvalid),
        ("x" * 250 + "@example.com", accounts.EmailInvalid),
        ("OWNER@example.com ", accounts.EmailTaken),
    ],
)
def test_a_user_needs_an_email_of_their_own(owner, email, failure):
    with pytest.raises(failure):
        accounts.create_user(email=email, password=PASSWORD, role=Role.VIEWER, now=NOW)
