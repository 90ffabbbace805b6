"""Requests to addresses that people entered: only where they may go, bounded in time and size.

Who is reached is looked at once the connection stands, before anything is sent over it, so that a
name that leads elsewhere the second time it is asked changes nothing.
"""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NameResolutionError

TIMEOUT_SECONDS = (5, 20)
# However slowly the other end answers, byte by byte, this ends it.
DEADLINE_SECONDS = 30.0
MOST_ANSWER_BYTES = 16 * 1024


Ip = IPv4Address | IPv6Address
# IPv6 addresses that end in the IPv4 address they lead to: compatible, and NAT64.
_EMBEDDING = (ip_network("::/96"), ip_network("64:ff9b::/96"))
# Where nobody outside has business: protocol assignments, a cloud's own host, local NAT64, sites.
_SPECIAL = tuple(
    map(ip_network, ("192.0.0.0/24", "168.63.129.16/32", "64:ff9b:1::/48", "fec0::/10"))
)


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


def host_of(url: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port of an address: who it is that gets what is sent there."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def may_go_to(address: str, *, is_private_allowed: bool) -> bool:
    """Tell whether requests may go to an IP address."""
    ip = _unwrapped(ip_address(address.partition("%")[0]))
    if ip.is_multicast or ip.is_unspecified or ip.is_link_local or _is_special(ip):
        return False
    if ip.is_loopback or not ip.is_global:
        return is_private_allowed and (ip.is_private or ip.is_loopback)
    return True


def _unwrapped(ip: Ip) -> Ip:
    """Return the IPv4 address that an IPv6 address leads to, where it does."""
    if not isinstance(ip, IPv6Address) or ip.is_loopback or ip.is_unspecified:
        return ip
    if any(ip in block for block in _EMBEDDING):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)


def _is_special(ip: Ip) -> bool:
    # The loopback of IPv6 lies in a block that is called reserved.
    is_reserved = ip.is_reserved and not ip.is_loopback
    return is_reserved or any(ip in block for block in _SPECIAL if block.version == ip.version)


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


def _addresses(connection: Any) -> list[str]:
    """Return where a connection would lead."""
    try:
        found = socket.getaddrinfo(connection._dns_host, connection.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as failure:
        reason = socket.gaierror(str(failure))
        raise NameResolutionError(connection.host, connection, reason) from failure
    return [str(each[4][0]) for each in found]


def _check(address: str, is_private_allowed: bool) -> None:
    if not may_go_to(address, is_private_allowed=is_private_allowed):
        raise AddressRefused(address)


def _pools(is_private_allowed: bool, deadline: _Deadline) -> dict[str, Any]:
    """Return what makes connections that lead only where they may, and end in time."""

    class Guarded:
        def _new_conn(self) -> socket.socket:
            # Looked at before too: whether a closed network listens is nobody's business.
            for address in _addresses(self):
                _check(address, is_private_allowed)
            opened: socket.socket = super()._new_conn()  # type: ignore[misc]
            try:
                _check(str(opened.getpeername()[0]), is_private_allowed)
            except AddressRefused:
                opened.close()
                raise
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
