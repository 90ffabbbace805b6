"""A person in every place there is, others beside them, and a search through all bytes kept."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import zstandard
from sqlalchemy import update

from app import clock
from app.activations import services as activations
from app.drafts import services as drafts
from app.erasures import services
from app.erasures.models import Erasure, ErasureStatus
from app.erasures.work import Means
from app.extensions import db
from app.people import services as people
from app.tracking import queries as tracking
from tests.conftest import NOW, SECRETS
from tests.factories import make_active
from tests.integration.activations.making import deliver, sync
from tests.integration.audiences.making import evaluate, make_audience
from tests.integration.runs.carrying_out import finished
from tests.integration.tracking.sending import make_source
from tests.integration.tracking.sending import send as collect

MARKER, BROWSER, SHARED, NAME = "zq-marker-7781", "zq-browser-9912", "shared-1", "zq-name"
OTHER = "other-person-42"
STALLED = timedelta(seconds=60)
KEYS = (SECRETS["ENCRYPTION_KEY"],)
HEAD = "id,name,points\n"
ROWS = f"{OTHER},Ada,1\n{MARKER},zq-name,2\nthird-person-3,Eve,3\n"
NDJSON = "".join(
    json.dumps({"id": who, "name": name, "points": 4}) + "\n"
    for who, name in ((OTHER, "Ada"), (MARKER, "zq-name"), ("third-person-3", "Eve"))
)
JSON = json.dumps([json.loads(line) for line in NDJSON.splitlines()])


def means(app) -> Means:
    """Return what erasing may use here, where no reader has to be waited for."""
    return Means(KEYS, app.config["LOGS_DIR"], timedelta(0))


def ask(person_id=MARKER) -> Erasure:
    return services.ask_erasure(person_id=person_id, user_id=None, keys=KEYS, now=clock.now())


def go_on(app, erasure, clock=clock.now) -> Erasure:
    """Go on as a job does, and return the erasure as the database has it."""
    services.erase_person(
        erasure_id=erasure.id, means=means(app), stalled_after=STALLED, clock=clock
    )
    db.session.expire_all()
    return db.session.get_one(Erasure, erasure.id)


def break_off(erasure_id) -> None:
    """Leave an erasure behind as a worker does that was killed a while ago."""
    db.session.rollback()
    db.session.execute(
        update(Erasure)
        .where(Erasure.id == erasure_id)
        .values(status=ErasureStatus.WORKING, heartbeat_at=clock.now() - 2 * STALLED)
    )
    db.session.commit()


def do_the_rest(queue, activation=None, audience=None) -> None:
    """Do what other jobs do meanwhile: parse drafts that wait, copy events, tell the site."""
    people.prepare_events()
    for name, arguments in list(queue.jobs):
        if name.value.endswith("profile_draft"):
            drafts.profile_draft(**arguments, stalled_after=timedelta(0), clock=clock.now)
    if activation is not None:
        sync(audience, clock.now())
        deliver(activation, clock.now())


def erased(app, queue, activation=None, audience=None) -> Erasure:
    """Erase the marked person to the end, as jobs do it in turn."""
    erasure = go_on(app, ask())
    for _turn in range(6):
        if erasure.status.is_active:
            do_the_rest(queue, activation, audience)
            erasure = go_on(app, erasure)
    return erasure


def values_of_others(app) -> list[str]:
    """Return all rows of journals and all bytes of stored files, without lines of the person."""
    folder = Path(app.config["DATA_DIR"])
    journals = [
        str([row for row in pq.read_table(path).to_pylist() if MARKER not in str(row)])
        for path in sorted(folder.rglob("run-*.parquet"))
    ]
    files = [unpacked(path) for path in sorted(folder.rglob("*.zst"))]
    lines = sorted(line for file in files for line in file.splitlines() if OTHER.encode() in line)
    return [*journals, *map(str, lines)]


def events_by_time():
    return sorted(tracking.arrivals().rows, key=lambda row: (row["occurred_at"], row["message_id"]))


def make_workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in [("id", "name", "points"), (OTHER, "Ada", 5), (MARKER, "zq-name", 6)]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def fill_datasets():
    """Return dataflows of every kind of file with the person in them; each run has ended."""
    dataflow = make_active(HEAD + ROWS)
    finished(dataflow, HEAD + ROWS)
    finished(dataflow, HEAD + ROWS.replace(",2\n", ",7\n"))
    finished(dataflow, HEAD + f'{OTHER},Ada,x\n{MARKER},"zq-\nname",x\n{MARKER},a,b,c,d\n')
    return dataflow


def fill_events(app):
    """Return a source whose messages of the person are stored, wait, or were refused."""
    source = make_source()
    sent = [
        {"type": "identify", "userId": MARKER, "anonymousId": BROWSER},
        {"type": "identify", "userId": MARKER, "anonymousId": SHARED, "timestamp": "2026-11-01"},
        {"type": "identify", "userId": OTHER, "anonymousId": SHARED, "timestamp": "2026-11-10"},
        {"type": "alias", "userId": OTHER, "previousId": MARKER, "timestamp": "2026-11-20"},
        {"type": "track", "event": "buy", "userId": MARKER, "properties": {"value": 3}},
        {"type": "track", "event": "buy", "userId": OTHER, "properties": {"value": 4}},
        {"type": "track", "event": "visit", "anonymousId": BROWSER},
        *(
            {"type": "track", "event": f"shared-{day}", "anonymousId": SHARED, "timestamp": at}
            for day, at in ((5, "2026-11-05"), (15, "2026-11-15"))
        ),
    ]
    collect(app, source, "/v1/batch", {"batch": sent})
    return source


def fill_inbox(app, source) -> None:
    for who in (MARKER, OTHER):
        collect(app, source, "/v1/track", {"event": "waits", "userId": who})
        collect(app, source, "/v1/batch", {"batch": [{"type": "no such", "userId": who}]})


def told(app, activation):
    """Return an audience with the person and another in it, of which the site was told."""
    audience = evaluate(make_audience())
    activations.attach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)
    sync(audience)
    deliver(activation)
    return audience


def places_with(app, *texts: str) -> list[str]:
    """Return all places below the data folder in whose bytes, unpacked, one of the texts is."""
    folder = Path(app.config["DATA_DIR"])
    wanted = [text.encode() for text in texts]
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(text in content(path) for text in wanted)
    ]


def content(path: Path) -> bytes:
    """Return the bytes of a file, with what they unpack to."""
    raw = path.read_bytes()
    if path.suffix == ".parquet":
        return (
            raw
            + str(pq.read_table(path).to_pylist()).encode()
            + str(pq.read_metadata(path)).encode()
        )
    if path.suffix == ".zst":
        return raw + unpacked(path) + _within_zip(unpacked(path))
    return raw


def unpacked(path: Path) -> bytes:
    """Return the bytes of a stored file as they were sent, but for what was cut out."""
    with zstandard.ZstdDecompressor().stream_reader(path.read_bytes()) as stream:
        return stream.read()


def _within_zip(whole: bytes) -> bytes:
    if not whole.startswith(b"PK"):
        return b""

    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
