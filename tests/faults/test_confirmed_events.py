"""Events that were confirmed are stored once, whatever is killed meanwhile."""

import threading
import time
from itertools import cycle

import duckdb
import requests
from deltalake import DeltaTable

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


LOAD, LOAD_BATCH, SENDERS = 100_000, 100, 4
VICTIMS = ("web", "worker", "queue")


def test_a_hundred_thousand_events_survive_kill_9_of_web_worker_and_queue(tmp_path):
    with Stack(data_dir=tmp_path, port=0, environment=plain_environment()) as stack:
        visitor = Visitor(stack.url)
        walking.sign_in(visitor, stack.admin_email, stack.admin_password)
        key = walking.create_source(visitor, "Shop")
        confirmed, failures = set(), []
        senders = [
            threading.Thread(target=send_share, args=(stack, key, share, confirmed, failures))
            for share in range(SENDERS)
        ]
        for sender in senders:
            sender.start()
        killed = kill_meanwhile(stack, senders, confirmed)
        for sender in senders:
            sender.join()
        walking.wait_until(lambda: watched(stack) and count_stored(tmp_path) >= LOAD, "the events")

    assert failures == []
    assert len(confirmed) == LOAD
    assert killed >= {"web", "worker", "queue"}
    stored = stored_ids(tmp_path)
    assert len(stored) == len(set(stored)) == LOAD
    assert set(stored) == confirmed


def send_share(stack, key, share, confirmed, failures):
    """Send batches as SDKs do: what was not answered 200 is sent again with the same ids."""
    deadline = time.monotonic() + 300
    for number in range(share, LOAD // LOAD_BATCH, SENDERS):
        ids = [f"{number}-{each}" for each in range(LOAD_BATCH)]
        while not is_taken(stack, key, ids):
            if time.monotonic() > deadline:
                failures.append(number)
                return
            time.sleep(0.05)
        confirmed.update(ids)
        # As long as there is something to kill.
        time.sleep(0.03)


def is_taken(stack, key, ids):
    batch = [{"type": "track", "event": "visit", "userId": i, "messageId": i} for i in ids]
    try:
        answer = requests.post(
            f"{stack.url}/v1/batch", json={"batch": batch}, auth=(key, ""), timeout=10
        )
    except requests.RequestException:
        return False
    assert answer.status_code == 200 or answer.status_code >= 500, answer.text
    return answer.status_code == 200


def kill_meanwhile(stack, senders, confirmed):
    """Kill one part after the other as long as events are sent, the next once some were taken."""
    killed = set()
    victims = cycle(VICTIMS)
    while any(sender.is_alive() for sender in senders):
        victim = next(victims)
        kill(stack, victim)
        killed.add(victim)
        enough = len(confirmed) + LOAD // 8
        while len(confirmed) < enough and any(sender.is_alive() for sender in senders):
            watched(stack)
            time.sleep(0.1)
    return killed


def watched(stack):
    """Let the tree start again what died."""
    stack.watch()
    return True


def stored_ids(folder):
    """Return the ids in the events table, read past Headwater."""
    table = folder / "lake" / "tracking" / "events"
    if not DeltaTable.is_deltatable(str(table)):
        return []
    files = DeltaTable(str(table)).file_uris()
    return [row[0] for row in duckdb.read_parquet(files).select("message_id").fetchall()]


def count_stored(folder):
    return len(stored_ids(folder))
