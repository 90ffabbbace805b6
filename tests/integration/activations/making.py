"""Activations with valid defaults, and a site at the other end that remembers what it was sent."""

import json
from datetime import timedelta

from sqlalchemy import select
from werkzeug import Response

from app.activations import services
from app.activations.delivering import Means
from app.activations.models import Delivery
from app.audiences.evaluation import services as evaluation
from app.extensions import db
from app.tracking import queries as tracking
from tests.conftest import NOW, SECRETS
from tests.integration.audiences.making import evaluate, make_audience, make_events

SECRET = "a-secret-of-sixteen-signs"
KEYS = (SECRETS["ENCRYPTION_KEY"],)
VALUES = {
    "name": "Web shop",
    "person_identifier": "userid",
    "client_id": "platform-1",
    "auth_method": "basic",
    "segment_group_identifier": "shop",
    "base_url": "http://127.0.0.1:1/cdp/webhook",
}
MEANS = Means(KEYS, is_private_allowed=True)
STALLED = timedelta(seconds=60)


def make_activation(**changes):
    """Return a saved activation."""
    return services.create_activation(
        values={**VALUES, **changes}, secret=SECRET, keys=KEYS, now=NOW
    )


class OtherEnd:
    """A site that answers as it is told and remembers each request."""

    def __init__(self, httpserver):
        self.url = httpserver.url_for("/cdp/webhook")
        self.requests = []
        self.answers = []
        httpserver.expect_request("/cdp/webhook").respond_with_handler(self._answer)

    def _answer(self, request):
        self.requests.append((dict(request.headers), request.get_data()))
        return self.answers.pop(0) if self.answers else Response("{}", status=200)

    @property
    def messages(self):
        """What was sent, read."""
        return [json.loads(body) for _headers, body in self.requests]


def sync(audience, now=NOW):
    """Make deliveries as a job does."""
    services.sync_audience(audience_id=audience.id, now=now)


def deliver(activation, now=NOW, means=MEANS):
    """Bring what waits to the other end as a job does."""
    services.deliver(activation_id=activation.id, means=means, clock=lambda: now)


def deliveries():
    """Return every delivery as the database has it."""
    db.session.expire_all()
    return list(db.session.scalars(select(Delivery).order_by(Delivery.id)))


def statuses():
    """Return how each delivery stands."""
    return [delivery.status.value for delivery in deliveries()]


def attached(app, activation, *people):
    """Return an audience of these buyers that an activation sends."""
    make_events(app, *((person, "buy", {"value": 1}) for person in people))
    audience = evaluate(make_audience())
    services.attach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)
    return audience


def buy(app, audience, *people):
    """Return the audience after more people bought."""
    source = tracking.list_sources()[0]
    evaluation.refresh_audience(audience_id=audience.id)
    make_events(app, *((person, "buy", {"value": 1}) for person in people), source=source)
    return evaluate(audience)


def kinds(site):
    """Return what each message that arrived was."""
    return [message["updateType"] for message in site.messages]
