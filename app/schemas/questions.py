"""What is asked of a person before a schema goes."""

from app import storage
from app.confirming import Question
from app.formatting import plural
from app.schemas.models import Schema


def before_deleting(schema: Schema) -> Question:
    """Name the rows that go with a schema."""
    rows = plural(storage.lake().row_count(schema.table_name), "row")
    return Question(
        title=f"Delete “{schema.name}”?",
        sentence=f"The schema and the {rows} of its dataset go for good.",
        button="Delete",
    )
