"""Over any chain of repairs, every row of the file is written once or waits, and none is lost."""

import csv
import io
import json
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.dataflows import queries as dataflows
from app.extensions import db
from app.quarantine import queries, refusals, services
from app.quarantine.queries import Standing, Wanted
from app.quarantine.services import Chosen
from app.runs import services as runs
from app.runs.models import Run, RunStatus
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import make_active, make_file
from tests.integration.quarantine.taking_up import stored, take_up
from tests.integration.runs.carrying_out import carry_out

COLUMNS = ("id", "points", "note")
SAMPLE = {"id": "s", "points": 1, "note": "n"}
EXAMPLES = count()
WORDS = ("junk", "more junk")
NOTES = st.text(st.sampled_from('ab é,;"\n'), max_size=6).map(lambda text: f"n{text}n")
ROWS = st.lists(st.tuples(st.sampled_from(("1", "2", *WORDS)), NOTES), min_size=1, max_size=8)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("correct"), st.integers(0, 7)),
        st.tuples(st.just("replace"), st.sampled_from(WORDS)),
        st.tuples(st.just("take up"), st.booleans()),
        st.tuples(st.just("cancel"), st.booleans()),
    ),
    min_size=1,
    max_size=5,
)


def as_csv(rows, bom):
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([COLUMNS, *rows])
    return (b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode()


def as_json(rows, _bom):
    return json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows]).encode()


def family_of(run) -> list[Run]:
    """Return a run with the repairs that came of it."""
    repairs = db.session.scalars(select(Run).where(Run.of_run_id == run.id)).all()
    return [run, *(each for repair in repairs for each in family_of(repair))]


def cells_of(raw):
    """Return the cells of a row by its text."""
    if raw.startswith("{"):
        return json.loads(raw)
    return dict(zip(COLUMNS, next(csv.reader(io.StringIO(raw, newline=""))), strict=True))


def act(run, action):
    """Do one thing to the rejects of a run, if there is anything to do it to."""
    name, detail = action
    waiting = queries.list_rejects(run.id, Wanted(standing=Standing.WAITING))
    if name == "correct" and waiting:
        reject = waiting[detail % len(waiting)]
        given = cells_of(reject.raw)
        services.correct(reject_id=reject.id, given={**given, "points": "7"})
    elif name == "replace" and waiting:
        services.replace_values(
            run_id=run.id, rule="not_integer", column="points", replacements={detail: "8"}
        )
    elif name == "take up":
        try:
            take_up(run, only_corrected=detail)
        except refusals.NothingToRetry:
            assert not waiting or detail
    elif name == "cancel" and waiting:
        repair = services.start_repair(run_id=run.id, chosen=Chosen(), now=NOW)
        runs.cancel_run(run_id=repair.id, now=NOW)


@pytest.mark.parametrize(("write", "start"), [(as_csv, "csv"), (as_json, "json")])
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, actions=ACTIONS, bom=st.booleans(), which=st.randoms(use_true_random=False))
def test_rows_written_and_rows_waiting_are_the_rows_received(
    app, write, start, rows, actions, bom, which
):
    dataflow = dataflows.find_dataflow(1) or make_active(write([SAMPLE.values()], False))
    mark = f"{start}{next(EXAMPLES)}-"
    lines = [(f"{mark}{number}", *row) for number, row in enumerate(rows)]
    make_file(dataflow, write(lines, bom), FileKind.PRODUCTION)
    first = carry_out(runs.start_run(dataflow_id=dataflow.id, now=NOW))
    assert first.status is RunStatus.FINISHED, first.failure

    for action in actions:
        act(which.choice([r for r in family_of(first) if r.status is RunStatus.FINISHED]), action)

        family = [run for run in family_of(first) if run.status is RunStatus.FINISHED]
        written = sum(run.received_count - run.rejected_count for run in family)
        waiting = [queries.standing(run.id).waiting for run in family]
        there = {row["id"]: row for row in stored(dataflow) if row["id"].startswith(mark)}
        assert written + sum(waiting) == first.received_count == len(lines)
        assert written == len(there)
        sent = {line[0]: line for line in lines}
        for name, row in there.items():
            assert row["note"].replace("\r\n", "\n") == sent[name][2]
            assert row["points"] in ({"7", "8"} if sent[name][1] in WORDS else {sent[name][1]})
