"""Times of a place: every instant comes back, a time that no clock showed fails."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.transforming import TransformationImpossible
from tests.unit.tabular.transformations.making import applied, failed, made, values_of

ZONES = st.sampled_from(
    ["Europe/Oslo", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
)
# Around the changes of many years, and anywhere.
NEAR_CHANGES = st.builds(
    lambda year, month, day, minutes: (
        datetime.fromisoformat(f"{year}-{month}-{day:02}") + timedelta(minutes=minutes)
    ),
    *(st.integers(1950, 2060), st.sampled_from(["03", "04", "10", "11"]), st.integers(1, 30)),
    st.integers(0, 4 * 60),
)
FIRST, LAST = map(datetime.fromisoformat, ("0002-01-01", "9998-01-01"))
TIMES = st.lists(NEAR_CHANGES | st.datetimes(FIRST, LAST), max_size=5)


def in_utc(clock: datetime, zone: str) -> str | None:
    """Return the first instant at which clocks showed a time, None where they never did."""
    place = ZoneInfo(zone)
    both = [clock.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = [moment for moment in both if moment.astimezone(place).replace(tzinfo=None) == clock]
    if not shown:
        return None
    text = min(shown).replace(tzinfo=None).isoformat()
    return f"{text.rstrip('0') if '.' in text else text}Z"


@given(ZONES, TIMES)
def test_times_agree_with_zoneinfo(zone, clocks):
    expected = [in_utc(clock, zone) for clock in clocks]
    texts = [clock.isoformat(sep=" ") for clock in clocks]

    done = applied("time_in_zone", {"zone": zone}, texts)

    assert values_of(done) == expected
    assert failed(done) == [at for at, moment in enumerate(expected) if moment is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-01", "2026-06-30T22:00:00Z"),
        ("2026-03-29 02:30", None),
        ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),
        ("2026-07-01T12:00Z", "2026-07-01T12:00:00Z"),
        ("2026-07-01 12:00:00 +0500", "2026-07-01T07:00:00Z"),
        ("9999-12-31", "9999-12-30T23:00:00Z"),
        ("0001-01-01", None),
        ("01/07/2026", None),
    ],
)
def test_gaps_overlaps_and_offsets(text, expected):
    assert made("time_in_zone", {"zone": "Europe/Oslo"}, [text]) == [expected]


def test_a_pattern_says_how_it_is_written():
    params = {"zone": "America/New_York", "pattern": "%m/%d/%Y %I:%M %p"}

    assert made("time_in_zone", params, ["07/04/2026 09:00 AM", "x"]) == [
        "2026-07-04T13:00:00Z",
        None,
    ]


@pytest.mark.parametrize("zone", ["Oslo", "", "../etc/passwd", "Europe", "/etc/localtime", "a\0b"])
def test_a_zone_that_there_is_not_is_refused(zone):
    with pytest.raises(TransformationImpossible, match="There is no time zone|Fill in"):
        made("time_in_zone", {"zone": zone}, ["2026-01-01"])
