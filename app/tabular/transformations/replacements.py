"""Kinds that put another value in the place of one: mapped, a default, a fixed value, a hash."""

import hashlib

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.transformations.kinds import Given, Kind, Made, converted, each_distinct
from app.tabular.transformations.parameters import Parameter
from app.tabular.transformations.patterns import OTHERWISE


def _map_values(given: Given) -> Made:
    keep = given.settings["otherwise"] == "keep"
    mapping = given.settings["mapping"]
    mapped = each_distinct(given.texts, lambda text: mapping.get(text, text if keep else None))
    filled = given.columns[0].filled
    return converted(filled, mapped) if given.settings["otherwise"] == "fail" else Made(mapped)


def _default(given: Given) -> Made:
    return Made(pc.fill_null(given.texts, given.settings["value"]))


def _hash(given: Given) -> Made:
    def hashed(text: str) -> str:
        return hashlib.sha256((given.settings["salt"] + text).encode()).hexdigest()

    return Made(each_distinct(given.texts, hashed))


def _constant(given: Given) -> Made:
    return Made(pa.repeat(pa.scalar(given.settings["value"], pa.string()), given.row_count))


KINDS = (
    Kind(
        "map_values",
        "Map values",
        "Gives each listed value another one.",
        _map_values,
        parameters=(
            Parameter("mapping", "Values", "mapping", default={}, is_required=True),
            Parameter(
                "otherwise",
                "A value that is not listed",
                "choice",
                default="keep",
                choices=(("keep", "Stays as it is"), *OTHERWISE),
            ),
        ),
        failure="is not among the listed values",
        sees_empty=True,
    ),
    Kind(
        "default",
        "Default",
        "Puts a value where there is none.",
        _default,
        parameters=(Parameter("value", "Value for empty ones", is_required=True),),
    ),
    Kind(
        "hash_sha256",
        "Hash (SHA-256)",
        "Replaces the text by a fingerprint that does not show it.",
        _hash,
        parameters=(Parameter("salt", "Put before the text", hint="Usually left empty"),),
    ),
    Kind(
        "constant",
        "Fixed value",
        "Gives every row the same value.",
        _constant,
        least_inputs=0,
        most_inputs=0,
        parameters=(Parameter("value", "Value", is_required=True),),
    ),
)
