"""A dataflow with files that wait, and what can be seen of its runs and of its dataset."""

import random
from dataclasses import dataclass, field

from sqlalchemy import select

from app import clock, storage
from app.dataflows.models import Dataflow
from app.extensions import db
from app.lake import browsing
from app.lake.buckets import Bucket
from app.lake.write_modes import WriteMode
from app.runs import services as runs
from app.runs.models import Reject, Run, RunStatus
from app.schemas import queries as schemas
from app.streams.models import FileKind
from tests.factories import make_active, make_file
from tests.faults.run_oracle import Expected, Oracle, Row, file_of
from tests.faults.run_worker import Pool

DRAFT = "id,name,points\np1,Ada,1\np2,Eve,2\np3,Zoë,3\n"
PEOPLE, ROWS = 4_000, 2_000


@dataclass
class World:
    """An active dataflow, its files in order, and what an oracle says of each."""

    dataflow: Dataflow
    table: str
    fields: dict[str, str]
    oracle: Oracle
    expected: list[Expected] = field(default_factory=list)

    def send(self, text: str) -> None:
        """Let a file arrive."""
        make_file(self.dataflow, text, FileKind.PRODUCTION, f"{len(self.expected)}.csv")
        self.expected.append(self.oracle.take(text))

    def another_file(self, chance: random.Random) -> str:
        """Return a file as those before it were."""
        return file_of(chance, ROWS, PEOPLE)

    def ring(self) -> int:
        """Start the next run, as the periodic job does, and return the one that is under way."""
        db.session.rollback()
        runs.start_if_due(dataflow_id=self.dataflow.id, now=clock.now())
        active = [run.id for run in self.runs() if run.status.is_active]
        return active[0]

    def runs(self) -> list[Run]:
        """Return all runs as they are now, in order."""
        db.session.rollback()
        found = select(Run).where(Run.dataflow_id == self.dataflow.id).order_by(Run.id)
        return list(db.session.scalars(found.execution_options(populate_existing=True)))

    def run(self, run_id: int) -> Run:
        """Return a run as it is now."""
        return next(run for run in self.runs() if run.id == run_id)

    def rows(self) -> dict[str, Row]:
        """Return the dataset as it is now, with the line each row came from."""
        frame = browsing.read_frame(storage.lake(), self.table)
        if frame.empty:
            return {}
        columns = [*(self.fields[name] for name in ("id", "name", "points")), "_line"]
        listed = frame[columns].astype(object).to_dict("split")["data"]
        rows = {
            key: (plain(name) or "", plain(points), int(line)) for key, name, points, line in listed
        }
        assert len(rows) == len(listed)
        return rows

    def version(self) -> int | None:
        """Return the version of the dataset's table."""
        return storage.lake().version(self.table)

    def leftovers(self) -> list[str]:
        """Return what runs have left in the staging folder."""
        return [path.name for path in storage.staging().glob("*")]

    def assert_accounted_for(self, run: Run, expected: Expected) -> None:
        """Fail unless a run did exactly what the oracle says."""
        assert run.status is RunStatus.FINISHED, run.failure
        assert run.buckets == expected.counts
        assert run.received_count == sum(expected.counts.values())
        assert run.removed_count == expected.removed
        lines = select(Reject.line).where(Reject.run_id == run.id).order_by(Reject.line)
        assert list(db.session.scalars(lines)) == expected.rejected_lines

    def assert_journals_are_of(self, finished: list[Run]) -> None:
        """Fail unless each finished run has one journal with its counts, and no other has one."""
        lake = storage.lake()
        assert sorted(lake.list_journals(self.table)) == [run.id for run in finished]
        assert len(list(lake.journals(self.table).iterdir())) == len(finished)
        for run in finished:
            found = browsing.engine.parquet([str(lake.journal(self.table, run.id))])
            with browsing.engine.connection() as session:
                query = f"SELECT _bucket, count(*) FROM {found} GROUP BY 1"
                counted = dict(session.execute(query).fetchall())
            wanted = {bucket.value: run.count_of(bucket) for bucket in Bucket}
            assert counted == {name: count for name, count in wanted.items() if count}


def finish(world: World, pool: Pool, run_id: int) -> Run:
    """Let workers take a run up until it has ended, as one that is silent is rung for again."""
    while world.run(run_id).status.is_active:
        assert pool.start(run_id, stalled_after=0).wait() == 0
    return world.run(run_id)


def plain(value: object) -> object:
    """Return a cell as Python has it."""
    return None if value is None or value != value or str(value) == "<NA>" else value


def make_world(mode: WriteMode, *, files: int = 0, seed: int = 1, rows: int = ROWS) -> World:
    """Return a dataflow to which some files were sent already."""
    dataflow = make_active(DRAFT, "id", mode)
    schema = schemas.find_schema(dataflow.schema_id)
    assert schema is not None
    world = World(
        dataflow=dataflow,
        table=schema.table_name,
        fields={column.name: column.field_name for column in schema.columns},
        oracle=Oracle(overwrites=mode is WriteMode.OVERWRITE),
    )
    chance = random.Random(seed)
    for _ in range(files):
        world.send(file_of(chance, rows, PEOPLE))
    return world
