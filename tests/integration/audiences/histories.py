"""Random histories: events, rows, browsers and files that change between evaluations."""

from datetime import timedelta

import pyarrow as pa

from app import storage
from app.extensions import db
from app.lake import logs
from app.people import services as people
from app.runs import services as runs
from app.tracking import events
from app.tracking import services as tracking
from app.tracking.models import IdentityLink
from tests.factories import make_active
from tests.integration.runs.carrying_out import carry_out, finished
from tests.unit.audiences.worlds import event, moment

PEOPLE = ("ada", "bob", "it's", "ø/1", "p1")
BROWSERS = ("b-1", "b-2", "b-3")
TYPES = {
    ("Customers", "city"): "TEXT",
    ("Customers", "points"): "INTEGER",
    ("Customers", "joined"): "DATETIME",
    ("Customers", "born"): "DATE",
}
HEAD = "id,city,points,joined,born\n"
FIRST = "ada,Oslo,5,2026-01-01T10:00:00Z,2026-01-02\nnobody,a,1,2025-01-01T10:00:00Z,2025-01-01\n"


class History:
    """What happens to a few people, from a `random.Random`, about a moment in a time zone."""

    def __init__(self, rng, now, zone):
        self.rng, self.now, self.zone, self.count = rng, now, zone, 0
        self.dataflow = make_active(HEAD + FIRST)
        self.dataflow.name = self.dataflow.schema.name = "Customers"
        db.session.commit()
        self.runs = [finished(self.dataflow, HEAD + FIRST)]
        self.events(12)

    def go_on(self, now):
        """Let something happen, or nothing but that time goes by."""
        self.now = now
        changes = [
            *(self.nothing, self.events, self.events, self.rows, self.link, self.link),
            *(self.decide, self.compact, self.undo, self.prepare, self.lose_links),
        ]
        change = self.rng.choice(changes)
        change()
        return change.__name__

    def nothing(self):
        pass

    def events(self, most=4):
        """Store events, as a flush does, of people and of browsers; of any time."""
        found = [self.one_event() for _ in range(self.rng.randint(1, most))]
        logs.append(storage.lake(), events.TABLE, pa.Table.from_pylist(found, events.SCHEMA))

    def one_event(self):
        self.count += 1
        made = event(self.rng, self.now, self.zone, self.rng.choice((*PEOPLE, None, None)))
        if self.rng.random() < 0.3:
            made["occurred_at"] = self.now - self.rng.random() * timedelta(minutes=2)
        return {
            **made,
            "message_id": f"m{self.count}",
            "event": made["name"],
            "type": "track",
            "received_at": self.now,
            "anonymous_id": self.rng.choice((*BROWSERS, None)),
        }

    def rows(self):
        """Add rows, or change some."""
        run = finished(self.dataflow, HEAD + self.row() + self.row())
        self.runs.append(run)

    def row(self):
        joined, born = (moment(self.rng, self.now, self.zone) for _ in range(2))
        person = self.rng.choice((*PEOPLE, "other"))
        city, points = self.rng.choice(("a", "5", "")), self.rng.choice(("5", "0", ""))
        return f"{person},{city},{points},{joined.isoformat()},{born.date().isoformat()}\n"

    def link(self):
        """Let a browser become somebody."""
        since = moment(self.rng, self.now, self.zone)
        who = {"anonymous_id": self.rng.choice(BROWSERS), "since": since}
        if db.session.query(IdentityLink).filter_by(**who).first() is None:
            db.session.add(IdentityLink(**who, person_id=self.rng.choice(PEOPLE)))
            db.session.commit()

    def decide(self):
        """Take a browser from somebody, or give it back."""
        known = db.session.query(IdentityLink).order_by(IdentityLink.id).all()
        if known:
            link = self.rng.choice(known)
            tracking.decide_identity(
                anonymous_id=link.anonymous_id,
                person_id=link.person_id,
                is_theirs=self.rng.random() < 0.4,
                by="owner",
                now=self.now,
            )

    def lose_links(self):
        """Take links out, as erasing somebody does."""
        db.session.query(IdentityLink).filter_by(person_id=self.rng.choice(PEOPLE)).delete()
        db.session.commit()

    def compact(self):
        tracking.compact_events()

    def prepare(self):
        people.prepare_events()

    def undo(self):
        """Undo the last run that was not."""
        if len(self.runs) > 1:
            carry_out(runs.start_undo(run_id=self.runs.pop().id, now=self.now))
