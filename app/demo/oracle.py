"""What must come out of the demo, worked out from its data by other means than Headwater's."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from sqlalchemy import create_engine, text

INVOICES = Path(__file__).parent / "data" / "invoices.csv"


def invoices() -> list[dict[str, str]]:
    """Return the invoices: id, customer, invoicedate and total, as they are written."""
    with INVOICES.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def spent() -> dict[str, Decimal]:
    """Return what each customer's invoices add up to."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in invoices():
        sums[row["customer"]] += Decimal(row["total"])
    return dict(sums)


def big_spenders(least: Decimal) -> set[str]:
    """Return the customers who spent so much."""
    return {customer for customer, total in spent().items() if total >= least}


def nearly(least: Decimal) -> tuple[str, Decimal]:
    """Return the customer who comes next below the mark, and what is missing."""
    below = {customer: total for customer, total in spent().items() if total < least}
    customer = max(below, key=lambda each: (below[each], each))
    return customer, least - below[customer]


def newsletter_readers(shop_database: Path) -> set[str]:
    """Return the users of the sample shop that get the newsletter."""
    with create_engine(f"sqlite:///{shop_database}").connect() as connection:
        rows = connection.scalars(text("SELECT id FROM users WHERE newsletter"))
        return {str(each) for each in rows}
