# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk as a whole: everything that the window may ask for, put together."""

from __future__ import annotations

from reviewer_app.desk.cases import Cases
from reviewer_app.desk.changes import ChangeWatch
from reviewer_app.desk.claims import Claims
from reviewer_app.desk.clock import Clock
from reviewer_app.desk.documents import Documents, RendererFactory
from reviewer_app.desk.drafting import Drafts
from reviewer_app.desk.outbox import Outbox
from reviewer_app.desk.preferences import Preferences
from reviewer_app.desk.queue import Queue
from reviewer_app.desk.session import GatewayFactory, Sessions
from reviewer_app.store.store import Store
from reviewer_app.store.vault import Vault


class Desk:
    """One person's desk. Made and closed by the program's wiring; its parts may be used from any thread."""

    def __init__(
        self,
        *,
        store: Store,
        vault: Vault,
        preferences: Preferences,
        clock: Clock,
        connect: GatewayFactory,
        make_renderer: RendererFactory,
    ) -> None:
        self._store = store
        self._clock = clock
        self.preferences = preferences
        self.session = Sessions(store=store, vault=vault, preferences=preferences, clock=clock, connect=connect)
        self.drafts = Drafts(store=store, sessions=self.session, clock=clock)
        self.queue = Queue(store=store, sessions=self.session, clock=clock)
        self.cases = Cases(store=store, sessions=self.session, drafts=self.drafts, clock=clock)
        self.claims = Claims(store=store, sessions=self.session, cases=self.cases, clock=clock)
        self.outbox = Outbox(
            store=store, sessions=self.session, drafts=self.drafts, preferences=preferences, clock=clock
        )
        self.changes = ChangeWatch(sessions=self.session, on_online=self.outbox.wake)
        self.documents = Documents(store=store, sessions=self.session, clock=clock, make_renderer=make_renderer)

    def open_store(self) -> None:
        """Open the local store now rather than when it is first needed. Raises StoreError."""
        self._store.open()

    def tidy(self) -> None:
        """Forget what this computer need not keep any longer."""
        self._store.tidy(now=self._clock.now())

    def interrupt(self) -> None:
        """End running calls to the server, in whatever threads they are."""
        self.session.close()

    def close(self) -> None:
        """Close documents and the store, when no call is running any more. The outbox goes on at the next start."""
        self.session.close()
        self.documents.shut_down()
        self._store.close()
