"""Files that are no list, too large, gone or never chosen: refused in a sentence, and not kept."""

import io
from datetime import timedelta

import pytest

from app.audiences import queries, services
from app.audiences.lists import files
from app.audiences.lists import queries as reading_lists
from app.audiences.lists import services as lists
from app.audiences.lists.models import IntakeStatus
from app.audiences.models import AudienceStatus
from app.extensions import db
from app.tabular.files.source import FileUnreadable
from tests.conftest import NOW
from tests.integration.audiences.listing import change, given, make_list, stored_files, take
from tests.integration.audiences.making import fresh, make_audience, make_people, member_ids
from tests.integration.people.test_identifiers import make_members

FOUR = "id,name\n1,Ada\n2,Bob\n3,Eve\n007,Ivy\n"


def members(intake):
    return member_ids(fresh(intake.audience))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (bytes(range(256)) * 40, "not text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        (b"PK\x03\x04 no archive at all", "damaged"),
        (("a," * 300 + "b\n").encode() * 3, "at most 200"),
    ],
)
def test_what_is_no_list_is_refused_and_nothing_is_kept(app, content, said):
    with pytest.raises(FileUnreadable, match=said):
        lists.create_list(name="G", description="", tags=[], given=given(content), now=NOW)

    assert queries.find_named("G") is None
    assert stored_files() == []


def test_what_is_too_large_is_refused_on_the_way(app):
    class Endless(io.RawIOBase):
        """Bytes as long as somebody reads; so many are never held."""

        handed = 0

        def read(self, size=-1):
            self.handed += size
            return b"1234567\n" * (size // 8)

    endless = Endless()
    with pytest.raises(FileUnreadable, match="larger than 100 MB"):
        lists.create_list(
            name="G", description="", tags=[], given=lists.Given(endless, "l.csv", ""), now=NOW
        )

    assert endless.handed < files.MOST_BYTES * 1.01
    assert (queries.find_named("G"), stored_files()) == (None, [])


def test_too_many_rows_leave_the_list_as_it_was(app, monkeypatch):
    make_people(FOUR)
    intake = make_list("1\n")
    monkeypatch.setattr(files, "MOST_ROWS", 2)

    failed = change(intake, "replace", "1\n2\n3\n")

    assert failed.status is IntakeStatus.FAILED
    assert "more than 2 identifiers" in failed.failure
    assert members(intake) == ["1"]
    assert fresh(intake.audience).status is AudienceStatus.EVALUATED


def test_a_name_that_is_taken_keeps_no_file(app):
    make_audience(name="Guests")

    with pytest.raises(services.AudienceNameTaken):
        make_list("1\n")

    assert stored_files() == []


def test_an_identifier_that_is_gone_says_so(app):
    make_members()
    intake = make_list("1001\n", identifier="number", at_once=False)
    intake.identifier = "passport"
    db.session.commit()

    lists.take_in_list(intake_id=intake.id, stalled_after=timedelta(0), clock=lambda: NOW)

    db.session.expire_all()
    assert reading_lists.find_intake(intake.id).failure == ("“passport” is no identifier any more.")


def test_a_file_nobody_chose_a_column_of_is_forgotten_in_a_day(app):
    make_people(FOUR)
    waiting = lists.create_list(
        name="G", description="", tags=[], given=given("a,id\nx,1\n"), now=NOW
    )
    done = make_list("1\n99\n")
    kept = stored_files()

    lists.keep_lists_going(stalled_after=timedelta(minutes=1), now=NOW + timedelta(days=2))

    db.session.expire_all()
    assert kept == [waiting.path]
    assert waiting.status is IntakeStatus.FAILED
    assert (done.unknown, done.unknown_count) == ([], 1)
    with pytest.raises(lists.ColumnUnknown):
        take(waiting, "id")


def test_a_column_that_the_file_has_not_is_refused(app):
    waiting = lists.create_list(
        name="G", description="", tags=[], given=given("a,id\nx,1\n"), now=NOW
    )

    with pytest.raises(lists.ColumnUnknown):
        take(waiting, "nothing of the kind")
