"""Person identifiers: what each is called, what kind it is, and where its values are."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import ibis.expr.types as ir

from app.lake import matching
from app.schemas.models import Schema, SchemaColumn
from app.schemas.parents import SchemaParent
from app.tabular.types import ColumnType

# What sources call the person identifier, and the anonymous id that the tracker keeps.
OF_EVENTS, OF_VISITORS = "userid", "coid"


class Kind(StrEnum):
    """How an identifier tells who somebody is."""

    PERSON = "person identifier"
    FURTHER = "further identifier"
    ANONYMOUS = "anonymous id"

    @property
    def is_in_turn(self) -> bool:
        """Tell whether several people with one value were so one after the other."""
        return self is Kind.ANONYMOUS


@dataclass(frozen=True)
class Identifier:
    """One place with values that identify people: a column of a dataset, or the events."""

    name: str
    kind: Kind
    schema: Schema | None = None
    column: SchemaColumn | None = None

    def fits(self, rows: ir.Table, value: str) -> ir.BooleanValue:
        """Return which rows of its dataset have the value; capitals of an e-mail count not."""
        assert self.column is not None
        stored = rows[self.column.field_name]
        if self.column.type is ColumnType.EMAIL:
            return matching.equals_in_any_case(stored, value)
        return matching.equals(stored, [value])


def declared(schemas: Iterable[Schema]) -> list[Identifier]:
    """Return every identifier: of events, then of each schema of people, then of visitors."""
    of_datasets = [
        found
        for schema in schemas
        if schema.parent is SchemaParent.PERSONAL_DATA and schema.key_column is not None
        for found in _of_dataset(schema, schema.key_column)
    ]
    return [
        Identifier(OF_EVENTS, Kind.PERSON),
        *of_datasets,
        Identifier(OF_VISITORS, Kind.ANONYMOUS),
    ]


def of_type(identifiers: Iterable[Identifier], name: str) -> list[Identifier]:
    """Return the identifiers of this name, in whatever letters: together they are one type."""
    return [each for each in identifiers if each.name.casefold() == name.casefold()]


def type_names(identifiers: Iterable[Identifier]) -> list[str]:
    """Return what types there are, each once."""
    return list({each.name.casefold(): each.name for each in identifiers}.values())


def _of_dataset(schema: Schema, key: SchemaColumn) -> list[Identifier]:
    further = [
        Identifier(column.name, Kind.FURTHER, schema, column)
        for column in schema.further_identifiers
    ]
    return [Identifier(key.name, Kind.PERSON, schema, key), *further]
