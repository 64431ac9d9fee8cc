# SPDX-License-Identifier: AGPL-3.0-or-later
"""Connections to one server: kept alive, trusted by the system's certificates, and interruptible from another thread."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import truststore
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from reviewer_app.contract.edition import SERVER_TIME
from reviewer_app.gateway.connection_errors import ProxyTrouble
from reviewer_app.gateway.errors import Interrupted, Offline, UnexpectedAnswer
from reviewer_app.gateway.failures import error_of
from reviewer_app.gateway.proxies import proxy_to, shown

CHUNK_BYTES = 64 * 1024
LARGEST_ANSWER_BYTES = 32 * 1024 * 1024
POOL_SIZE = 8
_WITHOUT_BODY = frozenset({204, 304})
_PROXY_WANTS_LOGIN = 407


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, between two received pieces, and for a whole call."""

    connect: float = 5.0
    receive: float = 20.0
    total: float = 60.0


class _Sockets:
    """The sockets of one transport, so that another thread can cut them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live: set[socket.socket] = set()
        self.closed = threading.Event()

    def add(self, connected: socket.socket) -> None:
        with self._lock:
            self._live = {kept for kept in self._live if kept.fileno() >= 0}
            self._live.add(connected)
            if not self.closed.is_set():
                return
        _cut(connected)

    def close(self) -> None:
        with self._lock:
            self.closed.set()
            live, self._live = self._live, set()
        for connected in live:
            _cut(connected)


def _cut(connected: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # The plain method: the one of TLS sockets would take the TLS state away under a thread that is reading.
        socket.socket.shutdown(connected, socket.SHUT_RDWR)


def _pool_classes(sockets: _Sockets) -> dict[str, type[HTTPConnectionPool]]:
    class PlainConnection(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            _register(sockets, self.sock)

    class SecureConnection(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            _register(sockets, self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = SecureConnection

    return {"http": PlainPool, "https": SecurePool}


def _register(sockets: _Sockets, connected: Any) -> None:
    if isinstance(connected, socket.socket):
        sockets.add(connected)


def _connections_by(proxy: str | None, sockets: _Sockets) -> urllib3.PoolManager:
    """Give connections that trust what the system trusts, through a proxy if there is one."""
    options: dict[str, Any] = {
        "num_pools": 2,
        "maxsize": POOL_SIZE,
        "retries": False,
        "ssl_context": truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
    }
    if proxy is None:
        manager = urllib3.PoolManager(**options)
    else:
        login = urlsplit(proxy)
        named = unquote(f"{login.username}:{login.password or ''}") if login.username else None
        manager = urllib3.ProxyManager(proxy, proxy_headers=urllib3.make_headers(proxy_basic_auth=named), **options)
    manager.pool_classes_by_scheme = _pool_classes(sockets)
    return manager


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status, headers (names in lower case) and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """HTTP to one server. Thread-safe. ``close`` ends calls that are running in other threads, within milliseconds.

    ``on_time`` hears the server's time with each answer that tells it, in the thread of the call.
    The way to the server, straight or through a proxy, is found at the first call.
    """

    def __init__(
        self,
        base_url: str,
        *,
        user_agent: str,
        timeouts: Timeouts | None = None,
        on_time: Callable[[datetime], None] | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.host = urlsplit(self.base_url).netloc
        self._timeouts = timeouts or Timeouts()
        self._on_time = on_time
        self._sockets = _Sockets()
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"}
        self._making = threading.Lock()
        self._made: urllib3.PoolManager | None = None
        self._proxy: str | None = None

    @property
    def closed(self) -> bool:
        """Whether the transport was closed; every later call raises Interrupted."""
        return self._sockets.closed.is_set()

    def close(self) -> None:
        """End running calls and keep no connection. Idempotent."""
        self._sockets.close()
        with self._making:
            if self._made is not None:
                self._made.clear()

    def pause(self, seconds: float) -> None:
        """Wait before another try. Raises Interrupted when the transport is closed meanwhile."""
        if self._sockets.closed.wait(seconds):
            raise Interrupted

    def exchange(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
        receive_seconds: float | None = None,
    ) -> Answer:
        """Send one request and read the whole answer. Raises Offline, Untrusted, Interrupted, UnexpectedAnswer."""
        with self.stream(
            method, path, headers=headers, query=query, body=body, receive_seconds=receive_seconds
        ) as response:
            pieces = bytearray()
            for piece in self.pieces(response, total_seconds=self._timeouts.total):
                pieces += piece
                if len(pieces) > LARGEST_ANSWER_BYTES:
                    raise UnexpectedAnswer(f"{method} {path}", "the answer is too large")
            named = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, named, bytes(pieces))

    @contextlib.contextmanager
    def stream(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
        receive_seconds: float | None = None,
    ) -> Iterator[urllib3.BaseHTTPResponse]:
        """Send one request and give the response before its body is read. Errors as `exchange`."""
        if self.closed:
            raise Interrupted
        timeout = urllib3.Timeout(connect=self._timeouts.connect, read=receive_seconds or self._timeouts.receive)
        with self._translated():
            response = self._connections().urlopen(
                method,
                f"{self.base_url}{path}?{urlencode(query)}" if query else self.base_url + path,
                headers={**self._headers, **headers},
                body=body,
                timeout=timeout,
                redirect=False,
                preload_content=False,
            )
        try:
            self._tell_time(response)
            self._refuse_broken(response)
            yield response
        finally:
            response.close()
            response.release_conn()

    def pieces(self, response: urllib3.BaseHTTPResponse, *, total_seconds: float) -> Iterator[bytes]:
        """Give the body piece by piece; a body that takes longer in all than ``total_seconds`` raises Offline."""
        end = time.monotonic() + total_seconds
        with self._translated():
            for piece in response.stream(CHUNK_BYTES, decode_content=True):
                yield piece
                if time.monotonic() > end:
                    raise Offline(self.host, "the answer took too long")

    def _connections(self) -> urllib3.PoolManager:
        with self._making:
            if self._made is None:
                self._proxy = proxy_to(self.base_url)
                self._made = _connections_by(self._proxy, self._sockets)
            return self._made

    def _tell_time(self, response: urllib3.BaseHTTPResponse) -> None:
        told = response.headers.get(SERVER_TIME)
        if self._on_time is not None and told:
            with contextlib.suppress(ValueError, TypeError):
                self._on_time(datetime.fromisoformat(told).astimezone(UTC))

    def _refuse_broken(self, response: urllib3.BaseHTTPResponse) -> None:
        if response.status == _PROXY_WANTS_LOGIN and self._proxy is not None:
            raise ProxyTrouble(self.host, shown(self._proxy), str(response.status))
        # A connection that is cut inside the headers looks like an answer with fewer of them and no body.
        announced = "Content-Length" in response.headers or "Transfer-Encoding" in response.headers
        if response.status not in _WITHOUT_BODY and not announced:
            raise Offline(self.host, "the answer was cut off")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if self.closed:
                raise Interrupted from error
            proxy = self._proxy
            raise error_of(error, host=self.host or self.base_url, proxy=shown(proxy) if proxy else None) from error
