# SPDX-License-Identifier: AGPL-3.0-or-later
"""Desks for tests: real store and real gateway, on a server of the test's choice."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reviewer_app.background.operation import Cancellation
from reviewer_app.desk.clock import Clock, ServerClock, SystemClock
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.preferences import Preferences
from reviewer_app.documents.renderer import Renderer
from reviewer_app.documents.workers import WorkerPool
from reviewer_app.gateway.gateway import Gateway
from reviewer_app.gateway.transport import Timeouts
from reviewer_app.store.store import Store
from reviewer_app.store.vault import MemoryVault, Vault

QUICK = Timeouts(connect=5.0, receive=5.0, total=20.0)


@contextlib.contextmanager
def open_desk(
    folder: Path, url: str | None, *, vault: Vault | None = None, clock: Clock | None = None
) -> Iterator[Desk]:
    """Give a desk on a server, with its data in a folder; closed at the end."""
    preferences = Preferences(folder / "preferences.json", default_language="en")
    if url is not None:
        preferences.set_server_url(url)
    pools: list[WorkerPool] = []
    computer = clock or SystemClock()
    server_clock = ServerClock(computer)

    def make_renderer() -> Renderer:
        pools.append(WorkerPool(size=1))
        return Renderer(pools[-1])

    desk = Desk(
        store=Store(folder / "store"),
        vault=vault or MemoryVault(),
        preferences=preferences,
        clock=computer,
        server_clock=server_clock,
        connect=lambda address, listener: Gateway(
            address,
            language=lambda: preferences.language,
            on_session=listener,
            timeouts=QUICK,
            on_time=server_clock.heard,
        ),
        make_renderer=make_renderer,
    )
    try:
        yield desk
    finally:
        desk.close()
        for pool in pools:
            pool.close()


@dataclass
class Streamed:
    """A stream of the desk running in a thread of the test; ended and joined by the context manager."""

    cancellation: Cancellation = field(default_factory=Cancellation)
    events: list[Any] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the stream to end."""
        self.cancellation.cancel()

    def of(self, kind: type[Any]) -> list[Any]:
        """Give the events of a kind so far."""
        return [event for event in list(self.events) if isinstance(event, kind)]


@contextlib.contextmanager
def streaming(function: Callable[[Callable[[Any], None], Cancellation], None]) -> Iterator[Streamed]:
    """Run a stream of the desk; it is cancelled and must end when the block does. Its error is raised then."""
    stream = Streamed()

    def work() -> None:
        try:
            function(stream.events.append, stream.cancellation)
        except Exception as error:  # noqa: BLE001 -- raised again where the test sees it
            stream.errors.append(error)
        finally:
            stream.ended.set()

    thread = threading.Thread(target=work, name="stream under test")
    thread.start()
    try:
        yield stream
    finally:
        stream.cancel()
        thread.join(30)
    assert not thread.is_alive(), "the stream did not end"
    if stream.errors:
        raise stream.errors[0]
