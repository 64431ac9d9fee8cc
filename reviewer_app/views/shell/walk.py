# SPDX-License-Identifier: AGPL-3.0-or-later
"""Next and previous within the list that a case was opened from. It moves only when it is asked to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal


class ListWalk(QObject):
    """Remembers the list as it was when a case of it was opened. ``wanted`` carries the id of the case to show,
    ``moved`` (place from 1, length) follows each change; the length is 0 when the open case came from no list.
    """

    wanted = Signal(str)
    moved = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[str, ...] = ()
        self._place = -1

    def begin(self, ids: Sequence[str], company_id: str) -> None:
        """Walk a list from one of its cases on."""
        self._ids = tuple(ids)
        self.follow(company_id)

    def follow(self, company_id: str) -> None:
        """Take in which case is open now."""
        self._place = self._ids.index(company_id) if company_id in self._ids else -1
        self.moved.emit(self._place + 1, len(self._ids) if self._place >= 0 else 0)

    @property
    def next_id(self) -> str:
        """The id of the case after the open one, empty when there is none."""
        return self._ids[self._place + 1] if 0 <= self._place < len(self._ids) - 1 else ""

    def next(self) -> None:
        """Ask for the case after the open one."""
        self._step(1)

    def previous(self) -> None:
        """Ask for the case before the open one."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._place >= 0 and 0 <= self._place + step < len(self._ids):
            self.wanted.emit(self._ids[self._place + step])
