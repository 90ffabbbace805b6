"""Requests to addresses that people entered: only where they may go, bounded in time and size.

Who is reached is looked at once the connection stands, before anything is sent over it, so that a
name that leads elsewhere the second time it is asked changes nothing.
"""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

TIMEOUT_SECONDS = (5, 20)
# However slowly the other end answers, byte by byte, this ends it.
DEADLINE_SECONDS = 30.0
MOST_ANSWER_BYTES = 16 * 1024


class UrlInvalid(Exception):
    """The address cannot be used; the sentence says why."""


class AddressRefused(Exception):
    """The address leads into a network that requests may not go to."""


class Unreachable(Exception):
    """No answer came; the sentence says why."""


@dataclass(frozen=True)
class Answer:
    """What was answered, as far as it was read."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


def check_url(url: str) -> None:
    """Return where requests can be sent to the address; raise UrlInvalid."""
    try:
        parts = urlsplit(url)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError as failure:
        raise UrlInvalid("The address has a slip in it.") from failure
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UrlInvalid("The address must begin with http:// or https:// and a host.")
    if not port_is_right or any(sign.isspace() or not sign.isprintable() for sign in url):
        raise UrlInvalid("The address has a slip in it.")
    if parts.username is not None or parts.fragment or parts.query:
        raise UrlInvalid("Leave user, password, ? and # out of the address.")


def post(url: str, body: bytes, headers: Mapping[str, str], *, is_private_allowed: bool) -> Answer:
    """Send the bytes and return the answer; raise AddressRefused or Unreachable."""
    with requests.Session() as session, _Deadline() as deadline:
        # No proxy and no password of the environment has a say in this.
        session.trust_env = False
        session.mount("http://", _Adapter(is_private_allowed, deadline))
        session.mount("https://", _Adapter(is_private_allowed, deadline))
        try:
            with session.post(
                url,
                data=body,
                headers=dict(headers),
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
                stream=True,
            ) as answer:
                return Answer(answer.status_code, answer.headers, _beginning(answer))
        except (requests.RequestException, OSError, ValueError) as failure:
            raise Unreachable(_sentence(failure)) from failure


def may_go_to(address: str, *, is_private_allowed: bool) -> bool:
    """Tell whether requests may go to an IP address."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.is_multicast or ip.is_unspecified or ip.is_link_local:
        return False
    if ip.is_global:
        return True
    return is_private_allowed and (ip.is_private or ip.is_loopback) and not _is_reserved(ip)


def _is_reserved(ip: Any) -> bool:
    # The loopback of IPv6 lies in a block that is called reserved.
    return bool(ip.is_reserved and not ip.is_loopback)


def _beginning(answer: requests.Response) -> str:
    """Return the text as far as it comes: what was answered stands in the status already."""
    read = bytearray()
    with suppress(HTTPError, OSError):
        while some := answer.raw.read1(MOST_ANSWER_BYTES - len(read), decode_content=False):
            read += some
    return read.decode("utf-8", errors="replace")


def _sentence(failure: Exception) -> str:
    if isinstance(failure, requests.ConnectTimeout):
        return "The other end cannot be reached: no connection in 5 seconds."
    if isinstance(failure, requests.Timeout):
        return "The other end did not answer in 20 seconds."
    if isinstance(failure, requests.exceptions.SSLError):
        return "The other end's certificate is not trusted."
    if "NameResolutionError" in str(failure) or isinstance(failure, socket.gaierror):
        return "The host of the address is not known."
    if "Connection refused" in str(failure):
        return "The other end takes no connections there: is it running?"
    return "The other end broke off, or answered with something that is no HTTP."


class _Deadline:
    """Ends the connections of one request when its time is over."""

    def __init__(self) -> None:
        self._opened: list[socket.socket] = []
        self._timer = threading.Timer(DEADLINE_SECONDS, self._end)
        self._timer.daemon = True

    def watch(self, opened: socket.socket) -> None:
        """End this connection too."""
        self._opened.append(opened)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        for opened in self._opened:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """Sends over connections that look at whom they reached."""

    def __init__(self, is_private_allowed: bool, deadline: _Deadline) -> None:
        self._pools = _pools(is_private_allowed, deadline)
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools


def _pools(is_private_allowed: bool, deadline: _Deadline) -> dict[str, Any]:
    """Return what makes connections that lead only where they may, and end in time."""

    class Guarded:
        def _new_conn(self) -> socket.socket:
            opened: socket.socket = super()._new_conn()  # type: ignore[misc]
            reached = opened.getpeername()[0]
            if not may_go_to(reached, is_private_allowed=is_private_allowed):
                opened.close()
                raise AddressRefused(reached)
            return opened

        def connect(self) -> None:
            super().connect()  # type: ignore[misc]
            deadline.watch(self.sock)  # type: ignore[attr-defined]

    plain = type("GuardedHTTP", (Guarded, HTTPConnection), {})
    secure = type("GuardedHTTPS", (Guarded, HTTPSConnection), {})
    return {
        "http": type("GuardedPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("GuardedSecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }
