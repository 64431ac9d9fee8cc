# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings that need the server or the local store: the own password, and what this computer keeps."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.desk.desk import Desk


class SettingsModel(QObject):
    """Signals: ``password_changed``, ``password_refused`` (error), ``kept_known`` (documents, bytes)."""

    password_changed = Signal()
    password_refused = Signal(object)
    kept_known = Signal(int, object)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner

    @property
    def server_url(self) -> str:
        """The server's address, empty before it was chosen."""
        return self._desk.session.server_url or ""

    @property
    def signed_in_as(self) -> str:
        """Name and user name of the person, empty when nobody is signed in."""
        current = self._desk.session.current
        return f"{current.display_name} ({current.username})" if current else ""

    def change_password(self, current: str, new: str) -> None:
        """Change the person's own password."""
        self._runner.run(
            partial(self._desk.session.change_password, current=current, new=new),
            owner=self,
            on_success=self._changed,
            on_failure=self.password_refused.emit,
            key="password",
        )

    def look_at_kept(self) -> None:
        """Count the documents that this computer keeps."""
        self._runner.run(self._desk.kept_documents, owner=self, on_success=self._counted, key="kept")

    def forget_documents(self) -> None:
        """Remove the documents that this computer keeps."""
        self._runner.run(self._desk.forget_documents, owner=self, on_success=self._forgotten, key="forget")

    def _changed(self, _nothing: None) -> None:
        self.password_changed.emit()

    def _counted(self, figures: tuple[int, int]) -> None:
        self.kept_known.emit(*figures)

    def _forgotten(self, _nothing: None) -> None:
        self.look_at_kept()
