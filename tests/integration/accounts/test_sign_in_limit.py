"""Guessing passwords: an address may try to sign in a few times only."""

import pytest

from app.extensions import limiter
from tests.conftest import PASSWORD
from tests.pages import Pages


@pytest.fixture
def limited(app, owner, monkeypatch):
    """A visitor who may try twice; no clock is needed to see the third try refused."""
    monkeypatch.setattr(limiter, "enabled", True)
    app.config.update(RATELIMIT_ENABLED=True, SIGN_IN_LIMIT="2 per year")
    limiter.init_app(app)
    return Pages(app)


def test_after_too_many_tries_even_the_right_password_is_refused(limited):
    wrong = [limited.post("/sign-in", email="owner@example.com", password="x") for _ in range(2)]

    right = limited.post("/sign-in", email="owner@example.com", password=PASSWORD)

    assert [page.status for page in wrong] == [422, 422]
    assert right.status == 429
    assert right.h1 == ["Too many tries"]
    assert limited.get("/datasets").path == "/sign-in"


def test_looking_at_the_sign_in_page_is_no_try(limited):
    looked = {limited.get("/sign-in").status for _ in range(5)}

    page = limited.post("/sign-in", email="owner@example.com", password=PASSWORD)

    assert looked == {200}
    assert page.h1 == ["Home"]
