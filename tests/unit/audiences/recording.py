"""Histories of audiences as a log of changes, and what they come to by plain sets."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from app.audiences import changes
from app.lake import engine

BEGIN = datetime(2026, 11, 1, 8, tzinfo=UTC)
AUDIENCES = ("a" * 32, "b" * 32, "c" * 32)
PEOPLE = ("1", "2", "10", "Ada", "O'Hara", "ä")
# Which audience is evaluated, and who is in it then.
EVALUATIONS = st.lists(
    st.tuples(st.sampled_from(AUDIENCES), st.frozensets(st.sampled_from(PEOPLE))), max_size=8
)


def moment(number):
    """Return when the evaluation of this number was."""
    return BEGIN + timedelta(minutes=10 * number)


def record(lake, audience_id, people, at):
    """Record who is in an audience, as an evaluation does."""
    with engine.connection() as session:
        session.execute("CREATE TEMP TABLE members (person_id VARCHAR)")
        if people:
            session.executemany("INSERT INTO members VALUES (?)", [[each] for each in people])
        return changes.record(session, lake, audience_id, "members", at)


def record_all(lake, evaluations, first=0):
    """Record evaluations ten minutes apart, and return what changed as the log should have it."""
    inside, log, sequence = dict.fromkeys(AUDIENCES, frozenset()), [], 0
    for number, (audience_id, people) in enumerate(evaluations, first):
        record(lake, audience_id, people, moment(number))
        before = inside[audience_id]
        moves = [(person, False) for person in sorted(before - people, key=str.encode)]
        moves += [(person, True) for person in sorted(people - before, key=str.encode)]
        for person, membership in moves:
            sequence += 1
            log.append((sequence, audience_id, person, membership, moment(number)))
        inside[audience_id] = people
    return log, inside
