"""Making the sample shop."""

from app.site.sample_shop import generating, tables

SEED = 20261123


def create_sample_shop(*, url: str) -> dict[str, int]:
    """Fill the sample shop's database, unless it is there; return its rows by table."""
    return tables.create(url, generating.shop(SEED))
