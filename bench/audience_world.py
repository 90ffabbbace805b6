"""Ten audiences of rising difficulty, each also as SQL written by hand for the same files."""

from dataclasses import dataclass
from typing import Any

# What the hand-written SQL reads: {events} is the files of events by person, {people} the dataset.
_SINCE = "TIMESTAMPTZ '2026-11-01 00:00:00+00' - INTERVAL {} DAY"
_BUY = {"event": "buy"}


def _bought(days: int | None = None, **more: Any) -> dict[str, Any]:
    when = {"when": {"last": f"{days}d"}} if days else {}
    return {"did": {**_BUY, **when, **more}}


@dataclass(frozen=True)
class Asked:
    """An audience: what it is called, its tree, and the same in SQL."""

    name: str
    tree: dict[str, Any]
    sql: str


AUDIENCES = [
    Asked(
        "bought ever",
        {"all": [_bought()]},
        "SELECT DISTINCT person_id FROM {events} WHERE event = 'buy'",
    ),
    Asked(
        "bought twice in 90 days",
        {"all": [_bought(90, times={"op": "at_least", "n": 2})]},
        "SELECT person_id FROM {events} WHERE event = 'buy' AND occurred_at >= "
        f"{_SINCE.format(90)} GROUP BY 1 HAVING count(*) >= 2",
    ),
    Asked(
        "buyers over forty",
        {
            "all": [
                _bought(),
                {"have": {"attribute": "age", "op": "at_least", "value": "40"}},
                {"have": {"attribute": "city", "op": "starts_with", "value": "City 1"}},
            ]
        },
        "SELECT userid::VARCHAR AS person_id FROM {people} WHERE age >= 40 AND city LIKE 'City 1%' "
        "AND userid::VARCHAR IN (SELECT person_id FROM {events} WHERE event = 'buy')",
    ),
    Asked(
        "lapsed buyers",
        {"all": [_bought(), {"did_not": {**_BUY, "when": {"last": "180d"}}}]},
        "SELECT person_id FROM {events} WHERE event = 'buy' GROUP BY 1 "
        f"HAVING max(occurred_at) < {_SINCE.format(180)}",
    ),
    Asked(
        "spent 150 in a year",
        {
            "all": [
                {
                    "have": {
                        "aggregate": {
                            "function": "sum",
                            "event": "buy",
                            "when": {"last": "365d"},
                        },
                        "op": "at_least",
                        "value": "150",
                    }
                }
            ]
        },
        "SELECT person_id FROM {events} WHERE event = 'buy' AND occurred_at >= "
        f"{_SINCE.format(365)} GROUP BY 1 HAVING sum(amount) >= 150",
    ),
    Asked(
        "never bought or filled a basket",
        {"none": [_bought(), {"did": {"event": "basket"}}]},
        "SELECT person_id FROM (SELECT person_id FROM {events} UNION "
        "SELECT userid::VARCHAR FROM {people}) ANTI JOIN (SELECT DISTINCT person_id FROM {events} "
        "WHERE event IN ('buy', 'basket')) USING (person_id)",
    ),
    Asked(
        "looked at products 47…",
        {
            "all": [
                {
                    "did": {
                        "event": "visit",
                        "where": [{"property": "url", "op": "contains", "value": "/products/47"}],
                    }
                }
            ]
        },
        "SELECT DISTINCT person_id FROM {events} WHERE event = 'visit' "
        "AND contains(json_extract_string(properties, '/url'), '/products/47')",
    ),
    Asked(
        "visited on three days",
        {
            "all": [
                {
                    "did": {
                        "event": "visit",
                        "times": {"op": "at_least", "n": 3, "of": "days"},
                        "when": {"last": "365d"},
                    }
                }
            ]
        },
        "SELECT person_id FROM {events} WHERE event = 'visit' AND occurred_at >= "
        f"{_SINCE.format(365)} GROUP BY 1 "
        "HAVING count(DISTINCT (occurred_at AT TIME ZONE 'UTC')::DATE) >= 3",
    ),
    Asked(
        "left a basket behind",
        {
            "all": [
                {
                    "did": {
                        "event": "basket",
                        "when": {"last": "90d"},
                        "then": [{"did_not": {"event": "buy", "within": "2d"}}],
                    }
                }
            ]
        },
        "SELECT DISTINCT person_id FROM (SELECT person_id, event, occurred_at, "
        "min(CASE WHEN event = 'buy' THEN epoch_us(occurred_at) END) OVER (PARTITION BY person_id "
        "ORDER BY epoch_us(occurred_at) RANGE BETWEEN 1 FOLLOWING AND 172800000000 FOLLOWING) "
        "AS bought FROM {events} WHERE event IN ('basket', 'buy') "
        f"AND occurred_at >= {_SINCE.format(90)}) WHERE event = 'basket' AND bought IS NULL "
        f"AND occurred_at <= {_SINCE.format(2)}",
    ),
    Asked(
        "first bought of late, or mostly read about shoes, and not young",
        {
            "all": [
                {
                    "any": [
                        _bought(90, which="first"),
                        {
                            "have": {
                                "aggregate": {
                                    "function": "top",
                                    "event": "contentvisit",
                                    "property": "category",
                                },
                                "op": "is",
                                "value": "Shoes",
                            }
                        },
                    ]
                },
                {"have": {"attribute": "age", "op": "more_than", "value": "30"}},
            ]
        },
        "SELECT userid::VARCHAR AS person_id FROM {people} WHERE age > 30 AND userid::VARCHAR IN ("
        "SELECT person_id FROM {events} WHERE event = 'buy' GROUP BY 1 "
        f"HAVING min(occurred_at) >= {_SINCE.format(90)} UNION SELECT person_id FROM ("
        "SELECT person_id, json_extract_string(properties, '/category') AS value, count(*) AS n, "
        "max(occurred_at) AS last_at FROM {events} WHERE event = 'contentvisit' GROUP BY 1, 2) "
        "WHERE value IS NOT NULL QUALIFY row_number() OVER (PARTITION BY person_id "
        "ORDER BY n DESC, last_at DESC, value) = 1 AND value = 'Shoes')",
    ),
]
