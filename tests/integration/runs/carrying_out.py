"""Sending a file to a dataflow and carrying its run out, and what is there afterwards."""

import csv
import hashlib
import io
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from app import storage
from app.execution import services as execution
from app.extensions import db
from app.lake import browsing
from app.runs import queries, services
from app.runs.models import Reject
from app.schemas import queries as schemas
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import make_file

STALLED = timedelta(seconds=60)


def send(dataflow, content, name="people.csv"):
    """Return the run that a production file starts."""
    make_file(dataflow, content, FileKind.PRODUCTION, name)
    return services.start_run(dataflow_id=dataflow.id, now=NOW)


def carry_out(run):
    execution.execute_run(run_id=run.id, stalled_after=STALLED, clock=lambda: NOW)
    return queries.find_run(run.id)


def finished(dataflow, content):
    return carry_out(send(dataflow, content))


def rows_of(dataflow) -> list[dict[str, str]]:
    """Return the dataset as text under the schema's names, by its first column."""
    schema = schemas.find_schema(dataflow.schema_id)
    headings = {column.field_name: column.name for column in schema.columns}
    text = "".join(browsing.stream_csv(storage.lake(), schema.table_name, headings))
    return list(csv.DictReader(io.StringIO(text)))


def table_of(dataflow) -> str:
    schema = schemas.find_schema(dataflow.schema_id)
    assert schema is not None
    return schema.table_name


def rejects_of(run) -> list[tuple[int, str]]:
    found = db.session.scalars(select(Reject).where(Reject.run_id == run.id).order_by(Reject.line))
    return [(reject.line, reject.rule) for reject in found]


def column_of(dataflow, name) -> list[str]:
    """Return a column of the dataset by the identifier: a merge leaves rows in any order."""
    return [row[name] for row in sorted(rows_of(dataflow), key=lambda row: int(row["id"]))]


def bytes_of(dataflow) -> dict[str, str]:
    """Return the digest of each file that the dataset's table has, its log among them."""
    folder = Path(storage.lake().address(table_of(dataflow)))
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
