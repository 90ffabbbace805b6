"""The password is shown once, and never when somebody chose it."""

import pytest

from app.stack import greeting
from app.stack.tree import Stack


@pytest.fixture
def stack(tmp_path):
    stack = Stack(data_dir=tmp_path, environment={})
    stack.public_url = "https://cdp.example.com"
    return stack


def test_the_first_start_shows_address_sign_in_and_password(stack):
    stack.admin_email, stack.admin_password = "admin@example.com", "correct horse"

    said = greeting.words(stack)

    assert "runs at https://cdp.example.com\n" in said
    assert "as admin@example.com with the password correct horse" in said


def test_a_chosen_password_is_not_repeated(stack):
    stack.admin_email, stack.admin_password = "admin@example.com", "correct horse"
    stack.environment["ADMIN_PASSWORD"] = "correct horse"

    said = greeting.words(stack)

    assert "admin@example.com with the password of ADMIN_PASSWORD" in said
    assert "correct horse" not in said


def test_a_later_start_says_how_to_get_in_without_the_password(stack):
    assert "as before (password lost? .venv/bin/flask" in greeting.words(stack)
