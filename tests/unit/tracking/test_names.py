"""What names mean: kinds, one buy a product, amounts that are exact."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.tracking import names
from app.tracking.messages import Message, MessageType
from app.tracking.names import DEFAULT_NAMES


def meanings(name, **properties):
    message = Message(
        type=MessageType.TRACK,
        message_id="m",
        name=name,
        occurred_at=datetime(2026, 1, 1, tzinfo=UTC),
        person_id="1",
        anonymous_id=None,
        previous_id=None,
        properties=properties,
    )
    return list(names.meanings(message, DEFAULT_NAMES))


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("Order Completed", "buy"),
        ("Product Added", "basket"),
        ("Product Viewed", "visit"),
        ("page", "visit"),
        ("buy", "buy"),
        ("Order Refunded", "return"),
        ("buy in store", "buy in store"),
        ("return in store", "return in store"),
        ("Signed In", "login"),
        ("Song Played", "Song Played"),
    ],
)
def test_a_name_counts_as_what_the_table_says(name, event):
    assert [each.event for each in meanings(name)] == [event]


def test_an_order_is_one_buy_for_each_product():
    products = [{"sku": "a", "price": 12.5, "quantity": 2}, {"sku": "b", "price": "0.10"}]

    found = meanings("Order Completed", order_id="o1", total=25.1, products=products)

    assert [(each.part, each.amount) for each in found] == [
        (0, Decimal("25.0")),
        (1, Decimal("0.10")),
    ]
    assert found[0].properties == {"order_id": "o1", "total": 25.1, **products[0]}


@pytest.mark.parametrize("name", ["Order Refunded", "buy in store", "return in store"])
def test_what_is_bought_or_brought_back_in_one_go_is_one_event_for_each_product(name):
    products = [{"sku": "a", "price": 3}, {"sku": "b", "price": 4, "quantity": 2}]

    assert [each.amount for each in meanings(name, products=products)] == [3, 8]


def test_a_login_is_one_event_whatever_products_it_has():
    assert len(meanings("login", products=[{}, {}])) == 1


@pytest.mark.parametrize(
    ("properties", "amount"),
    [
        ({"value": 0.1}, "0.1"),
        ({"revenue": "49.62"}, "49.62"),
        ({"total": 13, "price": 2}, "13"),
        ({"price": "2.50", "quantity": 3}, "7.50"),
        ({"value": -5}, "-5"),
        ({"value": "many"}, None),
        ({"value": "1_000"}, None),
        ({"value": True}, None),
        ({"value": [1]}, None),
        ({"value": 1e300}, None),
        ({"price": 1e14, "quantity": 1e14}, None),
        ({"value": "NaN"}, None),
        ({}, None),
    ],
)
def test_the_amount_is_what_was_paid_exactly(properties, amount):
    expected = Decimal(amount) if amount else None

    assert [each.amount for each in meanings("buy", **properties)] == [expected]


@pytest.mark.parametrize("products", [[], "three", [None], [[1]], {"sku": "a"}])
def test_products_of_any_shape_leave_at_least_one_buy(products):
    assert len(meanings("buy", products=products)) == 1


@pytest.mark.parametrize(
    ("order", "products"),
    [
        ({"note": "y" * 16_000}, [1] * 7_500),
        ({"note": "y" * 16_000}, [{"price": 1}] * 1_000),
        ({}, [{}] * 10_000),
        ({"note": "y" * 4_000}, [[]] * 200),
    ],
)
def test_no_message_swells_into_many_times_what_was_sent(order, products):
    found = meanings("Order Completed", total=5, products=products, **order)

    sent = len(json.dumps({**order, "products": products}))
    kept = sum(len(json.dumps(each.properties)) for each in found)
    assert kept <= 40 * sent
    assert [(each.event, each.amount) for each in found] == [("buy", 5)]


@pytest.mark.parametrize(("count", "note"), [(8, 16_000), (60, 2_000), (400, 500)])
def test_orders_as_shops_have_them_are_split_however_long(count, note):
    products = [{"product_id": f"sku-{n}", "price": 9.95, "quantity": 1} for n in range(count)]

    assert len(meanings("Order Completed", products=products, note="y" * note)) == count
