"""Whose a row of a file is, so that rows of people who were erased can be told from all others."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.dataflows.definition import Definition, Target
from app.schemas.models import Schema
from app.schemas.parents import SchemaParent
from app.schemas.roles import ColumnRole
from app.tabular.batches import BadRow
from app.tabular.delimited import one_record

ERASED = "erased_person"
MESSAGE = "The row is of a person who was erased."
# Of what is no row, a text as short as this may be anything: a number, a size, a yes.
SHORTEST_TOLD = 6


@dataclass(frozen=True)
class Erased:
    """What rows of a dataflow's files are refused: whom `has` knows by what fills the target."""

    target: Target
    has: Callable[[str], bool]


def person_target(definition: Definition, schema: Schema) -> Target | None:
    """Return what fills the person identifier; none where rows are not of people."""
    if schema.parent is SchemaParent.PERSONAL_DATA:
        return definition.key
    column = schema.column_of(ColumnRole.PERSON)
    wanted = column.id if column is not None else None
    return next((each for each in definition.targets if each.schema_column_id == wanted), None)


def person_columns(schema: Schema) -> list[str]:
    """Return the columns of a dataset, by their names in the lake, that say whose a row is."""
    is_of_people = schema.parent is SchemaParent.PERSONAL_DATA
    column = schema.key_column if is_of_people else schema.column_of(ColumnRole.PERSON)
    return [column.field_name] if column is not None else []


def emptied(line: int) -> BadRow:
    """Return what is kept of a row of an erased person: where it stood, and why it is not in."""
    return BadRow(line=line, raw="", rule=ERASED, message=MESSAGE)


def bad_row_is_of(bad: BadRow, definition: Definition, erased: Erased) -> bool:
    """Tell whether what is no row of the table is, or may well be, of an erased person.

    The cell in the place of the identifier counts; where there are no places, any long text.
    """
    sources = {column.name: place for place, column in enumerate(definition.columns)}
    place = sources.get(erased.target.column)
    if definition.options.format.is_text_table and place is not None:
        cells = one_record.cells(bad.raw, definition.options)[definition.options.first_column :]
        return place < len(cells) and erased.has(cells[place].strip())
    words = re.findall(r"[^\s\"',;:|{}\[\]<>()=]+", bad.raw)
    return any(len(word) >= SHORTEST_TOLD and erased.has(word) for word in words)
