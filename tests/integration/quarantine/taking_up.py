"""Runs with rejected rows, corrected and taken up again."""

from sqlalchemy import func, select

from app.dataflows import services as dataflows
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.quarantine import queries, services
from app.quarantine.services import Chosen
from app.runs.models import Reject, Run, RunKind, RunStatus
from tests.conftest import NOW
from tests.integration.runs.carrying_out import carry_out, rows_of

HEADER = "id,name,joined,points\n"
# Lines 3 and 5 fail as dates, 4 lacks its identifier, 6 has a cell too many.
SPOILED = HEADER + "1,Ada,2020-02-29,1\n2,Bo,soon,2\n,Cy,,3\n4,Di,later,4\n5,Ed,,5,surplus\n"


def take_up(run, rule="", *, only_corrected=False):
    """Return the repair, carried out."""
    chosen = Chosen(rule=rule, only_corrected=only_corrected)
    return carry_out(services.start_repair(run_id=run.id, chosen=chosen, now=NOW))


def stored(dataflow) -> list[dict[str, str]]:
    """Return the rows of the dataset, by their first columns."""
    return sorted(rows_of(dataflow), key=lambda row: list(row.values()))


def reject_at(run, line) -> Reject:
    return db.session.scalars(
        select(Reject).where(Reject.run_id == run.id, Reject.line == line)
    ).one()


def waiting_in_all() -> int:
    """Return how many rows wait, in whichever run they were rejected."""
    runs = db.session.scalars(select(Run).where(Run.status == RunStatus.FINISHED)).all()
    return sum(queries.standing(run.id).waiting for run in runs)


def written_in_all() -> int:
    """Return how many rows the runs wrote, or found there already or replaced by later ones."""
    counts = Run.added_count + Run.changed_count + Run.same_count + Run.superseded_count
    kinds = Run.kind.in_([RunKind.PRODUCTION, RunKind.REPAIR])
    is_done = Run.status == RunStatus.FINISHED
    return db.session.scalars(select(func.sum(counts)).where(kinds, is_done)).one() or 0


def overwriting(dataflow):
    """Return the dataflow, each file of which replaces the dataset from now on."""
    dataflow.write_mode = WriteMode.OVERWRITE
    return dataflows.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW
    )
