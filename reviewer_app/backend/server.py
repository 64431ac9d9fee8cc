# SPDX-License-Identifier: AGPL-3.0-or-later
"""Listens and serves until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

_BACKLOG = 2048
_GRACE_SECONDS = 10
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}  # noqa: S104  # compared, not bound


class Listener:
    """A bound socket, so that the address is known before the application is made. A context manager.

    Raises OSError when the address cannot be had.
    """

    def __init__(self, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        bound = socket.create_server((host, port), family=family, backlog=_BACKLOG)
        # Named as TCP, so that asyncio switches Nagle's algorithm off on each connection: an answer's head and body
        # are sent one after the other, and with it each body would wait 40 ms for the client to confirm the head.
        self.socket = socket.socket(bound.family, bound.type, socket.IPPROTO_TCP, bound.detach())
        shown = _WILDCARDS.get(host) or (f"[{host}]" if ":" in host else host)
        self.url = f"http://{shown}:{self.socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()


class _Uvicorn(uvicorn.Server):
    """Says when it is ready, and lets those who wait for changes go as soon as it is told to stop."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._stopping = stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let go, then stop."""
        self._stopping()
        await super().shutdown(sockets)


class HttpServer:
    """Serves an application on a listener. Requests under way get 10 seconds to end.

    ``ready`` is called when requests are answered, ``stopping`` when the end begins.
    """

    def __init__(
        self,
        application: ASGIApp,
        listener: Listener,
        *,
        ready: Callable[[], None],
        stopping: Callable[[], None],
    ) -> None:
        config = uvicorn.Config(
            application,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="on",
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        self._listener = listener
        self._server = _Uvicorn(config, ready, stopping)

    def run(self) -> None:
        """Serve until `stop`, or in the main thread SIGINT or SIGTERM."""
        self._server.run(sockets=[self._listener.socket])

    def stop(self) -> None:
        """Have `run` return soon; from any thread."""
        self._server.should_exit = True
