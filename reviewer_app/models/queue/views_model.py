# SPDX-License-Identifier: AGPL-3.0-or-later
"""The views of the queue with their counts, and acts on the selected cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.contract.working_time import working_seconds
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.queue_work import BulkOutcome, QueueView, StaffUser, query_of
from reviewer_app.desk.rows import QueueQuery
from reviewer_app.models.queue.queue_model import QueueModel
from reviewer_app.models.queue.view_names import count_text

COUNT_PAUSE_MS = 700


class ViewsModel(QObject):
    """Signals: ``changed`` when views or counts came, ``people_known``, ``acted`` (BulkOutcome), ``failed`` (error)."""

    changed = Signal()
    people_known = Signal()
    acted = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, queue: QueueModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._queue = queue
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(COUNT_PAUSE_MS)
        self._pause.timeout.connect(self._go_on)
        self._count_again = False
        self._counted = False
        self.views: tuple[QueueView, ...] = ()
        self.people: tuple[StaffUser, ...] = ()
        queue.loaded.connect(self._follow_queue)
        queue.detached.connect(self._forget)

    @property
    def own_id(self) -> str:
        """The id of the person who is signed in, empty when nobody is."""
        current = self._desk.session.current
        return current.user_id if current else ""

    @property
    def is_supervisor(self) -> bool:
        """Whether the person may share views and give cases to others."""
        current = self._desk.session.current
        return current is not None and current.role == "supervisor"

    def count_of(self, view: QueueView) -> str:
        """Write how many cases a view has; nothing as long as that is not known."""
        return count_text(view.count) if self._counted else ""

    def now(self) -> datetime:
        """Give the moment at the server."""
        return self._desk.now()

    def start(self) -> None:
        """Load views, people and the calendar."""
        self.load()
        self._runner.run(_warm_calendar, owner=self, on_success=self._calendar_known, key="calendar")

    def load(self) -> None:
        """Read the views and their counts, and who works here until that is known."""
        if self._desk.session.current is not None:
            self._runner.run(
                self._desk.queue_work.views, owner=self, on_success=self._know, on_failure=self._not_known, key="views"
            )
            if not self.people:
                people = self._desk.queue_work.people
                self._runner.run(
                    people, owner=self, on_success=self._know_people, on_failure=self._not_known, key="people"
                )

    def show(self, view: QueueView) -> None:
        """Show a view in the queue."""
        self._queue.set_query(query_of(view))

    def is_shown(self, view: QueueView) -> bool:
        """Whether the queue shows just this view, in whatever order."""
        query = self._queue.query
        return replace(query_of(view), sort=query.sort) == query

    def keep(self, name: str, *, shared: bool, query: QueueQuery) -> None:
        """Keep what the queue shows under a name."""
        self._runner.run(
            partial(self._desk.queue_work.keep_view, name=name, shared=shared, query=query),
            owner=self,
            on_success=self._changed_views,
            on_failure=self.failed.emit,
        )

    def forget(self, view_id: str) -> None:
        """Remove a view."""
        self._runner.run(
            partial(self._desk.queue_work.forget_view, view_id=view_id),
            owner=self,
            on_success=self._changed_views,
            on_failure=self.failed.emit,
        )

    def claim(self, companies: Mapping[str, int]) -> None:
        """Claim cases."""
        self._act(partial(self._desk.queue_work.claim, companies=companies))

    def unassign(self, companies: Mapping[str, int]) -> None:
        """Take cases back from whose they are to do."""
        self._act(partial(self._desk.queue_work.unassign, companies=companies))

    def assign(self, companies: Mapping[str, int], person_id: str) -> None:
        """Give cases to a person to do."""
        self._act(partial(self._desk.queue_work.assign, companies=companies, person_id=person_id))

    def hold(self, companies: Mapping[str, int], reason: str, until: datetime | None) -> None:
        """Put cases aside."""
        self._act(partial(self._desk.queue_work.hold, companies=companies, reason=reason, until=until))

    def end_hold(self, companies: Mapping[str, int]) -> None:
        """Take cases back that were put aside."""
        self._act(partial(self._desk.queue_work.end_hold, companies=companies))

    def release(self, companies: Mapping[str, int]) -> None:
        """Let the person's own cases go."""
        self._act(partial(self._desk.queue_work.release, companies=companies))

    def _act(self, call: partial[BulkOutcome]) -> None:
        self._runner.run(call, owner=self, on_success=self._acted, on_failure=self.failed.emit)

    def _acted(self, outcome: BulkOutcome) -> None:
        self._queue.refresh_soon()
        self._count()
        self.acted.emit(outcome)

    def _follow_queue(self) -> None:
        """Count anew. A view that was empty, and has rows on the screen now, is not said to be empty until then."""
        if self._queue.rowCount() and any(view.count == 0 and self.is_shown(view) for view in self.views):
            self._counted = False
            self.changed.emit()
        self._count()

    def _count(self) -> None:
        """Count at once, and what changes after that together a little later."""
        if self._pause.isActive():
            self._count_again = True
        else:
            self._pause.start()
            self.load()

    def _go_on(self) -> None:
        if self._count_again:
            self._count_again = False
            self._count()

    def _know(self, views: tuple[QueueView, ...]) -> None:
        self.views = views
        self._counted = True
        self.changed.emit()

    def _forget(self) -> None:
        """Know nothing any more: what the next person may see is counted for them."""
        self._runner.forget("views", owner=self)
        self._runner.forget("people", owner=self)
        self._pause.stop()
        self.views, self.people, self._counted, self._count_again = (), (), False, False
        self.changed.emit()

    def _not_known(self, _error: BaseException) -> None:
        """Leave all as it was: the next change asks again."""

    def _know_people(self, people: tuple[StaffUser, ...]) -> None:
        self.people = people
        self.people_known.emit()

    def _calendar_known(self, _seconds: int) -> None:
        self._queue.waiting.use(working_seconds)

    def _changed_views(self, _view: object) -> None:
        self.load()


def _warm_calendar() -> int:
    now = datetime.now().astimezone()
    return working_seconds(now.replace(month=1, day=1), now)
