"""Signing in, and what each role may do."""

import pytest

from app.access import EDITOR_BLUEPRINTS, MACHINE_BLUEPRINTS
from app.accounts import services as accounts
from app.accounts.models import Role
from app.demo.visiting import forms_of
from app.extensions import db
from tests.conftest import NOW, PASSWORD
from tests.factories import make_active, make_dataflow
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
    own_keys = (*MACHINE_BLUEPRINTS, "accounts", "patterns")
    addresses = [
        app.url_map.bind("").build(
            rule.endpoint, {name: values.get(name, 1) for name in rule.arguments}, method="POST"
        )
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and not rule.endpoint.startswith(own_keys)
    ]

    statuses = {address: pages.post(address).status for address in addresses}

    assert len(statuses) > 10
    assert set(statuses.values()) == {403}


def test_a_viewer_opens_no_step_and_none_of_its_parts(app, viewer):
    dataflow = make_active()
    pages = Pages(app, viewer.email, PASSWORD)
    values = {"dataflow_id": dataflow.id, "kind": "trim", "transformation_id": 1}
    addresses = [
        app.url_map.bind("").build(
            rule.endpoint, {name: values[name] for name in rule.arguments}, method="GET"
        )
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and rule.endpoint.split(".")[0] in EDITOR_BLUEPRINTS
    ]

    statuses = {address: pages.get(address).status for address in addresses}

    assert f"/dataflows/{dataflow.id}/file-mapping" in statuses
    assert f"/dataflows/{dataflow.id}/file-mapping/parsing" in statuses
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


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN])
def test_an_editor_and_an_admin_send_forms(app, role):
    accounts.create_user(email="ada@example.com", password=PASSWORD, role=role, now=NOW)

    page = Pages(app, "ada@example.com", PASSWORD).post(
        "/dataflows/new", name="Mine", description=""
    )

    assert page.status == 200
    assert page.path.endswith("/download")


def test_a_viewer_opens_every_page_of_the_menu_and_signs_out(app, viewer):
    pages = Pages(app, viewer.email, PASSWORD)

    seen = {path: pages.get(path).status for path in ("/", "/dataflows", "/datasets", "/schemas")}

    assert set(seen.values()) == {200}
    assert pages.post("/sign-out").path == "/sign-in"


@pytest.mark.parametrize("path", ["/dataflows", "/dataflows/{0}", "/streams/{0}", "/schemas/{0}"])
def test_a_viewer_is_offered_nothing_to_change(app, viewer, path):
    dataflow = make_active()
    stream_id = dataflow.stream.stream_id

    page = Pages(app, viewer.email, PASSWORD).get(path.format(dataflow.id))

    posting = [form.action for form in forms_of(page.text) if "csrf_token" in form.values]
    assert page.status == 200
    assert posting == ["/sign-out"]
    assert "Create a dataflow" not in page.text
    # Whoever knows the stream id may send files.
    assert stream_id not in page.text


@pytest.mark.parametrize("path", ["/dataflows/new", "/dataflows/1", "/schemas/new?dataflow_id=1"])
def test_a_viewer_is_told_in_the_same_surroundings_that_steps_are_for_editors(app, viewer, path):
    make_dataflow()

    page = Pages(app, viewer.email, PASSWORD).get(path)

    assert page.status == 403
    assert page.h1 == ["You may not do this"]
    assert "Datasets</a>" in page.text


def test_a_form_without_the_token_of_the_session_is_not_used(pages):
    answer = pages.client.post("/dataflows/new", data={"name": "Mine"})

    assert answer.status_code == 400
    assert "Mine" not in pages.get("/dataflows").text


def test_who_is_signed_in_is_not_asked_again(pages):
    assert pages.get("/sign-in").h1 == ["Home"]


def test_signing_out_takes_a_form_and_not_an_address(pages):
    assert pages.client.get("/sign-out").status_code == 405
    assert pages.get("/").h1 == ["Home"]


def test_a_page_asked_for_is_shown_after_the_sign_in(app, owner):
    visitor = Pages(app)
    asked = visitor.client.get("/datasets?page=1").location

    page = visitor.post(asked, email=owner.email, password=PASSWORD)

    assert page.h1 == ["Datasets"]


def test_a_refused_sign_in_keeps_the_email_and_never_the_password(app, owner):
    page = sign_in(app, owner.email, "my wrong password")

    assert owner.email in page.text
    assert "my wrong password" not in page.text
