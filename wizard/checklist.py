"""What is still missing, as links to the fields that mend it."""

from dataclasses import dataclass

from app.dataflows import checking
from app.dataflows.models import Dataflow
from wizard import steps


@dataclass(frozen=True)
class Item:
    """One thing missing and where to mend it."""

    sentence: str
    href: str


def items(dataflow: Dataflow) -> list[Item]:
    """Return what is missing, in the order of the steps; a step not yet reachable has no link."""
    return [
        Item(lack.sentence, f"{_href(lack.step, dataflow)}#{lack.field}")
        for lack in checking.lacks(dataflow, dataflow.schema)
    ]


def sentences(dataflow: Dataflow) -> list[str]:
    """Return what is missing, in words."""
    return [lack.sentence for lack in checking.lacks(dataflow, dataflow.schema)]


def _href(slug: str, dataflow: Dataflow) -> str:
    step = steps.BY_SLUG[slug]
    reachable = step if steps.is_reachable(step, dataflow) else steps.furthest(dataflow)
    return steps.href(reachable, dataflow)
