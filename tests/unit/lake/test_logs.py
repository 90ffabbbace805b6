"""Rows that are stored once: known by their keys, looked for by fingerprints."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from deltalake import write_deltalake

from app.lake import logs
from app.lake.tables import Lake

TABLE = "tracking/events"
KEY = ("source_id", "message_id")
NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path):
    return Lake(str(tmp_path / "lake"), locks=str(tmp_path / "locks"))


def rows(*ids, at=NOW, source=1):
    return pa.table(
        {
            "source_id": pa.array([source] * len(ids), pa.int64()),
            "message_id": pa.array(ids, pa.string()),
            "received_at": pa.array([at] * len(ids), pa.timestamp("us", tz="UTC")),
        }
    )


def unseen(lake, given):
    since = NOW - timedelta(days=7)
    found = logs.unseen(lake, TABLE, given, KEY, newer_than="received_at", since=since)
    logs.append(lake, TABLE, found)
    return sorted(found["message_id"].to_pylist())


def test_only_what_is_not_stored_yet_is_given_back(lake):
    assert unseen(lake, rows("a", "b", "a")) == ["a", "b"]
    assert unseen(lake, rows("b", "c")) == ["c"]
    assert unseen(lake, rows("a", source=2)) == ["a"]


def test_what_is_older_than_asked_for_does_not_count(lake):
    unseen(lake, rows("a", at=NOW - timedelta(days=8)))

    assert unseen(lake, rows("a")) == ["a"]


def test_rows_without_a_fingerprint_are_known_by_their_key(lake):
    write_deltalake(lake.address(TABLE), rows("old"))
    assert unseen(lake, rows("old", "new")) == ["new"]

    # Some of the files have fingerprints now, and some have none.
    assert unseen(lake, rows("old", "new", "newer")) == ["newer"]


def test_two_keys_with_one_fingerprint_are_two(lake, monkeypatch):
    monkeypatch.setattr(logs, "_fingerprint", lambda _columns: "7::BIGINT")
    unseen(lake, rows("a"))

    assert unseen(lake, rows("a", "b")) == ["b"]
