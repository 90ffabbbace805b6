"""Files of the store: whole or absent, given back as they came, their damage named."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.streams.storage import FileStore
from app.tabular.files.source import FileUnreadable

LINES = b"".join(b"%d,Name %d,Oslo\n" % (number, number * 7919) for number in range(200_000))


@pytest.fixture
def store(tmp_path) -> FileStore:
    return FileStore(str(tmp_path))


def keep(store: FileStore, path: str, *pieces: bytes) -> None:
    with store.writer(path) as into:
        for piece in pieces:
            into.write(piece)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.lists(st.binary(max_size=300), max_size=4), min_size=1, max_size=4))
def test_parts_come_back_as_they_were_in_order(store, parts):
    paths = [f"some/part-{number}.zst" for number in range(len(parts))]
    for path, pieces in zip(paths, parts, strict=True):
        keep(store, path, *pieces)

    with store.open(paths) as stream:
        assert stream.read() == b"".join(piece for pieces in parts for piece in pieces)


def test_a_large_file_takes_less_room_and_comes_back_whole(store, tmp_path):
    keep(store, "large.zst", LINES)

    assert (tmp_path / "large.zst").stat().st_size < len(LINES) / 2
    with store.open(["large.zst"]) as stream:
        assert stream.read() == LINES


def test_a_file_is_absent_until_all_of_it_is_written_and_for_good_when_that_fails(store, tmp_path):
    def cut_off() -> None:
        with store.writer("half.zst") as into:
            into.write(LINES)
            assert not store.exists("half.zst")
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        cut_off()

    assert list(tmp_path.iterdir()) == []


def test_files_that_earlier_versions_stored_are_read_beside_new_ones(store, tmp_path):
    (tmp_path / "old.gz").write_bytes(gzip.compress(LINES))
    keep(store, "new.zst", b"the end")

    with store.open(["old.gz", "new.zst"]) as stream:
        assert stream.read() == LINES + b"the end"


@pytest.mark.parametrize("packed", ["zst", "gz"])
@pytest.mark.parametrize("harm", ["cut", "flipped"])
def test_damage_is_named_after_what_was_whole(store, tmp_path, packed, harm):
    keep(store, "file.zst", LINES)
    (tmp_path / "file.gz").write_bytes(gzip.compress(LINES))
    path = tmp_path / f"file.{packed}"
    stored = bytearray(path.read_bytes())
    stored[len(stored) // 2] ^= 0xFF
    path.write_bytes(stored if harm == "flipped" else path.read_bytes()[:-20])

    with pytest.raises(FileUnreadable) as caught, store.open([path.name]) as stream:
        stream.read()

    assert caught.value.code == "stored_damaged"


def test_a_file_that_is_not_there_is_no_damage(store):
    with pytest.raises(FileNotFoundError), store.open(["nowhere.zst"]) as stream:
        stream.read()
