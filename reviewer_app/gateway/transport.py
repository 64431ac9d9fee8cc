# SPDX-License-Identifier: AGPL-3.0-or-later
"""Connections to one server: kept alive, trusted by the system's certificates, and interruptible from another thread."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from reviewer_app.gateway.errors import Interrupted, Offline, UnexpectedAnswer, Untrusted

CHUNK_BYTES = 64 * 1024
LARGEST_ANSWER_BYTES = 32 * 1024 * 1024
POOL_SIZE = 8
_WITHOUT_BODY = frozenset({204, 304})


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


class _Adapter(HTTPAdapter):
    """Connects with the system's trust store and keeps track of its sockets."""

    def __init__(self, sockets: _Sockets) -> None:
        self._sockets = sockets
        super().__init__(pool_connections=2, pool_maxsize=POOL_SIZE, max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, ssl_context=_trusting_the_system(), **options)
        self.poolmanager.pool_classes_by_scheme = _pool_classes(self._sockets)

    def proxy_manager_for(self, proxy: str, **options: Any) -> urllib3.ProxyManager:
        manager: urllib3.ProxyManager = super().proxy_manager_for(proxy, ssl_context=_trusting_the_system(), **options)
        manager.pool_classes_by_scheme = _pool_classes(self._sockets)
        return manager


def _trusting_the_system() -> ssl.SSLContext:
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status, headers (names in lower case) and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def _leave_as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    # Without an `auth` of its own a session takes names and passwords from ~/.netrc, in place of the bearer token.
    return request


class Transport:
    """HTTP to one server. Thread-safe. ``close`` ends calls that are running in other threads, within milliseconds.

    Proxies come from the environment.
    """

    def __init__(self, base_url: str, *, user_agent: str, timeouts: Timeouts | None = None) -> None:
        self.base_url = base_url.rstrip("/")
        self.host = urlsplit(self.base_url).netloc
        self._timeouts = timeouts or Timeouts()
        self._sockets = _Sockets()
        self._session = requests.Session()
        self._session.headers["User-Agent"] = user_agent
        self._session.auth = _leave_as_it_is
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, _Adapter(self._sockets))

    @property
    def closed(self) -> bool:
        """Whether the transport was closed; every later call raises Interrupted."""
        return self._sockets.closed.is_set()

    def close(self) -> None:
        """End running calls and keep no connection. Idempotent."""
        self._sockets.close()
        self._session.close()

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
            return Answer(response.status_code, named, bytes(pieces))

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
    ) -> Iterator[requests.Response]:
        """Send one request and give the response before its body is read. Errors as `exchange`."""
        if self.closed:
            raise Interrupted
        with self._translated():
            response = self._session.request(
                method,
                self.base_url + path,
                headers=dict(headers),
                params=dict(query or {}),
                data=body,
                timeout=(self._timeouts.connect, receive_seconds or self._timeouts.receive),
                allow_redirects=False,
                stream=True,
            )
        try:
            self._refuse_cut(response)
            yield response
        finally:
            response.close()

    def pieces(self, response: requests.Response, *, total_seconds: float) -> Iterator[bytes]:
        """Give the body piece by piece; a body that takes longer in all than ``total_seconds`` raises Offline."""
        end = time.monotonic() + total_seconds
        with self._translated():
            for piece in response.iter_content(CHUNK_BYTES):
                yield piece
                if time.monotonic() > end:
                    raise Offline(self.host, "the answer took too long")

    def _refuse_cut(self, response: requests.Response) -> None:
        # A connection that is cut inside the headers looks like an answer with fewer of them and no body.
        announced = "Content-Length" in response.headers or "Transfer-Encoding" in response.headers
        if response.status_code not in _WITHOUT_BODY and not announced:
            raise Offline(self.host, "the answer was cut off")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if self.closed:
                raise Interrupted from error
            raise self._error_of(error) from error

    def _error_of(self, error: Exception) -> Exception:
        if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE" in str(error).upper():
            return Untrusted(self.host, type(error).__name__)
        if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
            return Offline(self.host or self.base_url, "not an address of a server", reached=False)
        if isinstance(error, requests.exceptions.ContentDecodingError):
            return UnexpectedAnswer(self.host, "the answer cannot be decoded")
        return Offline(self.host, type(error).__name__, reached=not _never_connected(error))


def _never_connected(error: Exception) -> bool:
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    return isinstance(reason, urllib3.exceptions.NewConnectionError | urllib3.exceptions.NameResolutionError)
