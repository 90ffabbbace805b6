"""Messages for the webhook, signed by hand: the oracle knows nothing of our own signing."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

from sqlalchemy import select

from app.extensions import db
from app.site.sample_shop import services as sample_shop
from app.site.segments import people, queries, services
from app.site.segments.models import Segment, WebhookItem, WebhookMessage
from tests.conftest import NOW, SECRETS

CLIENT, SECRET = SECRETS["SITE_CLIENT_ID"], SECRETS["SITE_CLIENT_SECRET"]


def signature(secret, webhook_id, timestamp, body):
    """Return the v1 signature, from the words of the specification."""
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def headers(body, webhook_id, secret=SECRET, client=CLIENT, at=None):
    """Return what authenticates and signs a body."""
    timestamp = str(int((at or datetime.now(UTC)).timestamp()))
    basic = base64.b64encode(f"{client}:{secret}".encode()).decode()
    return {
        "Authorization": f"Basic {basic}",
        "Content-Type": "application/json",
        "webhook-id": webhook_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(secret, webhook_id, timestamp, body),
    }


def encoded(update_type, data, group="headwater"):
    """Return the bytes of a message."""
    message = {"updateType": update_type, "segmentGroupIdentifier": group, "data": data}
    return json.dumps(message).encode()


def post(app, body, webhook_id, **changes):
    """Send bytes to the webhook."""
    given = headers(body, webhook_id, **changes)
    return app.test_client().post("/cdp/webhook", data=body, headers=given)


def create(app, audience="a-1", name="Buyers", webhook_id=None):
    """Send what makes a segment."""
    body = encoded("create", {"audienceId": audience, "audienceName": name})
    return post(app, body, webhook_id or f"create-{audience}-{name}")


def changes(app, *given, audience="a-1", webhook_id="m-1"):
    """Send membership changes of (person, membership) or (person, membership, sequence)."""
    items = [
        {
            "audienceId": audience,
            "personId": person,
            "personIdType": "user-id",
            "membership": membership,
            **({"sequence": sequence[0]} if sequence else {}),
        }
        for person, membership, *sequence in given
    ]
    return post(app, encoded("membershipChanges", {"changes": items}), webhook_id)


def many(count=100, first=1001):
    """Return so many changes by which users of the shop enter."""
    return [(str(first + number), True, number) for number in range(count)]


def make_shop(app):
    """Fill the sample shop, whose users have the identifiers 1001 to 2200."""
    sample_shop.create_sample_shop(url=app.config["SITE_SAMPLE_SHOP_URL"])


def known(app):
    """Return what tells which persons the shop knows."""
    return people.lookup(app.config["SITE_PEOPLE"], app.config["SITE_SAMPLE_SHOP_URL"])


def member_ids(audience="a-1"):
    """Return who is in a segment."""
    db.session.rollback()
    segment = db.session.scalar(select(Segment).where(Segment.audience_id == audience))
    return [member.person_id for member in queries.list_members(segment.id)]


def statuses():
    """Return what became of each item, in the order of their arrival."""
    db.session.expire_all()
    return [
        item.status.value
        for item in db.session.scalars(select(WebhookItem).order_by(WebhookItem.id))
    ]


def stored_messages():
    """Return every message that was taken in."""
    return list(db.session.scalars(select(WebhookMessage).order_by(WebhookMessage.id)))


def work_all(app, queue, now=NOW):
    """Work every batch that is due, as workers do."""
    services.hand_over_batches(stalled_after=NOW - NOW, now=now)
    handed = [arguments for name, arguments in queue.jobs if name.name == "WORK_BATCH"]
    queue.jobs.clear()
    for arguments in handed:
        services.work_batch(**arguments, known=known(app), batch_items=2, now=now)
    return len(handed)
