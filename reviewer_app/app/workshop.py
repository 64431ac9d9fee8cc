# SPDX-License-Identifier: AGPL-3.0-or-later
"""The heavy half of the wiring: store, gateway, renderer, desk. Imported and made in a worker, after the first frame."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from reviewer_app.app.bootstrap import Options
from reviewer_app.desk.clock import ServerClock, SystemClock
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.preferences import Preferences
from reviewer_app.gateway.gateway import Gateway
from reviewer_app.gateway.tokens import Listener
from reviewer_app.store.store import Store
from reviewer_app.store.vault import KeyringVault

if TYPE_CHECKING:
    from reviewer_app.documents.renderer import Renderer
    from reviewer_app.documents.workers import WorkerPool


class Workshop:
    """Owns what has to be closed at the end. Raises StoreError when the local store cannot be opened."""

    def __init__(self, options: Options, preferences: Preferences) -> None:
        self._preferences = preferences
        self._page_seconds = options.page_seconds
        self._pools: list[WorkerPool] = []
        self._lock = threading.Lock()
        self._closed = False
        self._server_clock = ServerClock(SystemClock())
        self.desk = Desk(
            store=Store(options.paths.store),
            vault=options.vault or KeyringVault(),
            preferences=preferences,
            clock=SystemClock(),
            server_clock=self._server_clock,
            connect=self._connect,
            make_renderer=self._make_renderer,
        )

    def interrupt(self) -> None:
        """End what is running: calls to the server and drawing."""
        self.desk.interrupt()
        with self._lock:
            self._closed = True
            pools, self._pools = self._pools, []
        for pool in pools:
            pool.close()

    def close(self) -> None:
        """Close everything. Idempotent."""
        self.interrupt()
        self.desk.close()

    def _connect(self, url: str, listener: Listener) -> Gateway:
        return Gateway(
            url,
            language=lambda: self._preferences.language,
            on_session=listener,
            on_time=self._server_clock.heard,
        )

    def _make_renderer(self) -> Renderer:
        from reviewer_app.documents.limits import WorkerLimits  # noqa: PLC0415 -- as below
        from reviewer_app.documents.renderer import Renderer  # noqa: PLC0415 -- the queue comes first
        from reviewer_app.documents.workers import WorkerPool  # noqa: PLC0415 -- as above

        with self._lock:
            limits = WorkerLimits() if self._page_seconds is None else WorkerLimits(call_seconds=self._page_seconds)
            pool = WorkerPool(limits=limits, size=2)
            if self._closed:
                pool.close()
            else:
                self._pools.append(pool)
        return Renderer(pool)
