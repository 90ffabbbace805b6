"""Tells a table from prose, logs and source code, which any delimiter cuts into something."""

from collections.abc import Sequence

from app.tabular.delimited.cell_kinds import CellKind, kind_of

_LONG_WORDS = 6


def is_list(values: Sequence[str]) -> bool:
    """Return whether lines of one cell each are values of a column rather than sentences."""
    filled = [value.strip() for value in values if value.strip()]
    if len(filled) < 2:
        return False
    kinds = [kind_of(value) for value in filled]
    valued = sum(kind not in (CellKind.TEXT, CellKind.WORDS) for kind in kinds)
    if valued * 10 >= len(filled) * 8:
        return True
    wordy = sum(len(value.split()) > _LONG_WORDS or value[-1] in ".:,;{}()" for value in filled)
    longest = max(map(len, filled))
    return wordy * 20 <= len(filled) and longest <= 100
