"""Whom a message is about, and whether that is somebody suppressed."""

from types import SimpleNamespace

import pytest

from app import pseudonyms
from app.suppressions.suppressed import Suppressed

KEY = b"of tests"
GONE = Suppressed(
    KEY,
    frozenset(
        {
            pseudonyms.digest(KEY, "person", "ada"),
            pseudonyms.digest(KEY, "anonymous", "browser"),
        }
    ),
)


def who(person=None, anonymous=None, previous=None):
    return SimpleNamespace(person_id=person, anonymous_id=anonymous, previous_id=previous)


@pytest.mark.parametrize(
    ("message", "is_refused"),
    [
        (who("ada"), True),
        (who("ada", "another"), True),
        (who(None, "browser"), True),
        (who("bob", None, "ada"), True),
        (who("bob", None, "browser"), False),
        (who("bob", "browser"), False),
        (who("browser"), False),
        (who(None, "ada"), False),
        (who("bob"), False),
    ],
)
def test_a_message_counts_by_its_person_and_only_without_one_by_its_browser(message, is_refused):
    assert GONE.refuses(message) is is_refused
    assert GONE.kept([message], lambda each: each) == ([] if is_refused else [message])


@pytest.mark.parametrize(
    ("raw", "is_refused"),
    [
        ({"userId": "ada"}, True),
        ({"anonymousId": "browser", "type": 3}, True),
        ({"userId": "bob"}, False),
        ("ada", False),
        (None, False),
        ([{"userId": "ada"}], False),
    ],
)
def test_a_message_that_cannot_be_read_is_told_by_the_ids_it_names(raw, is_refused):
    assert GONE.refuses_raw(raw) is is_refused


def test_where_nothing_is_suppressed_nothing_is_hashed(monkeypatch):
    monkeypatch.setattr(pseudonyms, "digest", None)

    assert not Suppressed()
    assert Suppressed().kept([who("ada")], lambda each: each)
    assert not Suppressed().refuses_raw({"userId": "ada"})


def test_a_digest_depends_on_key_and_kind():
    digests = {
        pseudonyms.digest(key, kind, "ada")
        for key in (KEY, b"another")
        for kind in ("person", "anonymous")
    }

    assert len(digests) == 4
