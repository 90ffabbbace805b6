"""Kinds that write several columns into one text, or take the first that is filled."""

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.transformations.kinds import Given, Group, Kind, Made
from app.tabular.transformations.texts import SEPARATOR


def _concat(given: Given) -> Made:
    # Joined two by two: Arrow's null_handling="skip" leaves out rows in which all are null.
    joined = given.texts
    for column in given.columns[1:]:
        both = pc.binary_join_element_wise(joined, column.texts, given.settings["separator"])
        joined = pc.coalesce(both, joined, column.texts)
    return Made(joined)


def _coalesce(given: Given) -> Made:
    texts: list[pa.Array] = [column.texts for column in given.columns]
    return Made(pc.coalesce(*texts))


KINDS = (
    Kind(
        "concat",
        "Join columns",
        "Writes the filled values of several columns one after the other.",
        _concat,
        group=Group.COMBINE,
        least_inputs=2,
        most_inputs=None,
        parameters=(SEPARATOR,),
    ),
    Kind(
        "coalesce",
        "First filled value",
        "Takes the first of several columns that is not empty.",
        _coalesce,
        group=Group.COMBINE,
        least_inputs=2,
        most_inputs=None,
        makes_do=True,
    ),
)
