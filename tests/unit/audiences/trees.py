"""Random trees of the whole language, about a world's names, values and moments."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.unit.audiences.worlds import (
    NAMES,
    PEOPLE,
    PROPERTIES,
    TYPES,
    ZONES,
    day_as_text,
    moment,
    world,
)

SPANS = ("30min", "1h", "24h", "25h", "1d", "7d", "30d", "60d", "1w", "1mo", "2mo", "1y")
EXACT = ("1min", "1h", "24h", "1d", "2d", "7d", "30d", "1w")
DAY_SPANS = ("1d", "7d", "30d", "1w", "1mo", "12mo", "1y")
PERIODS = ("today", "yesterday", *(f"{a} {b}" for a in ("this", "last") for b in ("week", "month")))
PERIODS += ("this quarter", "last quarter", "this year", "last_year", "this year")
TEXTS = (
    *("a", "A", "5", "5.0", "5.1", "abc", "true", "it's", 'say "x"', "ø", "%", "_", "\\", "/"),
    *(
        "[]",
        "{}",
        "null",
        "[5",
        '"a"',
        "1e22",
        "1000",
        "'; DROP TABLE x; --",
        "18:00",
        "\U0001f600",
    ),
)
NUMBERS = ("5", "5.1", 5, 5.1, "0", "-5", "1000", "0.000000001", "5.100000001", "+5", "1e3", "0.1")
NUMBERS += ("99999999999999999999", "9223372036854775808", "999999999999999.999999999")
ORDERS = ("at_least", "at_most", "more_than", "less_than")
TEXT_OPS = ("is", "is_not", "contains", "does_not_contain", "starts_with", "ends_with")
LISTED = ("is_one_of", "is_none_of")
EMPTY = ("is_empty", "is_not_empty")
FAR = timedelta(days=2)
OF_TEXT = ("is", "is_not", "contains", "does_not_contain")
DAYS = ("on", "before", "after")
WITHIN = ("in_the_last", "in_the_next", "more_than_ago")
OF_PAIRS = {
    "DATE": (*OF_TEXT, *DAYS),
    "DATETIME": DAYS,
    "BOOLEAN": OF_TEXT,
    "INTEGER": (*OF_TEXT, *ORDERS, "equals"),
    "DECIMAL": (*OF_TEXT, *ORDERS, "equals"),
}
OF_FIGURES = (*ORDERS, "is", "is_not")
BETWEEN = [("60d", "30d"), ("2mo", "1mo"), ("1y", "24h"), ("25h", "24h"), ("1h", "1min")]
STEPS = [{}, {}, {"within": "1d", "after": "1d"}, {"within": "30d", "after": "1h"}]


class Trees:
    """Makes trees about a moment in a time zone, from a `random.Random`."""

    def __init__(self, rng, now, zone, audiences=()):
        self.rng, self.now, self.zone, self.audiences = rng, now, zone, audiences

    def tree(self, leaves=4):
        """Return a tree, which begins with a group."""
        members = self.rng.randrange(1, 3)
        return {self.kind(): [self.node(max(1, leaves // members)) for _ in range(members)]}

    def kind(self):
        return self.rng.choice(("all", "any", "none"))

    def node(self, leaves):
        if leaves < 2 or self.rng.random() < 0.5:
            return self.leaf()
        members = self.rng.randrange(1, 4)
        return {self.kind(): [self.node(leaves // members) for _ in range(members)]}

    def leaf(self):
        kinds = [self.did, self.did, self.figure, self.attribute, self.split]
        return self.rng.choice(kinds + [self.other] * bool(self.audiences) * 2)()

    def other(self):
        return {self.rng.choice(("in", "not_in")): self.rng.choice(self.audiences)}

    def split(self):
        ends = sorted(self.rng.sample((0, 12.5, 25, "33.33", 50, 100), 2), key=float)
        return {"split": {"name": self.rng.choice("st"), "from": ends[0], "to": ends[1]}}

    # What is compared.

    def day(self):
        at = moment(self.rng, self.now, self.zone)
        return at.astimezone(ZoneInfo(self.zone)).date().isoformat()

    def texts(self):
        if self.rng.random() < 0.5:
            return {"op": self.rng.choice(TEXT_OPS), "value": self.text()}
        several = [self.text() for _ in range(self.rng.randrange(1, 4))]
        return {"op": self.rng.choice(LISTED), "value": several}

    def text(self):
        if self.rng.random() < 0.15:
            return day_as_text(self.rng, self.now, self.zone).strip()
        return self.rng.choice((*TEXTS, *NUMBERS[:4]))

    def numbers(self, operators=(*ORDERS, "equals")):
        if self.rng.random() < 0.15:
            both = sorted((self.rng.choice(NUMBERS), self.rng.choice(NUMBERS)), key=float)
            return {"op": "between", "value": both}
        return {"op": self.rng.choice(operators), "value": self.rng.choice(NUMBERS)}

    def amounts(self):
        if self.rng.random() < 0.3:
            several = self.rng.sample(NUMBERS, self.rng.randrange(1, 4))
            return {"op": self.rng.choice(LISTED), "value": several}
        return self.numbers((*ORDERS, "equals", "is", "is_not"))

    def days(self, operators=DAYS, spans=DAY_SPANS):
        if self.rng.random() < 0.5:
            return {"op": self.rng.choice(operators), "value": self.day()}
        return {"op": self.rng.choice(WITHIN), "value": self.rng.choice(spans)}

    def emptiness(self):
        return {"op": self.rng.choice(EMPTY)}

    def items(self):
        return {"op": self.rng.choice(("has_item", "has_no_item")), "value": self.text()}

    # What is asked of events.

    def property(self):
        return self.rng.choice((*PROPERTIES[:2], *PROPERTIES[:2], *PROPERTIES))

    def event(self):
        return self.rng.choice((*NAMES[:2], *NAMES[:2], *NAMES, "*", "*"))

    def match(self):
        many = self.rng.choice((0, 0, 0, 1, 1, 2))
        where = {"where": [self.filter() for _ in range(many)]} if many else {}
        return {"event": self.event(), **where}

    def filter(self):
        kind = self.rng.randrange(8)
        if kind == 0:
            return self.pair()
        if kind == 1:
            return {"property": "amount", **self.rng.choice((self.amounts, self.emptiness))()}
        made = (self.texts, self.texts, self.numbers, self.items, self.emptiness, self.days)
        return {"property": self.property(), **self.rng.choice(made)()}

    def pair(self):
        key = self.rng.choice(list(TYPES))
        every = OF_PAIRS.get(TYPES[key], (*OF_TEXT, *ORDERS, "equals", *DAYS))
        how, name = self.rng.choice(every), self.property()
        if how in ("is", "is_not", "equals", *ORDERS) and TYPES[key] != "DATE":
            name = self.rng.choice((name, name, "amount"))
        return {"property": name, "op": how, "attribute": {"schema": key[0], "column": key[1]}}

    def when(self):
        kind = self.rng.randrange(9)
        if kind < 3:
            return {} if kind else {"when": self.around()}
        made = {
            3: lambda: {"last": self.rng.choice(SPANS)},
            4: lambda: {"before": self.rng.choice(SPANS)},
            5: lambda: dict(zip(("last", "before"), self.rng.choice(BETWEEN), strict=True)),
            6: lambda: {"calendar": self.rng.choice(PERIODS)},
        }
        return {"when": made.get(kind, self.fixed)()}

    def around(self):
        which = self.rng.choice(({}, {"which": "last"}, {"which": "first"}))
        within = self.rng.choice(({}, {"within": self.rng.choice(EXACT)}))
        return {self.rng.choice(("since", "until")): {**self.match(), **which}, **within}

    def fixed(self):
        ends = sorted(moment(self.rng, self.now, self.zone) for _ in range(2))
        written = {"from": self.written(ends[0]), "to": self.written(ends[1])}
        if ends[0] + FAR > ends[1]:
            written.pop(self.rng.choice(("from", "to")))
        return written

    def written(self, at):
        """Return a moment as a window has it: a day, or with a clock."""
        here, form = at.astimezone(ZoneInfo(self.zone)), self.rng.randrange(4)
        if form == 0:
            return here.date().isoformat()
        if form == 1:
            return here.replace(tzinfo=None).isoformat()
        return here.isoformat() if form == 2 else at.isoformat().replace("+00:00", "Z")

    def did(self):
        kind, given = self.rng.choice(("did", "did_not")), {**self.match(), **self.when()}
        more = self.rng.randrange(5)
        if more == 1:
            given["times"] = self.times()
        elif more == 2:
            given["which"] = self.rng.choice(("first", "last", 1, 2, 3))
        elif more > 2:
            given["then"] = self.steps()
        return {kind: given}

    def times(self):
        if self.rng.random() < 0.2:
            return {"op": self.rng.choice(("exactly", "at_most")), "n": 0}
        of = self.rng.choice(("times", "days", {"property": "amount"}, "p", None))
        return {
            "op": self.rng.choice(("at_least", "exactly", "at_most")),
            "n": self.rng.randrange(1, 4),
            "of": of or {"property": self.property()},
        }

    def steps(self):
        kind = self.rng.randrange(3)
        if kind == 0:
            return self.last_step()
        steps = [self.step() for _ in range(self.rng.randrange(1, 4))]
        return [*steps[:2], self.last_step()] if kind == 1 else steps

    def step(self):
        spans = self.rng.choice(STEPS) or {
            name: self.rng.choice(EXACT) for name in self.rng.choice(((), ("within",), ("after",)))
        }
        between = {}
        if self.rng.random() < 0.3:
            made = (self.event, self.match)
            between["without"] = [self.rng.choice(made)() for _ in range(self.rng.randrange(1, 3))]
        return {"did": {**self.match(), **spans, **between}}

    def last_step(self):
        within = self.rng.choice(({}, {"within": self.rng.choice(EXACT)}))
        return {"did_not": {**self.match(), **within}}

    # What is had.

    def figure(self):
        function = self.rng.choice(("count", "sum", "avg", "min", "max", "top", "first", "last"))
        about = {"function": function, **self.match(), **self.when()}
        if function in ("top", "first", "last"):
            made = (self.texts, self.texts, self.numbers, self.emptiness, self.days)
            about["property"] = self.property()
            return {"have": {"aggregate": about, **self.rng.choice(made)()}}
        if self.rng.random() < 0.5:
            about["property"] = self.property()
        if function not in ("count", "sum") and self.rng.random() < 0.2:
            return {"have": {"aggregate": about, **self.emptiness()}}
        told = self.numbers(OF_FIGURES)
        if self.rng.random() < 0.4:
            told = {"op": self.rng.choice(OF_FIGURES), "value": self.rng.choice("12356")}
        return {"have": {"aggregate": about, **told}}

    def attribute(self):
        key = self.rng.choice(list(TYPES))
        made = {
            "INTEGER": self.amounts,
            "DECIMAL": self.amounts,
            "BOOLEAN": self.truths,
            "DATE": lambda: self.days((*DAYS, "at_least", "at_most", "is", "is_not")),
            "DATETIME": self.moments,
            "TEXT": self.rng.choice((self.texts, self.numbers)),
        }.get(TYPES[key], self.texts)
        told = self.emptiness() if self.rng.random() < 0.15 else made()
        names = ({"schema": key[0], "column": key[1]}, key[1], {"column": key[1]})
        return {"have": {"attribute": self.rng.choice(names), **told}}

    def truths(self):
        value = self.rng.choice(("true", "false", True, False))
        return {"op": self.rng.choice(("is", "is_not")), "value": value}

    def moments(self):
        told = self.days((*DAYS, "at_least", "at_most"), SPANS)
        if told["op"] not in WITHIN:
            told["value"] = self.written(moment(self.rng, self.now, self.zone))
        return told


def world_with_audiences(rng, people=PEOPLE):
    """Return a world with audiences that ask for each other, some of them kept as lists."""
    made = world(rng, people)
    for number in range(3):
        names = tuple(made["audiences"])
        known = {"name": f"Audience {number}", "zone": rng.choice(ZONES)}
        if rng.random() < 0.4:
            known["list"] = set(rng.sample(people, len(people) // 2))
        else:
            known["tree"] = Trees(rng, made["now"], known["zone"], names).tree()
        made["audiences"][f"x{number}"] = known
    return made
