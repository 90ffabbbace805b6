"""Over any chain of repairs, newer files, replays and undoing, what is there is what is newest."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.dataflows import queries as dataflows
from app.quarantine import queries, refusals, services
from app.quarantine.queries import Standing, Wanted
from app.runs import services as runs
from app.runs.models import Run, RunKind
from tests.conftest import NOW
from tests.factories import make_active
from tests.integration.quarantine.piles import Piles
from tests.integration.quarantine.taking_up import stored, take_up
from tests.integration.quarantine.test_chains import SAMPLE, as_csv, cells_of, family_of
from tests.integration.runs.carrying_out import carry_out, finished

EXAMPLES = count()
GOOD = ("1", "2")
# Few rows, most of them wrong, so that what is done meets in one row.
ROWS = st.lists(st.sampled_from((*GOOD, "junk", "junk", "junk")), min_size=1, max_size=3)
PLACES = st.integers(0, 9)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("newer"), st.sets(st.integers(0, 2), min_size=1, max_size=2)),
        st.tuples(st.just("replay"), st.none()),
        st.tuples(st.just("mend"), st.none() | PLACES),
        st.tuples(st.just("mend"), st.none() | PLACES),
        st.tuples(st.just("take up"), st.booleans()),
        st.tuples(st.just("undo"), PLACES),
        st.tuples(st.just("undo"), PLACES),
    ),
    min_size=3,
    max_size=8,
)


@dataclass
class Story:
    """What was done to a dataflow, and what its dataset is to be."""

    dataflow: Any
    mark: str
    sent: dict[str, str]
    model: Piles = field(default_factory=Piles)
    # Runs that took the first file as a whole, and those that took others.
    whole: list[Run] = field(default_factory=list)
    newer: list[Run] = field(default_factory=list)

    def begin(self) -> None:
        content = as_csv([(name, points, f"n{name}") for name, points in self.sent.items()], False)
        self._take_whole(finished(self.dataflow, content))

    def do_newer(self, places, _which) -> None:
        rows = [f"{self.mark}{place}" for place in sorted(places)]
        note = f"newer {next(EXAMPLES)}"
        run = finished(self.dataflow, as_csv([(row, "9", note) for row in rows], False))
        for row in rows:
            self.model.write(run.id, row, ("9", note))
        self.newer.append(run)

    def do_replay(self, _detail, _which) -> None:
        run = runs.start_replay(
            dataflow_id=self.dataflow.id,
            file_id=self.whole[0].stream_file_id,
            number=None,
            is_dry=False,
            now=NOW,
        )
        self._take_whole(carry_out(run))

    def do_mend(self, place, which) -> None:
        """Correct one row that waits, or all, and take up what is corrected."""
        run = which(self.of_first_file())
        waiting = queries.list_rejects(run.id, Wanted(standing=Standing.WAITING))
        if not waiting or refusals.reason(run, self.dataflow):
            return
        for reject in waiting if place is None else [waiting[place % len(waiting)]]:
            services.correct(reject_id=reject.id, given={**cells_of(reject.raw), "points": "7"})
        self.do_take_up(True, lambda _runs: run)

    def do_take_up(self, only_corrected, which) -> None:
        run = which(self.of_first_file())
        waiting = queries.list_rejects(run.id, Wanted(standing=Standing.WAITING))
        chosen = [each for each in waiting if each.given or not only_corrected]
        mended = [cells_of(each.raw) | (each.given or {}) for each in chosen]
        try:
            repair = take_up(run, only_corrected=only_corrected)
        except refusals.RepairRefused as refused:
            is_void = isinstance(refused, refusals.RunWroteNothing)
            assert (run.id in self.model.undone) if is_void else not chosen
            return
        same_file = {each.id for each in self.of_first_file()}
        whole = next(each for each in self.whole if run in family_of(each))
        for cells in mended:
            name = cells["id"]
            if cells["points"] == "7" and not self.model.is_newer(name, whole.id, same_file):
                self.model.write(repair.id, name, ("7", cells["note"]))

    def do_undo(self, place, _which) -> None:
        done = [*self.of_first_file(), *self.newer]
        run = done[place % len(done)]
        repairs = {each.id for each in family_of(run)[1:] if self.model.wrote[each.id]}
        is_held = bool(repairs - self.model.undone)
        try:
            carry_out(runs.start_undo(run_id=run.id, now=NOW))
        except runs.NothingToUndo:
            assert not self.model.can_be_undone(run.id)
        except runs.RepairsHold:
            assert is_held
        else:
            assert self.model.can_be_undone(run.id)
            assert not is_held
            self.model.undo(run.id)

    def of_first_file(self) -> list[Run]:
        return [run for whole in self.whole for run in family_of(whole) if run.kind.reads_a_file]

    def check(self) -> None:
        there = [row for row in stored(self.dataflow) if row["id"].startswith(self.mark)]
        assert {row["id"]: (row["points"], row["note"]) for row in there} == self.model.rows
        assert len(there) == len(self.model.rows)
        for whole in self.whole:
            if whole.id not in self.model.undone:
                family = [run for run in family_of(whole) if run.kind is not RunKind.UNDO]
                held = [run for run in family if run.id not in self.model.undone]
                written = sum(run.received_count - run.rejected_count for run in held)
                waiting = sum(queries.standing(run.id).waiting for run in held)
                assert written + waiting == whole.received_count

    def _take_whole(self, run: Run) -> None:
        self.whole.append(run)
        for name, points in self.sent.items():
            if points in GOOD:
                self.model.write(run.id, name, (points, f"n{name}"))


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, actions=ACTIONS, chosen=st.randoms(use_true_random=False))
def test_what_is_there_is_what_is_newest_of_what_was_not_undone(app, rows, actions, chosen):
    dataflow = dataflows.find_dataflow(1) or make_active(as_csv([SAMPLE.values()], False))
    mark = f"s{next(EXAMPLES)}-"
    story = Story(dataflow, mark, {f"{mark}{n}": points for n, points in enumerate(rows)})
    story.begin()
    story.check()

    for name, detail in actions:
        getattr(story, f"do_{name.replace(' ', '_')}")(detail, chosen.choice)
        story.check()
