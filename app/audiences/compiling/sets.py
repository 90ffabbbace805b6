"""Sets of people, of whom it is enough to know who is in or who is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import cast

import ibis.expr.types as ir

from app.people.world import PERSON


@dataclass(frozen=True)
class People:
    """The people of a table of person_id in which nobody is twice, or everybody but them.

    Who everybody is takes reading everything, so it is asked for last, and most often never.
    """

    table: ir.Table
    is_rest: bool = False

    def others(self) -> "People":
        """Return everybody else."""
        return People(self.table, not self.is_rest)

    def among(self, everybody: ir.Table) -> ir.Table:
        """Return who they are."""
        if not self.is_rest:
            return self.table
        return cast("ir.Table", everybody.anti_join(self.table, PERSON))


def in_all(sets: Iterable[People]) -> People:
    """Return who is in each of one or more sets."""
    given = list(sets)
    inside = [each.table for each in given if not each.is_rest]
    outside = [each.table for each in given if each.is_rest]
    if not inside:
        return People(_either(outside), is_rest=True)
    both = reduce(lambda one, other: one.semi_join(other, PERSON), inside)
    left = reduce(lambda one, other: one.anti_join(other, PERSON), outside, both)
    return People(cast("ir.Table", left))


def in_any(sets: Iterable[People]) -> People:
    """Return who is in one or more of the sets: whoever is not outside all of them."""
    given = list(sets)
    if not any(each.is_rest for each in given):
        return People(_either([each.table for each in given]))
    return in_all(each.others() for each in given).others()


def _either(tables: list[ir.Table]) -> ir.Table:
    if len(tables) == 1:
        return tables[0]
    return cast("ir.Table", reduce(lambda one, other: one.union(other), tables).distinct())
