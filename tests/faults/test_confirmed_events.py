"""Events that were confirmed are stored once, whatever is killed meanwhile."""

import time

import requests

from app.demo import walking
from app.demo.visiting import Visitor
from app.stack.tree import Stack
from tests.faults.test_confirmed_files import kill
from tests.faults.trees import plain_environment

BATCHES, EVENTS_A_BATCH = 20, 50


def test_events_that_were_confirmed_survive_kill_9(tmp_path):
    with Stack(data_dir=tmp_path, port=0, environment=plain_environment()) as first:
        visitor = Visitor(first.url)
        walking.sign_in(visitor, first.admin_email, first.admin_password)
        key = walking.create_source(visitor, "Shop")
        for number in range(BATCHES):
            assert send(first, key, number) == 200
            if number == BATCHES // 2:
                # Some are stored already, some wait, and a worker is at it.
                time.sleep(1)
        kill(first, "worker")
        assert send(first, key, BATCHES) == 200
        kill(first, "everything")

    with Stack(data_dir=tmp_path, port=0, environment=plain_environment()) as second:
        visitor = Visitor(second.url)
        walking.sign_in(visitor, first.admin_email, first.admin_password)
        # What was confirmed may be sent again by a client that saw no answer.
        assert send(second, key, 0) == 200
        walking.wait_until(lambda: nothing_waits(visitor), "the inbox to be empty")

    wanted = f"{(BATCHES + 1) * EVENTS_A_BATCH:,}".replace(",", "\u202f")
    assert f"The last 100 of {wanted} events." in visitor.text


def send(stack: Stack, key: str, number: int) -> int:
    batch = [
        {"type": "track", "messageId": f"{number}-{each}", "userId": f"{each}", "event": "buy"}
        for each in range(EVENTS_A_BATCH)
    ]
    answer = requests.post(
        f"{stack.url}/v1/batch", json={"batch": batch}, auth=(key, ""), timeout=30
    )
    return answer.status_code


def nothing_waits(visitor: Visitor) -> bool:
    visitor.open("/events")
    figures = visitor.text.split("Waiting to be stored", 1)
    return len(figures) == 2 and ">0<" in figures[1].split("</dd>")[0]
