"""What the rows of a schema are about."""

from enum import StrEnum


class SchemaParent(StrEnum):
    """What a row of the schema is about."""

    PERSONAL_DATA = "PersonalData"
    CATALOG = "Catalog"
    INTERACTION = "Interaction"

    @property
    def has_key(self) -> bool:
        """Interactions happen again and again; people and things have an identifier."""
        return self is not SchemaParent.INTERACTION

    @property
    def description(self) -> str:
        """Say in a sentence what belongs there."""
        return {
            SchemaParent.PERSONAL_DATA: "One row a person, found by the person identifier.",
            SchemaParent.CATALOG: "One row a product or content item, found by its identifier.",
            SchemaParent.INTERACTION: "One row each time something happened; rows are only added.",
        }[self]
