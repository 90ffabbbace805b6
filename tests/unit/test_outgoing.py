"""Requests to addresses of people: where they may go, and what ends them."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from app import outgoing


@pytest.mark.parametrize(
    ("address", "is_private_allowed", "may"),
    [
        ("93.184.216.34", False, True),
        ("2606:4700::1111", False, True),
        ("127.0.0.1", False, False),
        ("127.0.0.1", True, True),
        ("::1", True, True),
        ("::1", False, False),
        ("10.1.2.3", False, False),
        ("10.1.2.3", True, True),
        ("192.168.0.1", True, True),
        ("169.254.169.254", True, False),
        ("fe80::1%eth0", True, False),
        ("0.0.0.0", True, False),
        ("224.0.0.1", True, False),
        ("240.0.0.1", True, False),
        ("::ffff:127.0.0.1", False, False),
        ("::ffff:169.254.169.254", True, False),
        ("100.64.0.1", False, False),
        ("::127.0.0.1", False, False),
        ("::10.0.0.1", False, False),
        ("64:ff9b::a00:1", False, False),
        ("64:ff9b::a9fe:a9fe", True, False),
        ("64:ff9b:1::a00:1", True, False),
        ("2002:a00:1::", False, False),
        ("2002:a9fe:a9fe::", True, False),
        ("fec0::1", True, False),
        ("192.0.0.192", True, False),
        ("168.63.129.16", True, False),
        ("fd00::1", True, True),
        ("fd00::1", False, False),
    ],
)
def test_where_requests_may_go(address, is_private_allowed, may):
    assert outgoing.may_go_to(address, is_private_allowed=is_private_allowed) is may


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://example.com/cdp/webhook",
        "example.com/cdp/webhook",
        "http://",
        "http://[::1/cdp/webhook",
        "http://example.com:99999/cdp/webhook",
        "http://example.com:0/cdp/webhook",
        "http://user:secret@example.com/cdp/webhook",
        "http://example.com/cdp/webhook?x=1",
        "http://example.com/cdp/webhook#x",
        "http://example.com/cdp /webhook",
        "http://example.com/cdp\n/webhook",
    ],
)
def test_an_address_that_cannot_be_used_says_so(url):
    with pytest.raises(outgoing.UrlInvalid):
        outgoing.check_url(url)


def test_an_address_that_can_be_used_is_taken():
    outgoing.check_url("https://www.example.com:8443/shop/cdp/webhook")


def sent(port, allowed=True):
    return outgoing.post(f"http://127.0.0.1:{port}/", b"{}", {}, is_private_allowed=allowed)


def listening(answer):
    """Return the port of a server that answers one connection by a function of it, and its data."""
    server, heard = socket.create_server(("127.0.0.1", 0)), []

    def serve():
        with server:
            opened, _address = server.accept()
            with opened:
                answer(opened, heard)

    threading.Thread(target=serve, daemon=True).start()
    return server.getsockname()[1], heard


def test_nothing_is_sent_to_where_it_may_not_go():
    port, heard = listening(lambda opened, heard: heard.append(opened.recv(1000)))

    with pytest.raises(outgoing.AddressRefused):
        sent(port, allowed=False)
    time.sleep(0.1)

    assert heard == []


def test_an_answer_is_read_up_to_a_bound():
    def answer(opened, _heard):
        opened.recv(1000)
        opened.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 100_000)

    assert len(sent(listening(answer)[0]).text) == outgoing.MOST_ANSWER_BYTES


@pytest.mark.parametrize("beginning", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"])
def test_who_answers_a_byte_at_a_time_is_ended_at_the_deadline(monkeypatch, beginning):
    monkeypatch.setattr(outgoing, "DEADLINE_SECONDS", 0.3)

    def answer(opened, _heard):
        opened.sendall(beginning)
        for _ in range(100):
            opened.sendall(b"x")
            time.sleep(0.05)

    def answer_quietly(opened, heard):
        try:
            answer(opened, heard)
        except OSError:
            heard.append("ended")

    port, _heard = listening(answer_quietly)
    began = time.monotonic()
    with suppress(outgoing.Unreachable):
        sent(port)

    assert time.monotonic() - began < 3


@pytest.mark.parametrize("reply", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_http_is_said_to_be_none(reply):
    def answer(opened, _heard):
        opened.recv(1000)
        opened.sendall(reply)

    with pytest.raises(outgoing.Unreachable, match="no HTTP"):
        sent(listening(answer)[0])


def test_a_closed_port_and_an_unknown_host_are_told_apart():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(outgoing.Unreachable, match="is it running"):
        sent(port)
    with pytest.raises(outgoing.Unreachable, match="not known"):
        outgoing.post("http://nowhere.invalid/", b"", {}, is_private_allowed=True)
