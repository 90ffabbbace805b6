"""The collector as an application of its own, in front of the pages.

It has none of what pages need: no session, no sign-in, no forgery check, no cookies. That is half
of what a request costs, and nothing that is sent to it can meet them.
"""

import re
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import Any

from flask import Flask, Response, request
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app.extensions import db
from app.queue import PATIENCE_SECONDS, JobName, ring_once
from app.tracking import queries, services
from app.tracking.admission import Admission
from app.tracking.api import bp
from app.tracking.inbox import Arrival, ArrivalUnfit, Inbox, InboxFull, Room, Seldom
from app.tracking.intake import ROUTES, Intake
from app.tracking.quotas import Quotas
from app.tracking.turns import Turn
from app.tracking.write_keys import OpenedSource, WriteKeys

PATHS = re.compile(r"/+(v1/|beacon/|sourceConfig\b|track\.js$)")
PREFLIGHT_SECONDS = 86_400
# What comes to an idle platform is stored at once; what comes all the time every few seconds.
RING_SECONDS = 10.0
_HEADER_NAMES = re.compile(r"[A-Za-z0-9 ,_-]{1,500}")

WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Collector(Flask):
    """Takes in what clients send, for the platform whose database and queue it uses."""

    def __init__(self, platform: Flask) -> None:
        super().__init__(__name__, static_folder=None, template_folder=None)
        self._platform = platform
        # A redirected POST comes back as a GET without its body, so nothing is ever redirected.
        self.url_map.strict_slashes = False
        self.url_map.merge_slashes = False
        self.config.from_mapping(platform.config)
        quotas = Quotas(_connected(platform.config["REDIS_URL"]))
        self.admission = Admission(WriteKeys(self._found), quotas)
        self._intake = Intake(self.admission, self.keep, self.config["MAX_EVENTS_BYTES"])
        self._inbox = Inbox(self._written, shared=(InboxFull, OperationalError, OSError))
        self._connection: Connection | None = None
        self._turn: Callable[[], AbstractContextManager[None]] = nullcontext
        self._room = Room(self._is_full)
        self._ring = Seldom(self._rung, RING_SECONDS)
        self.register_blueprint(bp)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request; most are messages, which are taken in without more ado."""
        path = f"/{environ['PATH_INFO'].strip('/')}"
        if path in ROUTES and environ["REQUEST_METHOD"] == "POST":
            environ["PATH_INFO"] = path
            return self._intake(environ, start_response)
        return super().__call__(environ, start_response)

    def keep(self, arrival: Arrival) -> None:
        """Return when it is durable; raise InboxFull, ArrivalUnfit or what the database raises."""
        self._inbox.keep(arrival)
        if arrival.message_count:
            self._ring()

    def make_default_options_response(self) -> Response:
        """Let pages of any site ask; whether they may send is told by the write key they have."""
        wanted = request.headers.get("Access-Control-Request-Headers", "")
        return Response(
            status=204,
            headers={
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Allow-Methods": "POST, GET, OPTIONS",
                "Access-Control-Allow-Headers": (
                    wanted if _HEADER_NAMES.fullmatch(wanted) else "Authorization, Content-Type"
                ),
                "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
                "Vary": "Access-Control-Request-Headers",
            },
        )

    def _found(self, key: str) -> OpenedSource | None:
        with self._platform.app_context():
            return queries.opened_source(key)

    def _written(self, arrivals: Sequence[Arrival]) -> None:
        """Keep them; only one thread at a time is here, so they all use one connection."""
        self._room.check()
        try:
            if self._connection is None:
                self._connection = self._connected()
            with self._turn():
                services.receive(self._connection, arrivals)
        except ArrivalUnfit:
            raise
        except Exception:
            # What broke it may have broken the connection, too.
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.invalidate()
                connection.close()
            raise

    def _connected(self) -> Connection:
        with self._platform.app_context():
            connection = db.engine.connect()
        if connection.dialect.name == "sqlite":
            self._turn = Turn(self.config["LOCKS_DIR"] / "inbox.lock")
        return connection

    def _is_full(self) -> bool:
        most = self.config["INBOX_REQUESTS"], self.config["INBOX_BYTES"]
        with self._platform.app_context():
            return queries.is_inbox_full(*most)

    def _rung(self) -> None:
        with self._platform.app_context():
            ring_once(JobName.FLUSH_INBOX)


class Front:
    """Hands requests to the collector or to the pages, by their path."""

    def __init__(self, platform: Flask) -> None:
        self._platform = platform
        self._pages: WsgiApp = platform.wsgi_app
        self._making = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request."""
        path = environ.get("PATH_INFO", "")
        if PATHS.match(path) is None:
            return self._pages(environ, start_response)
        environ["PATH_INFO"] = f"/{path.lstrip('/')}"
        return self._collector(environ, start_response)

    @property
    def _collector(self) -> Flask:
        with self._making:
            return self._made

    @cached_property
    def _made(self) -> Flask:
        return Collector(self._platform)


def init_app(platform: Flask) -> None:
    """Put the collector in front of the pages."""
    platform.wsgi_app = Front(platform)  # type: ignore[method-assign]


def _connected(url: str) -> Redis:
    return Redis.from_url(
        url,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
