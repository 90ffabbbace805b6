"""Compressed files: unpacked by content, within bounds, and refused with a reason."""

import bz2
import gzip
import io
import zipfile

import pytest
import zstandard

from app.tabular.files import archives
from app.tabular.files.opening import chunks_of, compression_of
from app.tabular.files.source import BytesSource, FileUnreadable
from app.tabular.recognising import recognise

TEXT = b"id,name\n" + b"".join(b"%d,Ann\n" % row for row in range(5_000))


def zipped(*members: tuple[str, bytes], **options) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "gzip in members": gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]),
    "bzip2": bz2.compress(TEXT),
    "zip": zipped(("folder/people.csv", TEXT)),
    "zip of a Mac": zipped(("people.csv", TEXT), ("__MACOSX/._people.csv", b"x"), ("._a", b"y")),
    "zstd": zstandard.compress(TEXT),
    "zstd in frames": zstandard.compress(TEXT[:100]) + zstandard.compress(TEXT[100:]),
    "plain": TEXT,
}


def refusal_of(content: bytes) -> FileUnreadable:
    with pytest.raises(FileUnreadable) as refused:
        list(chunks_of(BytesSource(content)))
    return refused.value


@pytest.mark.parametrize("kind", PACKED)
def test_a_compressed_file_is_unpacked_by_its_content(kind):
    source = BytesSource(PACKED[kind], "people.txt")

    assert b"".join(chunks_of(source)) == TEXT
    assert recognise(source).options.delimiter == ","


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "zip", "zstd"])
def test_what_is_cut_off_is_damaged(kind):
    packed = PACKED[kind]

    assert refusal_of(packed[: len(packed) // 2]).code == "archive_problem"


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "zip"])
def test_what_was_changed_is_damaged(kind):
    packed = bytearray(PACKED[kind])
    packed[len(packed) // 2] ^= 0xFF

    assert refusal_of(bytes(packed)).code == "archive_problem"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped(), "holds no file"),
        (zipped(("a.csv", b"a"), ("b.csv", b"b")), "2 files (a.csv, b.csv)"),
        (zipped(("../../etc/passwd", TEXT)), "points outside"),
        (zipped(("/etc/passwd", TEXT)), "points outside"),
        (zipped(("C:\\x.csv", TEXT)), "points outside"),
    ],
)
def test_an_archive_that_is_not_one_plain_file_is_refused(content, words):
    refusal = refusal_of(content)

    assert refusal.code == "archive_problem"
    assert words in refusal.message


def test_a_link_in_an_archive_is_never_followed():
    entry = zipfile.ZipInfo("people.csv")
    entry.external_attr = 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(entry, "/etc/passwd")

    assert "points outside" in refusal_of(packed.getvalue()).message


def test_an_archive_with_a_password_is_refused():
    packed = bytearray(PACKED["zip"])
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(header) + flags] |= 1

    assert "password" in refusal_of(bytes(packed)).message


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstandard.compress])
def test_a_file_made_to_fill_disks_is_stopped_on_the_way(pack, monkeypatch):
    monkeypatch.setattr(archives, "_UNSUSPECTED", 1_000_000)

    refusal = refusal_of(pack(bytes(60_000_000)))

    assert refusal.code == "unpacks_too_large"
    assert "1,000,000" in refusal.message or "bytes, the most allowed" in refusal.message


def test_a_zip_made_to_fill_disks_is_stopped_on_the_way(monkeypatch):
    monkeypatch.setattr(archives, "_UNSUSPECTED", 1_000_000)

    assert refusal_of(zipped(("a.csv", bytes(60_000_000)))).code == "unpacks_too_large"


def test_an_archive_within_another_is_named():
    with pytest.raises(FileUnreadable) as refused:
        recognise(BytesSource(gzip.compress(PACKED["zip"])))

    assert "ZIP archive" in refused.value.message


def test_what_a_file_is_compressed_with_can_be_told():
    assert [compression_of(BytesSource(PACKED[kind])) for kind in ("gzip", "zip", "plain")] == [
        "gzip",
        "zip",
        None,
    ]
