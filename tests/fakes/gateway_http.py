# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fake server behind real sockets, and a proxy between that cuts connections at chosen moments."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections import deque
from collections.abc import Iterable
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.gateway_memory import Reply
from tests.fakes.gateway_server import FakeServer

PIECE = 64 * 1024


class HttpFake:
    """A fake server on a free port of the loopback, with ``tls`` over HTTPS. Use as a context manager."""

    def __init__(self, server: FakeServer, *, tls: ssl.SSLContext | None = None) -> None:
        self.server = server
        self._http = _Server(("127.0.0.1", 0), _handler_of(server))
        self._scheme = "http" if tls is None else "https"
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return "127.0.0.1", self._http.server_port

    @property
    def url(self) -> str:
        """The address for a gateway."""
        return f"{self._scheme}://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.stop()
        self._http.shutdown()
        self._thread.join()
        self._http.end_connections()
        self._http.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._sockets: set[socket.socket] = set()

    def process_request(self, request: object, client_address: object) -> None:
        if isinstance(request, socket.socket):
            self._sockets.add(request)
        super().process_request(request, client_address)  # type: ignore[arg-type] # the stubs name socket and address types

    def end_connections(self) -> None:
        """Cut kept-alive connections, so that their threads end."""
        for connected in self._sockets:
            with contextlib.suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Connections that are cut are what these tests are about."""


def _handler_of(server: FakeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the base class's
            """Keep quiet."""

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def do_PUT(self) -> None:
            self._serve()

        def do_DELETE(self) -> None:
            self._serve()

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._write(server.handle(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body))

        def _write(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in (reply.headers | server.told_time()).items():
                self.send_header(name, value)
            if reply.status != 204:
                self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

    return Handler


class Cut(Enum):
    """What the proxy does to one connection."""

    NOTHING = "nothing"
    REFUSE = "refuse"
    BEFORE_REQUEST = "before the request"
    BEFORE_ANSWER = "before the answer"
    INSIDE_ANSWER = "inside the answer"


class CuttingProxy:
    """A TCP proxy that treats connections by a list, one entry each, and lets the rest pass.

    Each connection carries one exchange and is closed after it, so that the list says what happens to which call.
    """

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._cuts: deque[Cut] = deque()
        self._unanswered = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._stopped = threading.Event()
        self._paused = threading.Event()
        self._thread = threading.Thread(target=self._accept)
        self._live: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._workers: list[threading.Thread] = []

    @property
    def url(self) -> str:
        """The address for a gateway."""
        return self._url

    def cut(self, cuts: Iterable[Cut]) -> None:
        """Say what happens to the connections from now on."""
        self._cuts.extend(cuts)

    def leave_unanswered(self, part: str) -> None:
        """Let requests with this in their first line reach the server, but never give its answer; "" for none."""
        self._unanswered = part.encode()

    @property
    def left(self) -> int:
        """How many entries of the list are still to come."""
        return len(self._cuts)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def pause(self) -> None:
        """Cut what is connected and treat every new connection so, until `resume`."""
        self._paused.set()
        self._cut_live()

    def resume(self) -> None:
        """Let connections pass again."""
        self._paused.clear()

    def close(self) -> None:
        """Refuse connections from now on and cut those that are there. Idempotent."""
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._cut_live()
        self._thread.join()
        for worker in self._workers:
            worker.join()

    def _cut_live(self) -> None:
        with self._lock:
            live = list(self._live)
        for connected in live:
            with contextlib.suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            cut = self._cuts.popleft() if self._cuts else Cut.NOTHING
            if self._paused.is_set():
                cut = Cut.REFUSE
            worker = threading.Thread(target=self._carry, args=(client, cut))
            self._workers.append(worker)
            worker.start()

    def _carry(self, client: socket.socket, cut: Cut) -> None:
        with client, contextlib.suppress(OSError):
            self._keep(client)
            if cut is Cut.REFUSE:
                return
            request = _read_message(client)
            if cut is Cut.BEFORE_REQUEST or not request:
                return
            with socket.create_connection(self._target) as server:
                self._keep(server)
                server.sendall(request)
                answer = _read_message(server)
                if self._unanswered and self._unanswered in request.partition(b"\r\n")[0]:
                    client.recv(PIECE)  # until the one that asked gives up
                    return
                if cut is Cut.BEFORE_ANSWER:
                    return
                client.sendall(answer[: len(answer) // 2] if cut is Cut.INSIDE_ANSWER else _closing(answer))
        self._drop(client)

    def _keep(self, connected: socket.socket) -> None:
        with self._lock:
            self._live.add(connected)

    def _drop(self, connected: socket.socket) -> None:
        with self._lock:
            self._live = {kept for kept in self._live if kept.fileno() >= 0 and kept is not connected}


def _read_message(connected: socket.socket) -> bytes:
    """Read one HTTP message: headers, then as many bytes as they announce."""
    content = b""
    while b"\r\n\r\n" not in content:
        piece = connected.recv(PIECE)
        if not piece:
            return content
        content += piece
    head, _, body = content.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = (int(lengths[0]) if lengths else 0) - len(body)
    while missing > 0:
        piece = connected.recv(PIECE)
        if not piece:
            break
        content += piece
        missing -= len(piece)
    return content


def _closing(answer: bytes) -> bytes:
    head, separator, body = answer.partition(b"\r\n\r\n")
    return head + b"\r\nconnection: close" + separator + body
