"""Sources: fresh bytes each time, and damage named."""

import gzip

import pytest

from app.tabular.files.opening import chunks_of
from app.tabular.files.source import BytesSource, FileUnreadable, PathSource


def test_a_source_can_be_read_twice():
    source = BytesSource(b"a,b\n", "customers.csv")

    assert b"".join(chunks_of(source)) == b"".join(chunks_of(source)) == b"a,b\n"


def test_a_gzip_file_is_unpacked_whatever_it_is_called(tmp_path):
    path = tmp_path / "customers.csv"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))

    assert b"".join(chunks_of(PathSource(path))) == b"a,b\n1,2\n"


@pytest.mark.parametrize(
    "damage", [lambda packed: packed[:-9], lambda packed: packed[:30] + b"x" * 30]
)
def test_a_damaged_gzip_file_is_refused_with_a_reason(tmp_path, damage):
    path = tmp_path / "customers.csv.gz"
    path.write_bytes(damage(gzip.compress(bytes(range(256)) * 100)))

    with pytest.raises(FileUnreadable) as refused:
        list(chunks_of(PathSource(path)))

    assert refused.value.code == "archive_problem"


def test_a_failure_of_the_reader_itself_is_not_taken_for_damage():
    def consume():
        for _ in chunks_of(BytesSource(b"a")):
            raise EOFError

    with pytest.raises(EOFError):
        consume()
