"""Records on their way out: flat, processed in order, never held all at once."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.site.exports import exporting
from app.site.exports.exporting import ExportKind, ExportQuery, NameUnknown, NotScalar
from app.site.sample_shop import generating, sources, tables

SEED = 7


def mark_first(record):
    return {**record, "order": "first"}


def mark_second(record):
    return {**record, "order": record["order"] + ", second"}


def test_content_fields_stand_side_by_side():
    fields = [{"id": "title", "type": "string", "language_code": "en", "value": "A"}]

    flat = exporting.flattened({"id": 1, "fields": fields}, 1)

    assert flat == {
        "id": 1,
        "field_title_id": "title",
        "field_title_type": "string",
        "field_title_language_code": "en",
        "field_title_value": "A",
    }


def test_dates_and_decimals_keep_their_exact_text():
    flat = exporting.flattened(
        {
            "a": date(2024, 2, 29),
            "b": datetime(2024, 2, 29, 1, 2, tzinfo=UTC),
            "c": Decimal("1.50"),
        },
        1,
    )

    assert flat == {"a": "2024-02-29", "b": "2024-02-29T01:02:00+00:00", "c": "1.50"}


@given(value=st.one_of(st.lists(st.integers()), st.dictionaries(st.text(), st.text()), st.binary()))
def test_a_value_that_is_no_scalar_is_named_by_record_and_field(value):
    with pytest.raises(NotScalar, match=r"Record 4: the field 'odd'"):
        exporting.flattened({"odd": value}, 4)


def test_processors_work_in_the_order_of_their_priority():
    found = exporting.processors_of(
        [
            {"name": f"{__name__}.mark_second", "priority": 2},
            {"name": f"{__name__}.mark_first", "priority": 1},
            {"name": f"{__name__}.mark_first", "priority": 0, "kinds": ["content"]},
        ],
        ExportKind.USER,
    )

    records = list(exporting.records(lambda _query: [{"id": 1}], ExportQuery(""), found))

    assert records == [{"id": 1, "order": "first, second"}]


def test_records_are_made_one_at_a_time():
    made = []

    def source(_query):
        for number in range(1000):
            made.append(number)
            yield {"id": number}

    next(exporting.records(source, ExportQuery(""), []))

    assert made == [0]


def test_a_name_that_leads_nowhere_is_said():
    with pytest.raises(NameUnknown, match=r"no\.such\.thing"):
        exporting.named("no.such.thing")


def test_the_same_seed_makes_the_same_shop():
    first, second = (generating.shop(SEED) for _ in range(2))

    assert first == second
    assert first != generating.shop(SEED + 1)
    assert _digest(first) == _digest(second)


def test_the_shop_has_the_awkward_values_of_real_people():
    users = generating.shop(20261123).users
    names = {user["last_name"] for user in users} | {user["first_name"] for user in users}

    assert {"Null", "O'Brien", "=SUM(A1:A9)", "さくら", "العلي"} <= names
    assert any(user["postcode"].startswith("0") for user in users)
    assert any((user["phone"] or "").startswith("+48") for user in users)
    assert any(user["birthday"] == date(1988, 2, 29) for user in users)
    assert len({user["email"] for user in users}) == len(users)


def test_a_second_creation_keeps_what_is_there(tmp_path):
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    tables.create(url, generating.shop(SEED, users=3, products=2, content=1))

    counts = tables.create(url, generating.shop(SEED, users=9, products=9, content=9))

    assert counts == {"users": 3, "products": 2, "content": 1}


def test_content_is_exported_with_its_fields(tmp_path):
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    tables.create(url, generating.shop(SEED, users=1, products=1, content=3))

    records = list(exporting.records(sources.content, ExportQuery(url), []))

    assert len(records) == 3
    assert records[0]["field_title_value"]
    assert json.dumps(records)


def _digest(shop: generating.Shop) -> str:
    return hashlib.sha256(repr(shop).encode()).hexdigest()
