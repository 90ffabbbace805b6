"""Coming to a step, and going on from it."""

from typing import Any

from flask import abort, flash, redirect, request

from app import live
from app.dataflows import queries as dataflows
from app.dataflows.models import Dataflow
from wizard import steps


def draft(dataflow_id: int) -> Dataflow:
    """Return the dataflow whose draft is edited."""
    return dataflows.find_dataflow(dataflow_id) or abort(404)


def reachable(dataflow_id: int, slug: str) -> Dataflow:
    """Return the dataflow, or lead to the step that comes first."""
    dataflow = draft(dataflow_id)
    if not steps.is_reachable(steps.BY_SLUG[slug], dataflow):
        first = steps.furthest(dataflow)
        wanted = steps.BY_SLUG[slug].title
        _lead(steps.href(first, dataflow), f"First finish “{first.title}”; then “{wanted}” opens.")
    return dataflow


def is_saving_only() -> bool:
    return request.form.get("save") == "draft"


def on(dataflow: Dataflow, slug: str, **place: Any):
    """Go to the next step, or stay in place where “Save as draft” was pressed."""
    following = steps.after(slug)
    if is_saving_only():
        flash("Saved as a draft.", "good")
    elif steps.is_reachable(following, dataflow):
        return redirect(steps.href(following, dataflow))
    else:
        flash("Saved. Something is still missing here: see the list at the top.", "warn")
    return redirect(steps.href(steps.BY_SLUG[slug], dataflow, **place))


def _lead(address: str, why: str) -> None:
    """Go elsewhere and say why there, unless a fragment asks: then its page does so itself."""
    if not live.is_fragment():
        flash(why, "info")
    abort(redirect(address))
