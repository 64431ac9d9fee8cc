# SPDX-License-Identifier: AGPL-3.0-or-later
"""Garbage is collected on the GUI thread only: a collection in a worker may end widgets there and deadlock."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MILLISECONDS = 1000
SETTLED_MILLISECONDS = 10_000


class GarbageGuard(QObject):
    """Turns automatic collection off and collects by a timer, the older generations when they are due."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MILLISECONDS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MILLISECONDS)
        self._settled.timeout.connect(self._leave_alone)

    def settle(self) -> None:
        """Leave alone from now on whatever there is: what the start loaded and made stays until the end.

        To look through all of it took the window's thread 90 ms. It is done once more after `SETTLED_MILLISECONDS`, when
        the screens that are made ahead are there too.
        """
        self._leave_alone()
        self._settled.start()

    def stop(self) -> None:
        """Give collection back to the interpreter, as it was."""
        self._timer.stop()
        self._settled.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _leave_alone(self) -> None:
        gc.freeze()

    @Slot()
    def _collect(self) -> None:
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
