"""What is forgotten after a while, and what never is."""

import os
from datetime import timedelta
from pathlib import Path

from app import clock, storage
from app.retention import services
from app.runs import queries
from app.runs import services as runs
from app.streams import queries as streams
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_file
from tests.integration.runs.carrying_out import finished, rows_of, table_of

MONTH = timedelta(days=30)
LATER = NOW + timedelta(days=31)


def test_bytes_of_files_taken_in_are_forgotten_after_a_while(app):
    run = finished(make_active(), PEOPLE_CSV)

    assert services.forget_files(older_than=MONTH, now=NOW + timedelta(days=29)) == 0
    assert streams.has_bytes(run.stream_file_id)

    assert services.forget_files(older_than=MONTH, now=LATER) == 1
    assert not streams.has_bytes(run.stream_file_id)
    assert queries.find_run(run.id).stream_file.original_name == "people.csv"


def test_files_that_are_still_needed_are_kept(app):
    dataflow = make_active()
    failed = finished(dataflow, b"id\n1\n")
    make_file(dataflow, PEOPLE_CSV, FileKind.PRODUCTION)

    assert services.forget_files(older_than=MONTH, now=LATER) == 0
    assert streams.has_bytes(failed.stream_file_id)
    assert streams.has_bytes(dataflow.draft_file_id)


def test_what_a_run_did_is_forgotten_after_a_while(app, pages):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)

    assert services.forget_journals(older_than=MONTH, now=LATER) == 1

    assert queries.journal_of(run) is None
    assert len(rows_of(dataflow)) == 3
    assert "no longer on record" in pages.get(f"/runs/{run.id}").text
    assert "no longer on record" in pages.get(f"/runs/{run.id}/rows/added").text


def test_files_of_the_lake_that_nobody_reads_are_removed(app, monkeypatch):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    (first,) = storage.lake().files(table_of(dataflow))
    finished(dataflow, PEOPLE_CSV.replace("Ada", "Eva"))
    orphan = Path(first).with_name("part-of-a-killed-writer.parquet")
    orphan.write_bytes(b"half")
    monkeypatch.setattr(services, "LONGEST_READ", timedelta(0))

    services.clean_lake()
    version = storage.lake().version(table_of(dataflow))
    services.clean_lake()

    assert storage.lake().version(table_of(dataflow)) == version
    assert not Path(first).exists()
    assert not orphan.exists()
    assert len(rows_of(dataflow)) == 3


def test_a_reader_keeps_its_files_for_a_day(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    (first,) = storage.lake().files(table_of(dataflow))
    run = finished(dataflow, PEOPLE_CSV.replace("Ada", "Eva"))

    services.forget_what_is_old(files_older_than=MONTH, journals_older_than=MONTH, now=NOW)

    assert Path(first).exists()
    assert runs.start_undo(run_id=run.id, now=NOW)


def test_bytes_that_no_row_names_are_forgotten_once_nobody_can_be_writing_them(app):
    run = finished(make_active(), PEOPLE_CSV)
    folder = Path(app.config["FILES_URL"])
    others, half, young = folder / "notes.txt", folder / "parts/a.zst.1.writing", folder / "parts/b"
    for path in (others, half, young):
        path.write_bytes(b"of somebody")
    day_before = (clock.now() - timedelta(hours=25)).timestamp()
    for path in set(folder.rglob("*")) - {young}:
        os.utime(path, (day_before, day_before))

    assert services.forget_unnamed(older_than=timedelta(hours=24), now=clock.now()) == 1

    assert not half.exists()
    assert young.exists()
    assert others.exists()
    assert streams.has_bytes(run.stream_file_id)
