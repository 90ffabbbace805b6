"""A reader who goes on after each page has the log, and everybody who stays, once."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audiences import changes
from app.audiences.feed import pages
from app.lake.tables import Lake
from tests.unit.audiences.recording import (
    AUDIENCES,
    BEGIN,
    EVALUATIONS,
    PEOPLE,
    moment,
    record,
    record_all,
)
from tests.unit.audiences.test_moves import made

ONE, OTHER = AUDIENCES[:2]
LIMITS = st.lists(st.integers(1, 5), min_size=1, max_size=6)


def read_changes(lake, spill, audience_id, limits):
    """Return all changes, read by pages of these sizes, over and over."""
    rows, after, number = [], 0, 0
    while True:
        limit = limits[number % len(limits)]
        page = pages.changed(lake, spill, audience_id, after=after, limit=limit)
        assert len(page.rows) <= limit
        rows += page.rows
        after, number = page.next_after, number + 1
        if after == page.last_sequence:
            return rows


def read_members(lake, spill, audience_id, limit, between=lambda: None):
    """Return all members page by page, with what happens between two pages."""
    rows, after = [], 0
    while after is not None:
        page = pages.members(lake, spill, audience_id, after=after, limit=limit)
        assert len(page.rows) <= limit
        rows += page.rows
        after = page.next_after
        between()
    return rows


@settings(max_examples=30)
@given(evaluations=EVALUATIONS, limits=LIMITS)
def test_changes_read_from_0_by_any_limits_rebuild_what_members_answers(evaluations, limits):
    with tempfile.TemporaryDirectory() as folder:
        lake, spill = made(folder), Path(folder) / "spill"
        log, inside = record_all(lake, evaluations)

        rows = read_changes(lake, spill, None, limits)

        rebuilt = {each: {} for each in AUDIENCES}
        for row in rows:
            if row["membership"]:
                rebuilt[row["audience_id"]][row["person_id"]] = row["changed_at"]
            else:
                del rebuilt[row["audience_id"]][row["person_id"]]
        assert [row["sequence"] for row in rows] == [row[0] for row in log]
        for each in AUDIENCES:
            members = read_members(lake, spill, each, limits[0])
            assert {row["person_id"]: row["changed_at"] for row in members} == rebuilt[each]
            assert len(members) == len(rebuilt[each])
            assert set(rebuilt[each]) == inside[each]
            own = read_changes(lake, spill, each, limits)
            assert own == [row for row in rows if row["audience_id"] == each]


@settings(max_examples=30)
@given(
    first=st.frozensets(st.sampled_from(PEOPLE), min_size=1),
    later=st.lists(st.frozensets(st.sampled_from(PEOPLE)), max_size=4),
    limit=st.integers(1, 3),
)
def test_who_stays_a_member_while_pages_are_read_is_in_just_one_of_them(first, later, limit):
    with tempfile.TemporaryDirectory() as folder:
        lake, spill = made(folder), Path(folder) / "spill"
        record(lake, ONE, first, BEGIN)
        waiting = list(enumerate(later, 1))

        def evaluated():
            if waiting:
                number, people = waiting.pop(0)
                record(lake, ONE, people, moment(number))

        read = [row["person_id"] for row in read_members(lake, spill, ONE, limit, evaluated)]

        done = later[: len(later) - len(waiting)]
        for person in first.intersection(*done):
            assert read.count(person) == 1


def test_members_and_the_changes_after_their_first_page_are_the_members_now(tmp_path):
    lake = made(tmp_path)
    record(lake, ONE, {"1", "2", "3"}, BEGIN)
    page = pages.members(lake, tmp_path, ONE, after=0, limit=1)
    record(lake, ONE, {"3", "4"}, moment(1))
    rest = pages.members(lake, tmp_path, ONE, after=page.next_after, limit=10)

    copy = {row["person_id"] for row in [*page.rows, *rest.rows]}
    for row in pages.changed(lake, tmp_path, ONE, after=page.as_of, limit=10).rows:
        (copy.add if row["membership"] else copy.discard)(row["person_id"])

    assert copy == {"3", "4"}


def test_what_is_recorded_while_a_page_is_read_is_left_to_the_next(tmp_path, monkeypatch):
    lake = made(tmp_path)
    record(lake, ONE, {"1"}, BEGIN)
    real = Lake.files

    def recorded_meanwhile(person):
        def files(self, name, version=None):
            monkeypatch.setattr(Lake, "files", real)
            record(lake, ONE, {person}, moment(1))
            return real(self, name, version)

        monkeypatch.setattr(Lake, "files", files)

    recorded_meanwhile("2")
    members = pages.members(lake, tmp_path, ONE, after=0, limit=10)
    recorded_meanwhile("3")
    changed = pages.changed(lake, tmp_path, None, after=0, limit=10)

    assert (members.as_of, [row["person_id"] for row in members.rows]) == (1, ["1"])
    assert [row["sequence"] for row in changed.rows] == [1, 2, 3]
    assert (changed.last_sequence, changed.next_after) == (3, 3)
    assert changes.last_sequence(lake) == 5


def test_who_is_ahead_of_the_log_is_told_how_far_it_is(tmp_path):
    lake = made(tmp_path)
    record(lake, ONE, {"1", "2"}, BEGIN)

    assert pages.changed(lake, tmp_path, None, after=2, limit=5).rows == []
    with pytest.raises(pages.SequenceAhead) as raised:
        pages.changed(lake, tmp_path, None, after=3, limit=5)
    assert raised.value.last == 2


def test_changes_of_one_audience_end_at_the_last_sequence_of_all(tmp_path):
    lake = made(tmp_path)
    record(lake, ONE, {"1"}, BEGIN)
    record(lake, OTHER, {"1", "2"}, BEGIN)

    page = pages.changed(lake, tmp_path, ONE, after=1, limit=5)

    assert (page.rows, page.next_after, page.last_sequence) == ([], 3, 3)
    assert pages.is_known(lake, ONE)
    assert not pages.is_known(lake, AUDIENCES[2])


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize("audience_id", [None, ONE])
def test_numbers_of_people_who_were_erased_are_passed_over(tmp_path, limit, audience_id):
    lake = made(tmp_path)
    record(lake, ONE, {"1", "2", "3", "4", "5", "6"}, BEGIN)
    record(lake, ONE, {"6"}, moment(1))
    lake.table(changes.TABLE).delete("person_id IN ('2', '3', '4', '6')")

    rows = read_changes(lake, tmp_path, audience_id, [limit])

    assert [(row["sequence"], row["person_id"]) for row in rows] == [
        *((1, "1"), (5, "5"), (7, "1"), (11, "5")),
    ]
