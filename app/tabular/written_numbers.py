"""Numbers as text: the fewest digits that give them back, written out as people know them."""

from decimal import Decimal

_MOST_PLACES = 24


def number_text(value: float) -> str:
    """Return the fewest digits that give the number back; whole ones have no point."""
    return without_exponent(repr(value).removesuffix(".0"))


def without_exponent(written: str) -> str:
    """Return a number written out, unless that takes more places than anybody reads."""
    if "e" not in written.lower():
        return written
    longer = format(Decimal(written), "f")
    return longer if len(longer) <= _MOST_PLACES else written
