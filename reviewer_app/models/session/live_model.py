# SPDX-License-Identifier: AGPL-3.0-or-later
"""The streams that run while somebody is signed in: changes of the server, claims kept, acts sent, the rest told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer_app.background.operation import Operation
from reviewer_app.background.runner import Runner

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk
    from reviewer_app.desk.events import ActChanged, ChangeEvent, LeaseEvent


class LiveModel(QObject):
    """Passes on what the streams say; every signal carries one event of ``desk.events`` and comes on the GUI thread."""

    cases_changed = Signal(object)
    connection_changed = Signal(object)
    session_ended = Signal(object)
    lease_renewed = Signal(object)
    lease_ended = Signal(object)
    act_changed = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._streams: list[Operation] = []

    def start(self) -> None:
        """Start the streams; a second start begins them anew."""
        self.stop()
        run = self._runner.stream
        self._streams = [
            run(self._desk.changes.watch, owner=self, on_event=self._change, key="changes"),
            run(self._desk.claims.keep, owner=self, on_event=self._lease, key="claims"),
            run(self._desk.outbox.run, owner=self, on_event=self._act, key="outbox"),
            run(self._desk.sharing.run, owner=self, on_event=self._told, key="sharing"),
        ]

    def stop(self) -> None:
        """End the streams; nothing more is told."""
        for stream in self._streams:
            stream.cancel()
        self._streams = []

    def _change(self, event: ChangeEvent) -> None:
        from reviewer_app.desk.events import CasesChanged, ConnectionChanged  # noqa: PLC0415 -- not for the first frame

        if isinstance(event, CasesChanged):
            self.cases_changed.emit(event)
        elif isinstance(event, ConnectionChanged):
            self.connection_changed.emit(event)
        else:
            self.session_ended.emit(event)

    def _lease(self, event: LeaseEvent) -> None:
        from reviewer_app.desk.events import LeaseEnded  # noqa: PLC0415 -- not for the first frame

        (self.lease_ended if isinstance(event, LeaseEnded) else self.lease_renewed).emit(event)

    def _act(self, event: ActChanged) -> None:
        self.act_changed.emit(event)

    def _told(self, _nothing: None) -> None:
        """What is told to the server this way is on the screen already."""
