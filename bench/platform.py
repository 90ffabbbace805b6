"""A platform in this process, with one active dataflow, whose files are taken in at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient

import config
from app import create_app
from app.dataflows import services as dataflows
from app.dataflows.column_choices import ColumnChoice
from app.dataflows.models import Dataflow
from app.drafts import services as drafts
from app.execution import services as execution
from app.extensions import db
from app.runs import queries
from app.runs import services as runs
from app.runs.models import RunStatus
from app.schemas import services as schemas
from app.schemas.models import SchemaParent
from app.schemas.services import NewColumn
from app.streams import services as streams
from app.streams.models import FileKind, StreamFile
from bench.people import COLUMNS

LIMIT = 10**12
HEAD_BYTES = 1_000_000


class Platform:
    """Headwater without its processes: what a worker does is done here."""

    def __init__(self, folder: Path, draft: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._app = create_app(_settings(folder))
        self._app.extensions["bell"] = _NoBell()
        self._context = self._app.app_context()
        self._context.push()
        db.create_all()
        self._dataflow = _active(draft)

    def load(self, file: Path) -> None:
        """Take a file in as production and carry its run out."""
        self.receive(file)
        self.run()

    def receive(self, file: Path) -> None:
        """Take a file in: when this ends it is closed."""
        _receive(self._dataflow, file, FileKind.PRODUCTION)

    def run(self) -> None:
        """Carry the run of the file that waits out."""
        run = runs.start_run(dataflow_id=self._dataflow.id, now=_now())
        assert run is not None
        execution.execute_run(run_id=run.id, stalled_after=timedelta(minutes=1), clock=_now)
        done = queries.find_run(run.id)
        assert done is not None
        assert done.status is RunStatus.FINISHED, done.failure

    def client(self) -> FlaskClient:
        """Return somebody who opens its pages."""
        return self._app.test_client()

    def close(self) -> None:
        """Let go of the database."""
        db.session.remove()
        db.engine.dispose()
        self._context.pop()


@contextmanager
def opened(folder: Path) -> Iterator[Flask]:
    """Give the app on the data folder of a platform that was built before."""
    app = create_app(_settings(folder))
    app.extensions["bell"] = _NoBell()
    with app.app_context():
        yield app


class _NoBell:
    """Rings for nobody."""

    def enqueue(self, name: object, arguments: object, *, is_single: bool = False) -> None:
        """Ignore it."""


def _settings(folder: Path) -> dict[str, Any]:
    secrets = {"SECRET_KEY": "of a measurement", "ENCRYPTION_KEY": Fernet.generate_key().decode()}
    return config.load({**secrets, "DATA_DIR": str(folder)})


def _active(draft: Path) -> Dataflow:
    """Return a dataflow that was walked through all five steps with the head of a file."""
    dataflow = dataflows.create_dataflow(name="People", description="", now=_now())
    head = draft.with_name("head.csv")
    with draft.open("rb") as whole:
        head.write_bytes(b"".join(whole.readlines(HEAD_BYTES)))
    file = _receive(dataflow, head, FileKind.DRAFT)
    dataflow = drafts.choose_draft(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        file_id=file.id,
        parse_up_to=LIMIT,
        now=_now(),
    )
    dataflow = dataflows.save_columns(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        choices=[ColumnChoice(each.id, each.name, False) for each in dataflow.columns],
        now=_now(),
    )
    schema = schemas.create_schema(
        name="People",
        parent=SchemaParent.PERSONAL_DATA,
        description="",
        columns=[NewColumn(name, kind, name == "userid") for name, kind in COLUMNS.items()],
        now=_now(),
    )
    dataflow = dataflows.choose_schema(
        dataflow_id=dataflow.id, version=dataflow.version, schema_id=schema.id, now=_now()
    )
    return dataflows.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=_now()
    )


def _receive(dataflow: Dataflow, file: Path, kind: FileKind) -> StreamFile:
    with file.open("rb") as opened:
        return streams.receive_upload(
            stream_pk=dataflow.stream_pk,
            kind=kind,
            name=file.name,
            stream=opened,
            limit=LIMIT,
            now=_now(),
        )


def _now() -> datetime:
    return datetime.now(UTC)
