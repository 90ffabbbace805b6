"""What is still missing, as links to the fields that mend it."""

from dataclasses import dataclass

from app.dataflows import checking
from app.dataflows.models import Dataflow
from wizard import column_pages, steps


@dataclass(frozen=True)
class Item:
    """One thing missing and where to mend it."""

    sentence: str
    href: str


def items(dataflow: Dataflow) -> list[Item]:
    """Return what is missing, in the order of the steps; a step not yet reachable has no link."""
    return [
        Item(
            lack.sentence,
            _href(lack.step, lack.field, dataflow),
        )
        for lack in checking.lacks(dataflow, dataflow.schema)
    ]


def _page_of(field: str, dataflow: Dataflow) -> str:
    """Return the page of the mapping on which a field stands, unless that is the first."""
    columns = dataflow.schema.columns if dataflow.schema else []
    fields = [f"map-{column.id}" for column in columns]
    number = column_pages.number_of(fields.index(field)) if field in fields else 1
    return f"?mapping_page={number}" if number > 1 else ""


def sentences(dataflow: Dataflow) -> list[str]:
    """Return what is missing, in words."""
    return [lack.sentence for lack in checking.lacks(dataflow, dataflow.schema)]


def _href(slug: str, field: str, dataflow: Dataflow) -> str:
    step = steps.BY_SLUG[slug]
    reachable = step if steps.is_reachable(step, dataflow) else steps.furthest(dataflow)
    return f"{steps.href(reachable, dataflow)}{_page_of(field, dataflow)}#{field}"
