"""Cutting an audience into parts, and putting audiences in order."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from app import clock
from app.access import needs
from app.accounts.models import Role
from app.audiences import queries as audiences
from app.audiences.dividing import planned as planning
from app.audiences.dividing import queries, services
from app.audiences.dividing.forms import USUAL, SplitForm
from app.audiences.dividing.planned import MOST_IN_ORDER, MOST_PARTS, Planned, PlanUnfit
from app.audiences.services import AudienceNameTaken
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.vocabulary import AttributeUnknown, AudienceUnknown

bp = Blueprint("dividing", __name__)


@bp.route("/audiences/<int:audience_id>/split", methods=["GET", "POST"])
@needs(Role.EDITOR)
def split(audience_id: int):
    """Ask for the parts of an audience, count them, or make them."""
    audience = audiences.find_audience(audience_id) or abort(404)
    form = SplitForm(data={"division": audience.name, "parts": USUAL})
    plans: list[Planned] = []
    rest, command = None, request.form.get("do", "")
    if command == "more" and len(form.parts) < MOST_PARTS:
        form.parts.append_entry()
    elif form.validate_on_submit():
        try:
            plans, rest = planning.parts(
                queries.source_of(audience), form.division.data or "", form.asked
            )
            if command != "count":
                return _made(plans)
        except (PlanUnfit, AudienceNameTaken) as failure:
            form.form_errors.append(_sentence(failure))
    page = render_template(
        "dividing/split.html",
        audience=audience,
        form=form,
        rest=rest,
        is_full=len(form.parts) >= MOST_PARTS,
        **_counted(plans),
    )
    return page, 422 if form.errors else 200


@bp.route("/audiences/priorities", methods=["GET", "POST"])
@needs(Role.EDITOR)
def priorities():
    """Ask for audiences in order, count those of no earlier one, or make them."""
    found, chosen = queries.list_audiences(), set(request.form.getlist("ids"))
    positions = {each.public_id: request.form.get(each.public_id, "") for each in found}
    plans: list[Planned] = []
    failed = ""
    if request.method == "POST":
        sources = [queries.source_of(each) for each in found if each.public_id in chosen]
        try:
            plans = planning.in_order(planning.ordered(sources, positions))
            if request.form.get("do") != "count":
                return _made(plans)
        except (PlanUnfit, AudienceNameTaken) as failure:
            failed = _sentence(failure)
    page = render_template(
        "dividing/priorities.html",
        audiences=found,
        chosen=chosen,
        positions=positions,
        failed=failed,
        most=MOST_IN_ORDER,
        **_counted(plans if not failed else []),
    )
    return page, 422 if failed else 200


def _made(plans: Sequence[Planned]) -> Any:
    made = services.create_all(planned=plans, now=clock.now(), by=current_user.email)
    flash(f"{len(made)} audiences are saved. Their members are being found.", "good")
    return redirect(url_for("audiences.index"))


def _counted(plans: Sequence[Planned]) -> dict[str, Any]:
    """Return the name and number of each, or why they cannot be counted."""
    try:
        numbers = queries.counts(plans, clock.now())
    except (AttributeUnknown, AudienceUnknown, ValueUnfit) as failure:
        return {"counted": [], "problem": str(failure)}
    names = [each.name for each in plans]
    return {"counted": list(zip(names, numbers, strict=True)), "problem": ""}


def _sentence(failure: PlanUnfit | AudienceNameTaken) -> str:
    if isinstance(failure, PlanUnfit):
        return str(failure)
    return f"There is an audience “{failure}” already. Rename that one first, or delete it."
