"""Makes the rows of the sample shop from a seed."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.site.sample_shop import words

Row = dict[str, Any]
OPENED = datetime(2019, 3, 1, 9, 0, tzinfo=UTC)
DAYS_OPEN = 2800


@dataclass(frozen=True)
class Shop:
    """The rows of each table."""

    users: list[Row]
    products: list[Row]
    content: list[Row]


def shop(seed: int, *, users: int = 1200, products: int = 400, content: int = 150) -> Shop:
    """Return a shop of this size; the same seed gives the same rows on every machine."""
    chance = random.Random(seed)
    return Shop(
        users=[_user(chance, number) for number in range(1001, 1001 + users)],
        products=[_product(chance, number) for number in range(1, products + 1)],
        content=[_article(chance, number) for number in range(1, content + 1)],
    )


def _user(chance: random.Random, number: int) -> Row:
    country, language, city, postcode, phone = chance.choice(words.PLACES)
    first, last = chance.choice(words.FIRST_NAMES), chance.choice(words.LAST_NAMES)
    if number % 100 == 0:
        first = words.ODD_NAMES[number // 100 % len(words.ODD_NAMES)]
    joined = _moment(chance)
    return {
        "id": number,
        "email": _email(chance, first, last, number),
        "first_name": first,
        "last_name": last,
        "phone": _digits(chance, phone) if chance.random() < 0.8 else None,
        "birthday": _birthday(chance),
        "country": country,
        "postcode": _digits(chance, postcode),
        "city": city,
        "language": language,
        "newsletter": chance.random() < 0.4,
        "points": Decimal(chance.randrange(0, 500_000)) / 100,
        "created_at": joined,
        "last_login_at": joined + timedelta(days=chance.randrange(300)) if number % 7 else None,
        "type": "business" if chance.random() < 0.1 else "customer",
    }


def _email(chance: random.Random, first: str, last: str, number: int) -> str:
    """Return a unique address; some in capitals, some with a plus tag."""
    plain = re.sub(r"[^a-z]", "", f"{first}{last}".lower()) or "user"
    name = f"{plain[:20]}{number}"
    if chance.random() < 0.05:
        name = f"{name}+shop"
    address = f"{name}@{chance.choice(('example.com', 'example.org', 'mail.example.net'))}"
    return address.upper() if chance.random() < 0.03 else address


def _birthday(chance: random.Random) -> date | None:
    draw = chance.random()
    if draw < 0.25:
        return None
    if draw < 0.28:
        return date(1988, 2, 29)
    return date(1940, 1, 1) + timedelta(days=chance.randrange(24_000))


def _product(chance: random.Random, number: int) -> Row:
    category = chance.choice(words.CATEGORIES)
    return {
        "code": f"{category[:2].upper()}-{number:05d}",
        "name": f"{chance.choice(words.MATERIALS)} {category.removesuffix('s').lower()} {number}",
        "category": category,
        "price": Decimal(chance.randrange(199, 99_999)) / 100,
        "currency": chance.choice(("EUR", "NOK", "GBP")),
        "stock": chance.randrange(0, 500),
        "description": chance.choice(words.PRODUCT_NOTES),
        "ean": f"0{chance.randrange(10**11, 10**12)}",
        "created_at": _moment(chance),
        "type": "bundle" if number % 20 == 0 else "single",
    }


def _article(chance: random.Random, number: int) -> Row:
    return {
        "id": number,
        "type": chance.choice(("article", "recipe")),
        "published_at": _moment(chance),
        "title": f"{chance.choice(words.HEADLINES)} ({number})",
        "intro": f"<p>{chance.choice(words.PRODUCT_NOTES)}</p>",
        "minutes": chance.randrange(1, 20),
    }


def fields_of(article: Row) -> Iterator[Row]:
    """Yield the typed fields of an article, as a content site keeps them."""
    typed = (("title", "ezstring"), ("intro", "ezrichtext"), ("minutes", "ezinteger"))
    for name, kind in typed:
        yield {"id": name, "type": kind, "language_code": "eng-GB", "value": article[name]}


def _moment(chance: random.Random) -> datetime:
    return OPENED + timedelta(days=chance.randrange(DAYS_OPEN), seconds=chance.randrange(24 * 3600))


def _digits(chance: random.Random, pattern: str) -> str:
    return "".join(str(chance.randrange(10)) if sign == "#" else sign for sign in pattern)
