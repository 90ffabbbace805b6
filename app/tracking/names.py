"""What event names mean: those of the common e-commerce vocabulary, one buy a product."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

import msgspec

from app.tracking.messages import Message


class EventKind(StrEnum):
    """What an event name can mean; audiences and figures go by these."""

    VISIT = "visit"
    CONTENT_VISIT = "contentvisit"
    ITEM_CLICK = "itemclick"
    BASKET = "basket"
    BUY = "buy"
    RETURN = "return"
    BUY_IN_STORE = "buy in store"
    RETURN_IN_STORE = "return in store"
    LOGIN = "login"


# Whoever does one of these tells who an anonymous id is.
SIGNING_IN = frozenset({EventKind.LOGIN})

# Segment's and RudderStack's e-commerce events, and our own words.
DEFAULT_NAMES: dict[str, EventKind] = {
    **{kind.value: kind for kind in EventKind},
    "page": EventKind.VISIT,
    "screen": EventKind.VISIT,
    "Product Viewed": EventKind.VISIT,
    "Article Viewed": EventKind.CONTENT_VISIT,
    "Product Clicked": EventKind.ITEM_CLICK,
    "Product Added": EventKind.BASKET,
    "Order Completed": EventKind.BUY,
    "Order Refunded": EventKind.RETURN,
    "Login": EventKind.LOGIN,
    "Login Completed": EventKind.LOGIN,
    "Signed In": EventKind.LOGIN,
    "Signed Up": EventKind.LOGIN,
}
# An order of these that lists its products is one event for each.
_BY_PRODUCT = {
    EventKind.BUY,
    EventKind.RETURN,
    EventKind.BUY_IN_STORE,
    EventKind.RETURN_IN_STORE,
}
# Each event of an order repeats what is said of the order. So many products are always split, more
# only while all they take is within so many times the message: else one of 32 KiB, which anybody
# may send, would become a hundred megabytes.
_FEW_PRODUCTS = 8
_MOST_TIMES_THE_MESSAGE = 32
_BYTES_AN_EVENT = 300
_AMOUNTS = ("value", "revenue", "total", "amount")
# Amounts have nine places, so that the sum of very many of them still fits in 38 digits.
LARGEST_AMOUNT, AMOUNT_PLACES = Decimal(10) ** 15, 9


class Meaning(msgspec.Struct, frozen=True, gc=False):
    """One event that a message means: its kind or its own name, its amount, its properties.

    `part` numbers the events of one message.
    """

    event: str
    part: int
    amount: Decimal | None
    properties: Mapping[str, Any]


def meanings(message: Message, names: Mapping[str, EventKind | None]) -> Iterator[Meaning]:
    """Yield what a message means: one buy or return for each product, else one event."""
    kind = names.get(message.name)
    products = message.properties.get("products")
    if kind in _BY_PRODUCT and isinstance(products, list) and _are_split(message.properties):
        order = {name: value for name, value in message.properties.items() if name != "products"}
        for part, product in enumerate(products):
            own = product if isinstance(product, dict) else {"product": product}
            properties = {**order, **own}
            yield Meaning(kind.value, part, _product_amount(own), properties)
        return
    event = kind.value if kind is not None else message.name
    yield Meaning(event, 0, _amount(message.properties), message.properties)


def _are_split(properties: Mapping[str, Any]) -> bool:
    """Tell whether each product is an event of its own; none of an order that would swell."""
    products = properties["products"]
    count = len(products)
    if count <= _FEW_PRODUCTS:
        return bool(products)
    sent = len(msgspec.json.encode(properties))
    order = sent - len(msgspec.json.encode(products))
    return count * (order + _BYTES_AN_EVENT) <= _MOST_TIMES_THE_MESSAGE * sent


def decimal(value: object) -> Decimal | None:
    """Return a number exactly as it was written, or None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        return None
    try:
        text = str(value).strip()
        # Python reads the underscore as a mark between thousands; nobody else does.
        number = Decimal(text.replace("_", "?"))
    except InvalidOperation:
        return None
    # Not abs(), which rounds, and fails where an exponent is past what it can round to.
    return number if number.is_finite() and number.copy_abs() < LARGEST_AMOUNT else None


def _product_amount(product: Mapping[str, Any]) -> Decimal | None:
    """Return price times quantity; an amount of the order is not each product's."""
    return _priced(product) if "price" in product else _amount(product)


def _amount(properties: Mapping[str, Any]) -> Decimal | None:
    for name in _AMOUNTS:
        given = properties.get(name)
        found = None if given is None else decimal(given)
        if found is not None:
            return found
    return _priced(properties) if "price" in properties else None


def _priced(properties: Mapping[str, Any]) -> Decimal | None:
    price = decimal(properties.get("price"))
    if price is None or "quantity" not in properties:
        return price
    quantity = decimal(properties["quantity"])
    if quantity is None or abs(price * quantity) >= LARGEST_AMOUNT:
        return None
    return price * quantity
