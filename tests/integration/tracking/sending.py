"""Sending events to the collector, and what is stored of them."""

import base64
import json

from app.tracking import queries, services
from tests.conftest import NOW


def make_source(name="Shop"):
    """Return a source."""
    return services.create_source(name=name, now=NOW)


def send(app, source, path, body, **headers):
    """Post to the collector with the source's write key, as SDKs do."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    token = base64.b64encode(f"{source.write_key}:".encode()).decode()
    given = {"Authorization": f"Basic {token}", "Content-Type": "application/json", **headers}
    return app.test_client().post(path, data=raw, headers=given)


def track(app, source, event="visit", **fields):
    """Send one track message."""
    return send(app, source, "/v1/track", {"event": event, "userId": "1", **fields})


def stored():
    """Return what is in the events table, after a flush."""
    services.flush_inbox()
    return queries.arrivals().rows
