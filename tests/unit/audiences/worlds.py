"""Small random worlds: few people, few names, and moments at the edges of windows.

Made from a `random.Random`; Hypothesis gives one that it can make smaller.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec

PEOPLE = ("ada", "bob", "it's", "ø/1", *(f"p{number}" for number in range(16)))
ZONES = ("Europe/Oslo", "America/New_York", "UTC", "America/Havana", "Asia/Kathmandu")
NAMES = ("buy", "visit", 'it\'s "so"', "*/.~")
PROPERTIES = ("p", "sku", "a.b/c~", 'it\'s "p"', "$[0]")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
NOWS = [
    datetime.fromisoformat(each).replace(tzinfo=UTC)
    for each in (
        "2026-11-24T12:00",
        "2026-03-29T01:00",
        "2026-03-29T00:59:59.999999",
        "2026-04-29T00:30",
        "2026-10-25T00:30",
        "2026-10-25T01:30",
        "2026-11-25T01:30",
        "2026-03-08T07:00",
        "2026-11-01T05:30",
        "2026-11-01T06:30",
        "2026-11-01T04:00",
        "2028-02-29T12:00",
        "2026-03-31T23:30",
        "2025-12-31T23:00",
        "2026-01-01T00:00",
        "2027-05-31T21:59:59.999999",
    )
]
DELTAS = [
    *(timedelta(days=-days) for days in (0, 1, 2, 7, 14, 28, 29, 30, 31, 59, 60, 61, 365, 366)),
    *(timedelta(hours=-hours) for hours in (1, 2, 23, 24, 25)),
    -30 * MINUTE,
    -MINUTE,
    HOUR,
    DAY,
    7 * DAY,
    40 * DAY,
]
ODD_DAYS = (
    "2026-02-30",
    "2026-13-01T00:00Z",
    "2026-01-01Tfoo",
    "2026-01-01 25:00",
    "2026-01-01T12:60",
    "2026-01-01T12",
    "2026-1-1",
    "20260101",
    "2025-02-29",
    "0000-01-01",
    "9999-12-31T23:59-12:00",
    "0001-01-01T00:00+14:00",
    " 2026-01-01",
    "2026-01-01 ",
    "2026-01-01T",
    "2026-01-01T10:00+25:00",
    "٢٠٢٦-01-01",
    "2026-01-01T10:00:60",
    "2026-01-01T10:00:00.",
    "2026-01-01T10:00:00.123456789Z",
)
AWKWARD = (
    *(None, "", " 5", "5_0", "1e3", "1e400", "1e-400", "NaN", "Infinity", "-inf", "+5", "5.", ".5"),
    *("5", "5.0", "05", "5.1", "-5", "5.1000000005", "5.1000000004999", "1e19", "1e20", "٥", "5\n"),
    *("99999999999999999999.9999999999", "0x10", "1,000", "true", "null", "[]", "a", "A", "abc"),
    *(
        "it's",
        'say "x"',
        "a/b",
        "~",
        "%",
        "_",
        "\\",
        "ø",
        "ø",
        "\U0001f600",
        "x\x1fy",
        "\t",
        "a\nb",
    ),
    *(5, 5.1, 0.1, 5.0, -0.0, 1e-7, 1e22, 1000, 2**63, 10**25, 10**400, True, False),
    *([], [5, "a", None, True, {"x": 1}], ["5"], [["a"]], ["a", "ø", "it's"], [5.0, 1e22], [None]),
    *({}, {"a": [1, 2.5, None], "b": "ø"}, {"x y": {"z": 'q"'}}),
)
AMOUNTS = (
    *(None, None, Decimal("0.10"), Decimal("5.1"), Decimal("5.000000001"), Decimal(5), Decimal(5)),
    *(Decimal(-5), Decimal("999999999999999.999999999")),
)
TEXTS = tuple(each for each in AWKWARD if isinstance(each, str))
OF_TYPES = {
    "INTEGER": (0, 5, -5, 2**62, 1000),
    "DECIMAL": tuple(map(Decimal, ("5", "5.1", "5.1000000005", "-0.5", "1e19"))),
    "BOOLEAN": (True, False),
    "TIME": ("18:00", "06:30:00"),
}
TYPES = {
    ("Customers", "city"): "TEXT",
    ("Customers", "mail"): "EMAIL",
    ("Customers", "points"): "INTEGER",
    ("Customers", "worth"): "DECIMAL",
    ("Customers", "member"): "BOOLEAN",
    ("Clubs", "born"): "DATE",
    ("Clubs", "joined"): "DATETIME",
    ("Clubs", "wakes"): "TIME",
    ("Clubs", "site"): "URL",
    ("Clubs", "phone"): "PHONE",
    ("Clubs", "more"): "JSON",
}


def local(now, zone):
    return now.astimezone(ZoneInfo(zone))


def edges(now, zone):
    """Return moments that windows begin or end at: now, and the beginnings of local days."""
    today = local(now, zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    days = [
        today,
        today - timedelta(days=today.weekday()),
        today.replace(day=1),
        today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1),
        today.replace(day=1, month=1),
        (today.replace(day=1) - DAY).replace(day=1),
    ]
    return [now, now, now, *(each.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for each in days)]


def moment(rng, now, zone):
    """Return a moment at, or a tick beside, a moment that windows begin or end at."""
    edge = rng.choice(edges(now, zone)) + rng.choice(DELTAS)
    return edge + rng.choice((0, 0, 0, -1, 1)) * TICK


def day_as_text(rng, now, zone):
    """Return a day as people and programs write it, a wrong one too."""
    if rng.random() < 0.3:
        return rng.choice(ODD_DAYS)
    at, form = moment(rng, now, zone), rng.randrange(5)
    here = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if form < 3:
        return [here.date().isoformat(), here.isoformat(" ", "minutes"), here.isoformat()][form]
    if form == 3:
        return at.replace(tzinfo=None).isoformat() + "Z"
    hours, written = rng.choice(((0, "+00:00"), (2, "+02:00"), (-5, "-0500"), (14, "+14")))
    return (at + hours * HOUR).replace(tzinfo=None).isoformat("T", "minutes") + written


def event(rng, now, zone, person):
    """Return an event as it is stored."""
    properties = {}
    for _ in range(rng.randrange(4)):
        value = day_as_text(rng, now, zone) if rng.random() < 0.3 else rng.choice(AWKWARD)
        properties[rng.choice(PROPERTIES)] = value
    return {
        "source_id": rng.randrange(1, 3),
        "message_id": rng.choice(("m1", "m2", "M3", "ø", "m10")),
        "part": rng.randrange(2),
        "name": rng.choice((*NAMES[:2], *NAMES)),
        "person_id": person,
        "occurred_at": moment(rng, now, zone),
        "amount": rng.choice(AMOUNTS),
        "properties": msgspec.json.encode(properties).decode(),
    }


def life(rng, now, zone, person, most=9):
    """Return what a person did, each message once; now and then two things that are the same."""
    events = [event(rng, now, zone, person) for _ in range(rng.randrange(most + 1))]
    for each in rng.sample(events, min(len(events), rng.randrange(3))):
        changed = rng.choice(("source_id", "message_id", "part", "properties"))
        events.append({**each, changed: event(rng, now, zone, person)[changed]})
    keyed = {(each["source_id"], each["message_id"], each["part"]): each for each in events}
    return list(keyed.values())


def value_of_column(rng, kind, now, zone):
    """Return what a person may have in a column."""
    if rng.random() < 0.25:
        return None
    if kind == "DATE":
        return rng.choice((date(2028, 2, 29), local(moment(rng, now, zone), zone).date()))
    if kind == "DATETIME":
        return moment(rng, now, zone)
    if kind in OF_TYPES:
        return rng.choice(OF_TYPES[kind])
    return day_as_text(rng, now, zone) if rng.random() < 0.3 else rng.choice(TEXTS)


def rows(rng, now, zone):
    """Return the columns of both datasets, by person."""
    found = {key: {} for key in TYPES}
    for schema in ("Customers", "Clubs"):
        for person in PEOPLE:
            if rng.random() < 0.5:
                for key in (key for key in TYPES if key[0] == schema):
                    found[key][person] = value_of_column(rng, TYPES[key], now, zone)
    return found


def world(rng, people=PEOPLE):
    """Return a world without other audiences."""
    now, zone = rng.choice(NOWS), rng.choice(ZONES)
    return {
        "now": now,
        "zone": zone,
        "events": [each for name in (*people, None) for each in life(rng, now, zone, name)],
        "rows": rows(rng, now, zone),
        "types": TYPES,
        "audiences": {},
    }
