# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands between a desktop and its server in a company: a proxy that tunnels, and an authority of its own."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import trustme

HOST = "reviewer.test"
"""A name that no resolver knows: only the proxy finds the server behind it."""
_PIECE = 64 * 1024


class CompanyAuthority:
    """An authority that no system knows, until its certificate is among those that the system trusts."""

    def __init__(self) -> None:
        self._authority = trustme.CA()

    def context(self, *names: str, expired: bool = False) -> ssl.SSLContext:
        """Give the server's side of TLS, with a certificate for these names."""
        past = datetime.now(UTC) - timedelta(days=1)
        since, until = (past - timedelta(days=9), past) if expired else (None, None)
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*names, not_before=since, not_after=until).configure_cert(made)
        return made

    def write_to(self, path: Path) -> Path:
        """Write the authority's certificate as a system keeps it."""
        self._authority.cert_pem.write_to_path(str(path))
        return path


class TunnelProxy:
    """A proxy that knows ``reviewer.test``: ``CONNECT`` is joined to the server, or refused. Use as a context manager.

    ``login`` (user:password) is asked for when it is set; ``refusal`` is a status with which every tunnel is refused.
    """

    def __init__(self, target: tuple[str, int], *, login: str = "", refusal: int | None = None) -> None:
        self._target = target
        self._login = base64.b64encode(login.encode()).decode("ascii") if login else ""
        self._refusal = refusal
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.tunnels: list[str] = []
        self._live: list[socket.socket] = []
        self._workers: list[threading.Thread] = []
        self._thread = threading.Thread(target=self._accept, name="tunnel proxy")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connected in (self._listener, *self._live):
            with contextlib.suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for worker in self._workers:
            worker.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, client)

    def _start(self, work: object, *sockets: socket.socket) -> None:
        assert callable(work)
        self._live += sockets
        worker = threading.Thread(target=work, args=sockets, name="tunnel")
        self._workers.append(worker)
        worker.start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = client.recv(_PIECE)
                if not piece:
                    return
                head += piece
            lines = head.decode("latin-1").split("\r\n")
            status = self._status(lines)
            if status != 200:
                client.sendall(f"HTTP/1.1 {status} No\r\ncontent-length: 0\r\n\r\n".encode())
                return
            self.tunnels.append(lines[0])
            with socket.create_connection(self._target) as server:
                client.sendall(b"HTTP/1.1 200 Joined\r\n\r\n")
                self._start(_pass_on, server, client)
                _pass_on(client, server)

    def _status(self, lines: list[str]) -> int:
        if self._login and f"proxy-authorization: basic {self._login}".lower() not in [one.lower() for one in lines]:
            return 407
        return self._refusal or (200 if lines[0].startswith(f"CONNECT {HOST}:") else 502)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
