# SPDX-License-Identifier: AGPL-3.0-or-later
"""The least that a PySide6 program with a window can do: the peer of the desktop's start. Ends by itself."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    """An empty window."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        super().paintEvent(event)
        QTimer.singleShot(0, _drawn)


def _drawn() -> None:
    sys.stdout.write(f"{time.time_ns()}\n")
    sys.stdout.flush()
    QApplication.quit()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = Window()
    window.resize(1200, 700)
    window.show()
    application.exec()
