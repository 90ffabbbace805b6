"""The people that the site of the demo knows: the shop's, and the customers of the real file."""

import csv
from collections.abc import Sequence
from pathlib import Path

from app.site.sample_shop import sources

CUSTOMERS = Path(__file__).parent / "data" / "customers.csv"


def known(ids: Sequence[str], url: str) -> list[str]:
    """Return which of these are identifiers of people."""
    with CUSTOMERS.open(newline="", encoding="utf-8") as opened:
        customers = {row["id"] for row in csv.DictReader(opened)}
    return [*sources.known_users(ids, url), *(each for each in ids if each in customers)]
