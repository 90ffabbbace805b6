"""The same file sent several times at once, to real web server processes."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from app.demo import walking
from app.demo.visiting import Visitor

SENDERS = 8


@pytest.fixture(scope="module")
def walk(stack):
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    return walking.create_dataflow(visitor, "Sent at once")


def send_all(stack, walk, name, contents) -> list[int]:
    """Send one file of one part with each content at once, and return the answers' statuses."""

    def send(content: int) -> int:
        answer = requests.post(
            f"{stack.url}/stream/default",
            data=json.dumps([{"id": content}]),
            headers={
                "x-streamid": walk.stream_id,
                "x-isdraft": "true",
                "x-stream-file": name,
                "x-part": "1",
                "x-complete": "1",
            },
            timeout=60,
        )
        return answer.status_code

    with ThreadPoolExecutor(SENDERS) as senders:
        return list(senders.map(send, contents))


@pytest.mark.parametrize("turn", range(5))
def test_the_same_file_sent_at_once_is_confirmed_to_every_sender(stack, walk, turn):
    assert set(send_all(stack, walk, f"same-{turn}", [1] * SENDERS)) == {201}


@pytest.mark.parametrize("turn", range(5))
def test_of_two_files_with_one_name_one_is_kept(stack, walk, turn):
    contents = [number % 2 for number in range(SENDERS)]

    statuses = send_all(stack, walk, f"other-{turn}", contents)

    assert sorted(statuses) == [201] * (SENDERS // 2) + [409] * (SENDERS // 2)
    kept = {content for content, status in zip(contents, statuses, strict=True) if status == 201}
    assert len(kept) == 1
