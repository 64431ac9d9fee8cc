# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk as a whole: everything that the window may ask for, put together."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import TYPE_CHECKING

from reviewer_app.desk.clock import Clock
from reviewer_app.desk.preferences import Preferences
from reviewer_app.desk.queue import Queue
from reviewer_app.desk.session import GatewayFactory, Sessions
from reviewer_app.store.store import Store
from reviewer_app.store.vault import Vault

if TYPE_CHECKING:
    from reviewer_app.desk.cases import Cases
    from reviewer_app.desk.changes import ChangeWatch
    from reviewer_app.desk.claims import Claims
    from reviewer_app.desk.documents import Documents, RendererFactory
    from reviewer_app.desk.drafting import Drafts
    from reviewer_app.desk.outbox import Outbox
    from reviewer_app.desk.practice import Practice
    from reviewer_app.desk.printing import Prints
    from reviewer_app.desk.queue_work import QueueWork
    from reviewer_app.desk.sharing import Sharing
    from reviewer_app.desk.turns import Turns
    from reviewer_app.desk.work import Work


class Desk:
    """One person's desk. Made and closed by the program's wiring; its parts may be used from any thread.

    Session and queue are there at once. The parts for work on cases come together when the first of them is asked
    for, or by `prepare`: what they import takes longer than the queue.
    """

    def __init__(
        self,
        *,
        store: Store,
        vault: Vault,
        preferences: Preferences,
        clock: Clock,
        server_clock: Clock | None = None,
        connect: GatewayFactory,
        make_renderer: RendererFactory,
    ) -> None:
        self._store = store
        self._clock = clock
        self._server_clock = server_clock or clock
        self._make_renderer = make_renderer
        self._making = threading.Lock()
        self._work: Work | None = None
        self.preferences = preferences
        self.session = Sessions(store=store, vault=vault, preferences=preferences, clock=clock, connect=connect)
        self.queue = Queue(store=store, sessions=self.session, clock=self._server_clock)

    def now(self) -> datetime:
        """Give the moment at the server, in UTC: what leases, holds and waiting times go by."""
        return self._server_clock.now()

    @property
    def drafts(self) -> Drafts:
        """Drafts of decisions."""
        return self.prepare().drafts

    @property
    def cases(self) -> Cases:
        """One case and what hangs on it."""
        return self.prepare().cases

    @property
    def claims(self) -> Claims:
        """Cases that the person holds."""
        return self.prepare().claims

    @property
    def queue_work(self) -> QueueWork:
        """Views, acts on several cases, and who works here."""
        return self.prepare().queue_work

    @property
    def outbox(self) -> Outbox:
        """The person's acts on their way to the server."""
        return self.prepare().outbox

    @property
    def changes(self) -> ChangeWatch:
        """What changes on the server."""
        return self.prepare().changes

    @property
    def documents(self) -> Documents:
        """Documents and their pages."""
        return self.prepare().documents

    @property
    def turns(self) -> Turns:
        """How pages are turned."""
        return self.prepare().turns

    @property
    def prints(self) -> Prints:
        """The record of what is printed."""
        return self.prepare().prints

    @property
    def sharing(self) -> Sharing:
        """The way to the server of turned pages and of what became of prints."""
        return self.prepare().sharing

    @property
    def practice(self) -> Practice:
        """What a test bench says about its cases."""
        return self.prepare().practice

    def prepare(self) -> Work:
        """Make the parts for work on cases, unless they are there."""
        with self._making:
            if self._work is None:
                from reviewer_app.desk.work import Work  # noqa: PLC0415 -- see the class

                self._work = Work(
                    store=self._store,
                    sessions=self.session,
                    preferences=self.preferences,
                    clock=self._clock,
                    server_clock=self._server_clock,
                    make_renderer=self._make_renderer,
                )
            return self._work

    def warm_up(self) -> None:
        """Make the parts for work on cases and start the renderer's processes: a first case waits for neither."""
        self.prepare().documents.warm_up()

    def open_store(self) -> None:
        """Open the local store now rather than when it is first needed. Raises StoreError."""
        self._store.open()

    def tidy(self) -> None:
        """Forget what this computer need not keep any longer."""
        self._store.tidy(now=self._clock.now(), document_days=self.preferences.number("document_days"))

    def kept_documents(self) -> tuple[int, int]:
        """Give how many documents this computer keeps, and their size in bytes."""
        return self._store.documents.figures()

    def forget_documents(self) -> None:
        """Remove all copies of documents from this computer; each is fetched anew when it is shown."""
        self._store.documents.purge(now=self._clock.now(), everything=True)

    def interrupt(self) -> None:
        """End running calls to the server, in whatever threads they are."""
        self.session.close()

    def close(self) -> None:
        """Close documents and the store, when no call is running any more. The outbox goes on at the next start."""
        self.session.close()
        with self._making:
            work = self._work
        if work is not None:
            work.documents.shut_down()
        self._store.close()
