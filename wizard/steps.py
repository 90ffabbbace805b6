"""The five steps in their order, written once: rail, next, back and what can be reached."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.dataflows.models import Dataflow, ProfileStatus


@dataclass(frozen=True)
class Step:
    """One step: its slug in the address, its title, its view."""

    slug: str
    title: str
    endpoint: str


STEPS = (
    Step("general-information", "General Information", "wizard.general_information"),
    Step("download", "Download", "wizard.download"),
    Step("file-mapping", "File mapping", "file_mapping.show"),
    Step("transform-map", "Transform & Map", "transform_map.edit"),
    Step("activate", "Activate", "wizard.activate"),
)
BY_SLUG = {step.slug: step for step in STEPS}


@dataclass(frozen=True)
class RailStep:
    """A step as the progress rail shows it; without `href` it cannot be reached yet."""

    number: int
    title: str
    href: str | None
    state: str
    label: str


def furthest(dataflow: Dataflow) -> Step:
    """Return the last step that can be opened."""
    if dataflow.draft_file_id is None:
        return STEPS[1]
    if dataflow.profile_status is not ProfileStatus.DONE or not dataflow.is_file_mapping_saved:
        return STEPS[2]
    if dataflow.schema_id is None or not dataflow.mappings:
        return STEPS[3]
    return STEPS[4]


def is_reachable(step: Step, dataflow: Dataflow) -> bool:
    """Tell whether the steps before this one are done."""
    return STEPS.index(step) <= STEPS.index(furthest(dataflow))


def href(step: Step, dataflow: Dataflow, **place: Any) -> str:
    """Return the address of a step, or of a place in it."""
    return url_for(step.endpoint, dataflow_id=dataflow.id, **place)


def after(slug: str) -> Step:
    """Return the next step; the last has none after it and is returned itself."""
    return STEPS[min(STEPS.index(BY_SLUG[slug]) + 1, len(STEPS) - 1)]


def before(slug: str) -> Step | None:
    """Return the step before."""
    position = STEPS.index(BY_SLUG[slug])
    return STEPS[position - 1] if position else None


def rail(dataflow: Dataflow | None, current: str) -> list[RailStep]:
    """Return all steps for the page of one of them."""
    return [
        RailStep(
            number=number,
            title=step.title,
            href=href(step, dataflow) if dataflow and is_reachable(step, dataflow) else None,
            state=state,
            label={"current": "this step", "done": "done", "todo": "not yet"}[state],
        )
        for number, step in enumerate(STEPS, start=1)
        for state in [_state(step, dataflow, current)]
    ]


def _state(step: Step, dataflow: Dataflow | None, current: str) -> str:
    if step.slug == current:
        return "current"
    if dataflow is None:
        return "todo"
    return "done" if STEPS.index(step) < STEPS.index(furthest(dataflow)) else "todo"
