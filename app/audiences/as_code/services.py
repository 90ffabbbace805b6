"""Putting a file of audiences in force: all of it or nothing."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.audiences import queries, saving
from app.audiences.as_code.describing import Described, FileInvalid
from app.audiences.models import Audience, AudienceStatus
from app.audiences.tree import outlines, reading, references
from app.audiences.tree.outlines import Line
from app.audiences.tree.vocabulary import Vocabulary
from app.audiences.tree.writing import to_json
from app.extensions import db
from app.queue import JobName, ring

log = logging.getLogger(__name__)


class ChangedMeanwhile(Exception):
    """Somebody saved one of the audiences at the same moment."""


@dataclass(frozen=True)
class Applied:
    """What a file did to an audience, or would do: created, changed or same; and how changed."""

    name: str
    outcome: str
    changes: tuple[str, ...] = ()


def apply(
    *, described: Sequence[Described], by: str, now: datetime, is_dry: bool = False
) -> list[Applied]:
    """Make audiences what a file says; a dry one is taken back.

    Raises FileInvalid with all that cannot be evaluated, or ChangedMeanwhile.
    """
    try:
        rows, applied = _applied(described, by, now)
    except IntegrityError as failure:
        db.session.rollback()
        raise ChangedMeanwhile from failure
    except (FileInvalid, ChangedMeanwhile):
        db.session.rollback()
        raise
    both = zip(rows, applied, strict=True)
    changed = [row.id for row, each in both if each.outcome != "same"]
    if is_dry or not changed:
        db.session.rollback()
        return applied
    db.session.commit()
    log.info("audiences.applied", extra={"audiences": len(changed)})
    for audience_id in changed:
        ring(JobName.EVALUATE_AUDIENCE, audience_id=audience_id)
    return applied


def _applied(
    described: Sequence[Described], by: str, now: datetime
) -> tuple[list[Audience], list[Applied]]:
    names = [each.name for each in described]
    found = db.session.scalars(select(Audience).where(Audience.name.in_(names)))
    there = {each.name: each for each in found}
    # First all that are new, so that any may ask for any other by name.
    new = {each.name: _begun(each, now) for each in described if each.name not in there}
    db.session.flush()
    vocabulary = queries.vocabulary()
    applied = []
    for each in described:
        if each.name in new:
            applied.append(Applied(each.name, "created"))
        else:
            applied.append(_changed(there[each.name], each, vocabulary, now))
    rows = [(new | there)[name] for name in names]
    _settle(rows, by, now)
    return rows, applied


def _begun(described: Described, now: datetime) -> Audience:
    audience = Audience(
        name=described.name,
        description=described.description or "",
        tags=list(described.tags or ()),
        tree=to_json(described.tree),
        zone=described.zone or "UTC",
        status=AudienceStatus.QUEUED,
        created_at=now,
        changed_at=now,
    )
    db.session.add(audience)
    return audience


def _changed(
    audience: Audience, described: Described, vocabulary: Vocabulary, now: datetime
) -> Applied:
    """Write what the file says otherwise, if anything; raise ChangedMeanwhile."""
    said = {
        "description": described.description,
        "tags": None if described.tags is None else list(described.tags),
        "zone": described.zone,
        "tree": to_json(references.with_ids(described.tree, vocabulary)),
    }
    values = {
        name: value
        for name, value in said.items()
        if value is not None and value != getattr(audience, name)
    }
    if not values:
        return Applied(audience.name, "same")
    changes = tuple(_words(audience, values))
    if not saving.change(audience, audience.version, values, now):
        raise ChangedMeanwhile
    return Applied(audience.name, "changed", changes)


def _words(audience: Audience, values: dict[str, Any]) -> list[str]:
    """Return what changes, each as a line: of conditions those that come and go."""
    after = _outline(values.get("tree", audience.tree), values.get("zone", audience.zone))
    lines = outlines.compared(_outline(audience.tree, audience.zone), after)
    said = [f"{each.mark.sign} {each.line.text}" for each in lines if each.mark]
    return [*said, *(f"another {name}" for name in ("description", "tags") if name in values)]


def _outline(tree: dict[str, Any], zone: str) -> list[Line]:
    return outlines.outline(reading.parsed(tree), zone, queries.names())


def _settle(rows: Sequence[Audience], by: str, now: datetime) -> None:
    """Keep all as saved; raise FileInvalid with what of them cannot be evaluated."""
    vocabulary, problems = queries.vocabulary(), []
    for audience in rows:
        found = saving.settle(audience, vocabulary, by=by, now=now)
        problems += [f"“{audience.name}”, {path}: {said}" for path, said in found.items()]
    if problems:
        raise FileInvalid(problems)
