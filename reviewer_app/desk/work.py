# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of the desk that work on cases, put together. Heavy: brings in pydantic, not needed for the queue."""

from __future__ import annotations

from reviewer_app.desk.cases import Cases
from reviewer_app.desk.changes import ChangeWatch
from reviewer_app.desk.claims import Claims
from reviewer_app.desk.clock import Clock
from reviewer_app.desk.documents import Documents, RendererFactory
from reviewer_app.desk.drafting import Drafts
from reviewer_app.desk.outbox import Outbox
from reviewer_app.desk.practice import Practice
from reviewer_app.desk.preferences import Preferences
from reviewer_app.desk.printing import Prints
from reviewer_app.desk.queue_work import QueueWork
from reviewer_app.desk.session import Sessions
from reviewer_app.desk.sharing import Sharing
from reviewer_app.desk.told import Told
from reviewer_app.desk.turns import Turns
from reviewer_app.store.store import Store


class Work:
    """Drafts, cases, claims, outbox, changes and documents of one desk, and what a test bench knows."""

    def __init__(
        self,
        *,
        store: Store,
        sessions: Sessions,
        preferences: Preferences,
        clock: Clock,
        server_clock: Clock,
        make_renderer: RendererFactory,
    ) -> None:
        self.drafts = Drafts(store=store, sessions=sessions, clock=clock)
        self.cases = Cases(store=store, sessions=sessions, drafts=self.drafts, clock=clock)
        self.claims = Claims(store=store, sessions=sessions, cases=self.cases, clock=server_clock)
        self.outbox = Outbox(store=store, sessions=sessions, drafts=self.drafts, preferences=preferences, clock=clock)
        self.queue_work = QueueWork(sessions=sessions, claims=self.claims, told=Told(store.told_path))
        self.changes = ChangeWatch(sessions=sessions, on_online=self._back_online)
        self.documents = Documents(store=store, sessions=sessions, clock=clock, make_renderer=make_renderer)
        self.sharing = Sharing(sessions=sessions)
        self.turns = Turns(store=store, sessions=sessions, documents=self.documents, sharing=self.sharing)
        self.prints = Prints(store=store, sessions=sessions, sharing=self.sharing)
        self.practice = Practice(sessions=sessions)

    def _back_online(self) -> None:
        self.outbox.wake()
        self.sharing.wake()
