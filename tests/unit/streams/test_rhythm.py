"""How often files come, as it is told from the last ones."""

from datetime import UTC, datetime, timedelta

import pytest

from app.streams.rhythm import rhythm_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def before_noon(*gaps: timedelta) -> list[datetime]:
    """Return moments up to noon, the newest first, with these gaps between them."""
    moments = [NOON]
    for gap in gaps:
        moments.append(moments[-1] - gap)
    return moments


@pytest.mark.parametrize(
    ("gap", "every"),
    [
        (timedelta(minutes=1), "every minute"),
        (timedelta(minutes=15), "every 15 minutes"),
        (timedelta(minutes=58), "every hour"),
        (timedelta(hours=6), "every 6 hours"),
        (timedelta(hours=23), "every day"),
        (timedelta(days=7), "every week"),
        (timedelta(seconds=20), ""),
    ],
)
def test_files_that_come_regularly_are_said_to(gap, every):
    assert rhythm_of(before_noon(gap, gap, gap), NOON).every == every


def test_two_files_tell_nothing_of_how_often_they_come():
    rhythm = rhythm_of(before_noon(timedelta(days=1)), NOON)

    assert (rhythm.last, rhythm.every, rhythm.is_late) == (NOON, "", False)


def test_one_that_was_early_hides_no_rhythm_but_many_do():
    day, hour = timedelta(days=1), timedelta(hours=1)

    assert rhythm_of(before_noon(day, hour, day, day), NOON).every == "every day"
    assert rhythm_of(before_noon(day, hour, day, hour), NOON).every == ""


def test_a_file_is_late_when_twice_the_usual_time_has_passed():
    moments = before_noon(timedelta(days=1), timedelta(days=1))

    assert not rhythm_of(moments, NOON + timedelta(hours=40)).is_late
    assert rhythm_of(moments, NOON + timedelta(hours=50)).is_late


def test_files_without_a_rhythm_are_never_late():
    assert not rhythm_of([NOON], NOON + timedelta(days=400)).is_late
