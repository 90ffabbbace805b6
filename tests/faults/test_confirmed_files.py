"""A file that was confirmed reaches its dataset, whatever is killed meanwhile."""

from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import requests

from app.demo import walking
from app.demo.visiting import Visitor
from app.stack.tree import Stack
from tests.faults.trees import plain_environment

CUSTOMERS = Path(__file__).parent.parent / "data" / "chinook_customer.csv"


def kill(stack: Stack, victim: str) -> None:
    """Kill one child with all it started, or every child."""
    for child in stack.children:
        if child.process is not None and (victim == "everything" or child.name.startswith(victim)):
            for each in psutil.Process(child.process.pid).children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            child.process.kill()


def test_a_draft_is_parsed_though_all_is_killed_meanwhile(tmp_path):
    settings = {**plain_environment(), "RUN_STALLED_SECONDS": "3", "PARSE_IN_REQUEST_MB": "1"}
    draft = tmp_path / "draft.csv"
    draft.write_text("id,name\n" + "".join(f"{n},Ada Lovelace\n" for n in range(500_000)))
    with Stack(data_dir=tmp_path, port=0, environment=settings) as first:
        visitor = Visitor(first.url)
        walking.sign_in(visitor, first.admin_email, first.admin_password)
        walk = walking.create_dataflow(visitor, "Large")
        walking.upload_draft(visitor, walk, draft)
        visitor.send("/download/validate")
        walking.wait_until(lambda: is_being_parsed(visitor, walk), "a worker to begin")
        kill(first, "everything")

    with Stack(data_dir=tmp_path, port=0, environment=settings) as second:
        visitor = Visitor(second.url)
        walking.sign_in(visitor, first.admin_email, first.admin_password)
        walking.wait_until(lambda: not is_waiting(visitor, walk), "the draft to be parsed")

    assert "500\u202f000 rows, 2 columns." in visitor.text


def is_being_parsed(visitor: Visitor, walk: walking.Walk) -> bool:
    visitor.open(f"/dataflows/{walk.dataflow_id}/file-mapping")
    return "Parsing the file" in visitor.text


def is_waiting(visitor: Visitor, walk: walking.Walk) -> bool:
    return is_being_parsed(visitor, walk) or "Waiting for a worker" in visitor.text


@pytest.mark.parametrize("victim", ["everything", "worker"])
def test_a_file_that_was_confirmed_survives_kill_9(tmp_path, victim):
    settings = {**plain_environment(), "RUN_STALLED_SECONDS": "3"}
    with Stack(data_dir=tmp_path, port=0, environment=settings) as first:
        visitor = Visitor(first.url)
        walking.sign_in(visitor, first.admin_email, first.admin_password)
        walk = walking.make_active(visitor, "Customers", CUSTOMERS, identifier="id")
        address = f"{first.url}/api/v1/streams/{walk.stream_id}/files/one?kind=production"

        answer = requests.put(address, data=CUSTOMERS.read_bytes(), timeout=30)
        kill(first, victim)

    assert answer.status_code == 201
    with Stack(data_dir=tmp_path, port=0, environment=settings) as second:
        visitor = Visitor(second.url)
        walking.sign_in(visitor, first.admin_email, first.admin_password)
        found = walking.finished_run(visitor, walk, 1)
    assert found == {"added": 59, "changed": 0, "same": 0, "rejected": 0, "superseded": 0}
