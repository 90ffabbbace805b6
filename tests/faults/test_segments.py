"""Members arrive at the site, each change once, whatever is killed on the way."""

import re
import time

import psutil
import pytest
import requests
from dotenv import dotenv_values

from app.demo import looping, walking
from app.demo.visiting import Visitor
from app.stack.tree import Stack
from tests.faults.test_confirmed_files import kill
from tests.faults.trees import plain_environment
from tests.integration.site.segments import sending

PEOPLE = 5000
KILLS = 3
EVERYBODY = '[people]\ncallable = "app.site.segments.people.everybody"\n'


@pytest.mark.parametrize("batch_items", [PEOPLE, 250])
def test_a_worker_killed_in_the_middle_of_5000_items_leaves_both_ends_agreeing(
    tmp_path, batch_items
):
    with Stack(data_dir=tmp_path, port=0, environment=settings(tmp_path, batch_items)) as stack:
        visitor = Visitor(stack.url)
        walking.sign_in(visitor, stack.admin_email, stack.admin_password)
        audience = an_audience_of_everybody(stack, visitor)
        activation = looping.create_activation(visitor, stack.url, stack.data_dir / "headwater.env")
        visitor.open(audience.path)
        visitor.send(f"{activation.path}/audiences")

        walking.wait_until(lambda: is_queued(visitor), "the message to be queued")
        were_left = []
        for _ in range(KILLS):
            wait_for_a_job(stack)
            kill(stack, "worker")
            were_left.append(is_queued(visitor))
        walking.wait_until(lambda: is_whole(stack, visitor), "every member to arrive")
        walking.wait_until(lambda: looping.has_arrived(visitor, activation), "the end")
        at_the_site = looping.segment_members(visitor, audience.name)
        at_the_platform = looping.people_listed(visitor, f"{audience.path}/members", "?")
        visitor.open("/webhook-messages/3")

    # It was killed before the items were all worked.
    assert were_left[0]
    assert at_the_site == at_the_platform == {f"p{number}" for number in range(PEOPLE)}
    # Each message came once, and each item of it counted once, though the worker died.
    assert "membershipChanges for headwater, 5\u202f000 items" in visitor.text
    assert "5\u202f000 applied" in visitor.text
    log = (tmp_path / "logs" / "cdp.webhook.production.log").read_text()
    assert sum(map(int, re.findall(r"batch\.worked.* applied=(\d+)", log))) <= PEOPLE
    assert log.count("message.received") == 3


def test_a_message_answered_with_202_survives_kill_9_of_everything(tmp_path):
    environment = settings(tmp_path, 100)
    with Stack(data_dir=tmp_path, port=0, environment=environment) as first:
        create = {"audienceId": "a-1", "audienceName": "Buyers"}
        assert post(first, "create", create).status_code == 200
        changes = [
            {"audienceId": "a-1", "personId": f"p{n}", "membership": True, "sequence": n}
            for n in range(500)
        ]
        answer = post(first, "membershipChanges", {"changes": changes})
        kill(first, "everything")

    assert answer.status_code == 202
    with Stack(data_dir=tmp_path, port=0, environment=environment) as second:
        visitor = Visitor(second.url)
        walking.sign_in(visitor, first.admin_email, first.admin_password)
        walking.wait_until(lambda: not is_queued(visitor), "the items to be worked")
        members = looping.segment_members(visitor, "Buyers")
    assert members == {f"p{n}" for n in range(500)}


def post(stack, update_type, data):
    """Send a signed message to the webhook of a running stack."""
    made = dotenv_values(stack.data_dir / "headwater.env")
    body = sending.encoded(update_type, data)
    headers = sending.headers(
        body, update_type, secret=made["SITE_CLIENT_SECRET"], client=made["SITE_CLIENT_ID"]
    )
    return requests.post(f"{stack.url}/cdp/webhook", data=body, headers=headers, timeout=30)


def settings(folder, batch_items):
    """Return an environment in which what dies is missed soon, and everybody is known."""
    file = folder / "headwater.toml"
    file.write_text(EVERYBODY)
    return {
        **plain_environment(),
        "HEADWATER_CONFIG": str(file),
        "RUN_STALLED_SECONDS": "3",
        "BULK_BATCH_ITEMS": str(batch_items),
        "BULK_INTERVAL_SECONDS": "0",
    }


def an_audience_of_everybody(stack, visitor):
    key = walking.create_source(visitor, "Shop")
    batch = [
        {"type": "track", "userId": f"p{number}", "event": "buy", "messageId": f"m-{number}"}
        for number in range(PEOPLE)
    ]
    looping.send_events(stack.url, key, batch)
    walking.wait_until(lambda: looping.stored_events(visitor, "buy") == PEOPLE, "the events")
    return looping.build_audience(
        visitor, "Buyers", {"kind": "did", "event": "buy", "times": "1", "days": ""}
    )


def wait_for_a_job(stack):
    """Return while a worker is at a job, some way into it."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        stack.watch()
        worker = next(child for child in stack.children if child.name.startswith("worker"))
        if worker.process is not None and worker.is_alive and has_horse(worker.process.pid):
            time.sleep(0.15)
            return
        time.sleep(0.02)
    raise AssertionError("No worker ever took a job.")


def has_horse(pid):
    """Tell whether a worker has forked for a job."""
    try:
        return bool(psutil.Process(pid).children())
    except psutil.NoSuchProcess:
        return False


def is_queued(visitor):
    visitor.open("/webhook-messages?status=queued")
    return ">No message here<" not in visitor.text


def is_whole(stack, visitor):
    stack.watch()
    visitor.open("/segment-groups/1")
    return f">{PEOPLE:,}<".replace(",", "\u202f") in visitor.text
