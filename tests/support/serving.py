# SPDX-License-Identifier: AGPL-3.0-or-later
"""An application behind the server's own HTTP server, in a thread of the test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from reviewer_app.backend.server import HttpServer, Listener


@contextmanager
def serving(application: ASGIApp, *, stopping: Callable[[], None]) -> Iterator[str]:
    """Serve on loopback until the block ends; gives the address. ``stopping`` is called when the end begins."""
    with Listener("127.0.0.1", 0) as listener, serving_at(listener, application, stopping=stopping):
        yield listener.url


@contextmanager
def serving_at(listener: Listener, application: ASGIApp, *, stopping: Callable[[], None]) -> Iterator[None]:
    """Serve at an address that the application may have been told before."""
    ready = threading.Event()
    server = HttpServer(application, listener, ready=ready.set, stopping=stopping)
    thread = threading.Thread(target=server.run, name="server")
    thread.start()
    try:
        assert ready.wait(30)
        yield
    finally:
        server.stop()
        thread.join()
