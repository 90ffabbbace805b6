"""Senders that announce a body and fall silent, more of them than there are threads."""

import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

import requests

from app.demo import walking
from app.demo.visiting import Visitor
from app.stack import serving
from app.stack.tree import Stack
from tests.faults.trees import plain_environment

HALF = (
    b"POST /v1/track HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 500\r\n\r\n"
    b'{"event": "visit", "userId": '
)


def test_senders_that_fall_silent_stop_nobody_for_long(tmp_path):
    environment = {**plain_environment(), "WEB_WORKERS": "1"}
    with Stack(data_dir=tmp_path, port=0, environment=environment) as stack, ExitStack() as opened:
        visitor = Visitor(stack.url)
        walking.sign_in(visitor, stack.admin_email, stack.admin_password)
        key = walking.create_source(visitor, "Shop")
        silent = [opened.enter_context(half_sent(stack)) for _each in range(serving.threads + 4)]

        answer = requests.post(
            f"{stack.url}/v1/track",
            json={"event": "visit", "userId": "1"},
            auth=(key, ""),
            timeout=3 * serving.SILENT_SECONDS,
        )

        assert answer.status_code == 200
        assert silent[0].recv(4_000).startswith(b"HTTP/1.1 400 ")


def half_sent(stack: Stack) -> socket.socket:
    address = urlsplit(stack.url)
    connection = socket.create_connection((address.hostname, address.port), timeout=60)
    connection.sendall(HALF)
    return connection
