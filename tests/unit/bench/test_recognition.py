"""The measurement of recognition still runs, is fair to the others, and is stopped by nobody."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bench import recognition
from bench.bounded import BoundedReader, Failed, TookTooLong
from bench.peers import READERS
from tests.corpus import TEXT_TABLES

FILES = {file.name: file for file in TEXT_TABLES}


@pytest.mark.parametrize("reader", [name for name in READERS if name != "csv.Sniffer and csv"])
def test_a_plain_file_is_read_right_by_everybody(reader):
    (share,) = [recognition.share(reader, reader, [FILES["windows.csv"]])]

    assert (share.header, share.row_count, share.cells, share.silent) == (100, 100, 100, 0)


@pytest.mark.parametrize(
    ("reader", "name"),
    [
        ("pandas.read_csv", "row_names_unnamed.csv"),
        ("pandas.read_csv", "repeated_and_empty_names.csv"),
        ("DuckDB read_csv", "repeated_and_empty_names.csv"),
        ("polars.read_csv", "repeated_and_empty_names.csv"),
        ("CleverCSV", "repeated_and_empty_names.csv"),
    ],
)
def test_nobody_loses_by_naming_columns_in_another_way(reader, name, tmp_path):
    path = tmp_path / name
    path.write_bytes(FILES[name].content)

    assert READERS[reader](path).header == FILES[name].header


def test_a_wrong_table_counts_as_silent_unless_somebody_is_asked():
    file = FILES["windows.csv"]
    reading = recognition.Reading(file.header, file.rows[1:])

    assert recognition.Verdict(file, reading).is_silent
    assert not recognition.Verdict(file, replace(reading, asks=True)).is_silent
    assert not recognition.Verdict(file, None).is_silent


def test_a_reader_that_hangs_or_fails_is_ended_and_the_next_file_is_read():
    with BoundedReader(moody, seconds=0.5) as read:
        with pytest.raises(TookTooLong):
            read(Path("hang"))
        with pytest.raises(Failed, match="ValueError"):
            read(Path("fail"))

        assert read(Path("fine")) == "fine"


def moody(path: Path) -> str:
    """Do what the name of the file says."""
    if path.name == "hang":
        time.sleep(60)
    if path.name == "fail":
        raise ValueError
    return path.name
