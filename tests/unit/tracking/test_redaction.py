"""Hiding what is personal or secret: by name and by look, at any depth, in any way of writing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tracking.redaction import HIDDEN, is_sensitive, redacted, redacted_text

SECRET = "s3cr3t-value"
SENSITIVE = (
    *("email", "phone", "first name", "last name", "name", "address", "street", "birthday"),
    *("password", "access token", "card number", "iban", "ip", "client ip", "api key", "zip"),
)
OTHERS = ("sku", "value", "category", "plan", "items", "shelf", "color")


def written(words: str, how: int) -> str:
    """Return words as names are written: snake, kebab, camel, Pascal, capitals, in one."""
    parts = words.split()
    return (
        "_".join(parts),
        "-".join(parts),
        parts[0] + "".join(part.title() for part in parts[1:]),
        "".join(part.title() for part in parts),
        "_".join(parts).upper(),
        "customer_" + "_".join(parts),
        "billing" + "".join(part.title() for part in parts),
        ".".join(parts) + "2",
    )[how]


def names(words):
    return st.builds(written, st.sampled_from(words), st.integers(0, 7))


plain = st.one_of(st.none(), st.booleans(), st.integers(0, 999), st.sampled_from(OTHERS))
secrets = st.recursive(
    st.just(SECRET),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(names(OTHERS), inner, min_size=1, max_size=3),
    ),
    max_leaves=4,
)
messages = st.recursive(
    st.dictionaries(names(SENSITIVE), secrets, min_size=1, max_size=3),
    lambda inner: st.one_of(
        st.lists(st.one_of(inner, plain), max_size=3),
        st.dictionaries(names(OTHERS), st.one_of(inner, plain), max_size=3),
        inner.map(json.dumps),
    ),
    max_leaves=12,
)


@given(messages)
def test_no_secret_is_left_however_deep_it_lies_and_however_its_name_is_written(message):
    assert SECRET not in json.dumps(redacted(message))
    assert SECRET not in redacted_text(json.dumps(message))


@given(st.dictionaries(names(OTHERS), st.one_of(plain, st.lists(plain)), max_size=5))
def test_what_is_neither_personal_nor_secret_stays_as_it_is(message):
    assert redacted(message) == message


@pytest.mark.parametrize(
    "text",
    [
        "write to ada@example.com today",
        "https://shop.example/p?sku=1&email=ada%40example.com",
        "https://shop.example/p?utm=x&token=abcdef",
        "+49 170 1234567",
        "4111 1111 1111 1111",
        "DE89 3704 0044 0532 0130 00",
        "192.168.17.4",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
    ],
)
def test_what_looks_personal_is_hidden_under_any_name(text):
    (shown,) = redacted([text])

    assert HIDDEN in shown
    assert not any(part in shown for part in ("ada", "abcdef", "1234567", "1111", "3704", "168"))


def test_a_name_that_is_personal_itself_is_hidden_too():
    assert redacted({"ada@example.com": True, "items": [{"bob@example.com": 1}]}) == {
        HIDDEN: True,
        "items": [{HIDDEN: 1}],
    }


def test_a_number_of_a_card_is_hidden_also_as_a_number():
    assert redacted({"sku": 4111111111111111, "value": 12.5}) == {"sku": HIDDEN, "value": 12.5}


def test_a_message_that_was_cut_off_is_hidden_whole():
    assert redacted_text('{"email": "ada@exa') == HIDDEN


@pytest.mark.parametrize(
    "name", ["sku", "value", "quantity", "currency", "order_id", "path", "title", "zipper"]
)
def test_names_of_things_are_not_taken_for_those_of_people(name):
    assert not is_sensitive(name)


def test_an_empty_value_is_shown_as_that():
    assert redacted({"email": "", "phone": None}) == {"email": "", "phone": None}
