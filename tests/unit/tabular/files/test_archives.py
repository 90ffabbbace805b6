"""Archives: unpacked by content, one file each, within limits, and damage named."""

import bz2
import gzip
import io
import stat
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files import unpacking
from app.tabular.files.opening import chunks_of, compression_of
from app.tabular.files.source import BytesSource, FileUnreadable

TEXT = b"a,b\n1,2\n" * 1_000


def zipped(members, **options):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


PACKERS = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "Zstandard": zstandard.compress,
    "ZIP": lambda content: zipped({"a.csv": content}),
}
kinds = pytest.mark.parametrize("kind", PACKERS)


def unpacked(content):
    return b"".join(chunks_of(BytesSource(content)))


def refusal_of(content):
    with pytest.raises(FileUnreadable) as refused:
        unpacked(content)
    return refused.value


@kinds
def test_what_was_packed_comes_out_whatever_the_file_is_called(kind):
    packed = PACKERS[kind](TEXT)

    assert unpacked(packed) == TEXT
    assert compression_of(BytesSource(packed, "a.txt")) == kind
    assert compression_of(BytesSource(TEXT, "a.csv.gz")) is None


@pytest.mark.parametrize("content", [b"PK,name\n1,a\n", b"BZh9,name\n1,a\n", b"BZ", b"P"])
def test_text_that_begins_like_an_archive_is_text(content):
    assert unpacked(content) == content


def test_an_entry_without_a_name_is_no_file():
    packed = zipped({"name": TEXT}).replace(b"name", b"\0ame")

    assert "holds no file" in refusal_of(packed).message


def test_a_zstandard_file_may_begin_with_a_frame_of_something_else():
    aside = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"note"

    assert unpacked(aside + zstandard.compress(TEXT)) == TEXT


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "Zstandard"])
def test_several_members_follow_each_other(kind):
    pack = PACKERS[kind]

    assert unpacked(pack(b"a\n") + pack(b"") + pack(b"b\n")) == b"a\nb\n"


@kinds
def test_a_file_that_was_cut_off_is_refused(kind):
    packed = PACKERS[kind](bytes(range(256)) * 50)

    for size in (5, 20, len(packed) // 2, len(packed) - 1):
        assert refusal_of(packed[:size]).code == "archive_problem"


@kinds
def test_an_archive_in_an_archive_is_refused(kind):
    for pack in PACKERS.values():
        refusal = refusal_of(PACKERS[kind](pack(TEXT)))
        assert refusal.code == "archive_problem"
        assert "holds another one" in refusal.message


def test_folders_and_what_a_mac_adds_do_not_count():
    members = {"in/": b"", "in/a.csv": TEXT, "__MACOSX/in/._a.csv": b"x", "in/.DS_Store": b"x"}

    assert unpacked(zipped(members)) == TEXT


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({}, "holds no file"),
        ({"in/": b""}, "holds no file"),
        ({"a.csv": b"x", "b.csv": b"y"}, "“a.csv”, “b.csv”"),
        ({f"{number}.csv": b"" for number in range(9)}, "and 4 more"),
        ({"../a.csv": b"x"}, "leads out of it: “../a.csv”"),
        ({"a.csv": b"x", "..\\.b": b"x"}, "leads out of it"),
        ({"/etc/a.csv": b"x"}, "leads out of it"),
        ({"C:/a.csv": b"x"}, "leads out of it"),
    ],
)
def test_an_archive_that_is_no_single_file_is_refused(members, words):
    refusal = refusal_of(zipped(members))

    assert refusal.code == "archive_problem"
    assert words in refusal.message


def test_a_link_is_refused():
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert "leads out of it" in refusal_of(zipped({link: b"/etc/passwd"})).message


def test_a_password_is_said_to_be_in_the_way():
    packed = bytearray(zipped({"a.csv": TEXT}))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(start) + flags] |= 1

    assert "password" in refusal_of(bytes(packed)).message


def test_an_office_document_is_no_archive():
    packed = zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})

    assert unpacked(packed) == packed
    assert unpacked(gzip.compress(packed)) == packed


@kinds
def test_a_bomb_is_stopped_without_being_held_in_memory(kind, monkeypatch):
    monkeypatch.setattr(unpacking, "RATIO_FROM", 20_000_000)
    packed = PACKERS[kind](bytes(120_000_000))
    tracemalloc.start()

    with pytest.raises(FileUnreadable) as refused:
        for _ in chunks_of(BytesSource(packed)):
            pass

    assert refused.value.code == "unpacks_too_large"
    assert "200 times is the most allowed" in refused.value.message
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


def test_more_than_can_be_taken_is_refused_with_the_limit(monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 1_000)

    refusal = refusal_of(gzip.compress(TEXT))

    assert refusal.code == "unpacks_too_large"
    assert "1,000 is the most allowed" in refusal.message


@given(st.sampled_from(list(PACKERS)), st.binary(max_size=300), st.data())
def test_any_damage_is_either_harmless_or_named(kind, content, data):
    packed = bytearray(PACKERS[kind](content))
    for _ in range(data.draw(st.integers(1, 3))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))

    with suppress(FileUnreadable):
        unpacked(bytes(packed))
