"""Which rejected rows wait: those that no run has taken up, or none that holds them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from app.dataflows.identifying import ERASED
from app.extensions import db
from app.runs import queries as runs
from app.runs.models import Reject, Run, RunStatus


def is_waiting(run_id: int, row: Any = Reject) -> ColumnElement[bool]:
    """Return the condition that no run holds a row of this one; `row` is Reject or an alias.

    A row of a person who was erased waits for nothing: it is not there to be taken.
    """
    vain = [repair for repair in runs.repairs_of(run_id) if _was_in_vain(repair)]
    is_free = or_(row.retried_by_run_id.is_(None), *(_is_given_back(each, row) for each in vain))
    return and_(row.rule != ERASED, is_free)


def waiting_among(run_id: int, ids: Iterable[int]) -> set[int]:
    """Return those rejected rows of a run, of some by id, that wait."""
    found = select(Reject.id).where(Reject.id.in_(list(ids)), is_waiting(run_id))
    return set(db.session.scalars(found))


def _was_in_vain(repair: Run) -> bool:
    has_failed = repair.status in {RunStatus.FAILED, RunStatus.CANCELLED}
    return has_failed or repair.undone_by_run_id is not None


def _is_given_back(repair: Run, row: Any) -> ColumnElement[bool]:
    """Return the condition that a repair in vain took the row, and holds it no more.

    It holds, still, what it rejected and a repair of its own holds.
    """
    again = aliased(Reject)
    held = select(again.line).where(again.run_id == repair.id, ~is_waiting(repair.id, again))
    return and_(row.retried_by_run_id == repair.id, row.line.not_in(held))
