"""To look only at whom something changed of finds whom to look at everybody finds, at any time."""

import random
from datetime import timedelta

import pytest

from app.audiences import queries
from app.audiences.compiling import membership
from app.audiences.models import AudienceStatus
from app.audiences.tree import reading
from app.extensions import db
from app.people import queries as people
from app.people import sources
from tests.integration.audiences import histories
from tests.integration.audiences.histories import History
from tests.integration.audiences.making import evaluate, make_audience, member_ids
from tests.unit.audiences import trees
from tests.unit.audiences.worlds import NOWS, TICK, ZONES

LONG = [timedelta(days=days) for days in (1, 7, 31, 400)]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Prepare every file, and ask for the attributes there are."""
    monkeypatch.setattr(sources, "FEW_ROWS", 0)
    monkeypatch.setattr(trees, "TYPES", histories.TYPES)


def members_of(world, audience, now):
    """Return who is in an audience at a moment, of everybody."""
    asked = queries.question(world, audience.zone, now)
    found = membership.members(reading.parsed(audience.tree), asked)
    return sorted(world.rows(found)["person_id"].to_pylist())


def some_audiences(rng, now, zone):
    """Return audiences of random trees, which may ask for each other."""
    made = []
    for number in range(3):
        names = tuple(each.public_id for each in made)
        raw = trees.Trees(rng, now, zone, names).tree(3)
        audience = make_audience(raw, f"Audience {number}")
        audience.zone = rng.choice((zone, zone, "UTC"))
        made.append(audience)
    db.session.commit()
    return made


def first_due(audiences):
    """Return when the first of them may change by time alone; None where none does."""
    return min((each.due_at for each in audiences if each.due_at), default=None)


def later(rng, now, due):
    """Return when it is looked at again."""
    if due is not None and rng.random() < 0.4:
        return max(due + rng.choice((-1, 0, 1)) * TICK, now + TICK)
    return now + rng.choice(
        (TICK, timedelta(minutes=1), timedelta(hours=1), *LONG[:3], rng.random() * LONG[2])
    )


def before_it_is_due(rng, now, due):
    """Return moments at which by time alone nobody may have entered or left."""
    if due is None:
        return [now + rng.choice(LONG)]
    return [at for at in (due - TICK, now + rng.random() * (due - now) - TICK) if at > now]


@pytest.mark.parametrize("seed", range(4))
def test_who_is_found_in_part_is_who_is_in(app, seed):
    rng = random.Random(seed)
    now, zone = rng.choice(NOWS), rng.choice(ZONES)
    history = History(rng, now, zone)
    audiences = some_audiences(rng, now, zone)
    what, looked_at = "first", set()
    for step in range(6):
        audiences = [evaluate(each, now) for each in audiences]
        looked_at.update(each.looked_at_count for each in audiences)
        with people.opened_world() as (_session, world):
            for each in audiences:
                told = (seed, step, what, str(now), each.zone, str(each.due_at), each.tree)
                assert each.status is AudienceStatus.EVALUATED, each.failure
                found = sorted(member_ids(each))
                for at in (now, *before_it_is_due(rng, now, each.due_at)):
                    assert found == members_of(world, each, at), (str(at), *told)
        now = later(rng, now, first_due(audiences))
        what = history.go_on(now)
        refresh(audiences)
    assert len(looked_at) > 1


def refresh(audiences):
    for each in audiences:
        each.status = AudienceStatus.QUEUED
    db.session.commit()
