"""Clients that cost little: each is a process with one open connection and its requests ready."""

import base64
import json
import multiprocessing
import socket
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from urllib.parse import urlsplit
from uuid import uuid4

ANSWER_BYTES = 65_536


@dataclass(frozen=True)
class Load:
    """What is sent: requests in all, events in each, over so many connections at once."""

    requests: int
    events_a_request: int
    connections: int


class Senders:
    """Processes that wait with their requests ready, and send them all at a word."""

    def __init__(self, load: Load, write_key: str) -> None:
        self._load, self._write_key = load, write_key
        self._context = multiprocessing.get_context("spawn")
        self._told = self._context.Queue()
        self._each = load.requests // load.connections
        self._processes: list[BaseProcess] = []

    def ready(self, url: str) -> None:
        """Start them and wait until each is connected."""
        self._go = self._context.Event()
        shared = (self._told, self._go)
        self._processes = [
            self._context.Process(
                target=_send, args=(url, self._write_key, self._load, self._each, *shared)
            )
            for _number in range(self._load.connections)
        ]
        for process in self._processes:
            process.start()
        for _process in self._processes:
            self._told.get(timeout=120)

    def send(self) -> None:
        """Send everything; raise RuntimeError unless each answer is 200."""
        self._go.set()
        answered = sum(self._told.get(timeout=600) for _process in self._processes)
        expected = self._each * self._load.connections
        if answered != expected:
            raise RuntimeError(f"Only {answered} of {expected} were answered 200.")

    def end(self) -> None:
        """Wait until they are gone, which takes longer than to send a few requests."""
        while self._processes:
            self._processes.pop().join()


def body(events: int) -> bytes:
    """Return what an SDK sends: one event, or a batch."""
    if events == 1:
        return json.dumps(_event(0)).encode()
    batch = [_event(number) for number in range(events)]
    return json.dumps({"batch": batch, "sentAt": "2026-11-26T12:00:00.000Z"}).encode()


def _event(number: int) -> dict[str, object]:
    return {
        "type": "track",
        "event": "Product Viewed",
        "messageId": str(uuid4()),
        "userId": f"user-{number}",
        "anonymousId": str(uuid4()),
        "timestamp": "2026-11-26T12:00:00.123Z",
        "context": {"library": {"name": "sender", "version": "1.0"}, "locale": "en-GB"},
        "properties": {"sku": "B-1", "name": "A book", "price": 12.5, "currency": "EUR"},
    }


def _send(url: str, write_key: str, load: Load, count: int, told, go) -> None:  # type: ignore[no-untyped-def]
    address = urlsplit(url)
    path = "/v1/track" if load.events_a_request == 1 else "/v1/batch"
    token = base64.b64encode(f"{write_key}:".encode()).decode()
    requests = []
    for _number in range(count):
        content = body(load.events_a_request)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Basic {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        requests.append(head.encode() + content)
    with socket.create_connection((address.hostname or "", address.port or 80)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        told.put(0)
        go.wait()
        told.put(sum(_is_taken(connection, each) for each in requests))


def _is_taken(connection: socket.socket, request: bytes) -> bool:
    connection.sendall(request)
    answer = connection.recv(ANSWER_BYTES)
    while b"}" not in answer:
        more = connection.recv(ANSWER_BYTES)
        if not more:
            return False
        answer += more
    return answer.startswith(b"HTTP/1.1 200 ")
