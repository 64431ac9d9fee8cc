# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's first start of the desktop: signs in, sees the queue, closes. What it keeps, later starts find."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from reviewer_app.app.bootstrap import Options, build
from reviewer_app.app.paths import AppPaths
from tests.bench.filling import STAFF_NAME, STAFF_PASSWORD

_DEADLINE_MS = 60_000


def main(server_url: str, data_folder: str) -> int:
    """Sign in; gives the exit code, 1 when no queue came in a minute."""
    qt = QApplication(["reviewer-app"])
    credentials = (STAFF_NAME, STAFF_PASSWORD)
    desktop = build(
        qt, Options(paths=AppPaths(Path(data_folder)), server_url=server_url, language="pl", credentials=credentials)
    )
    desktop.main_window.queue_shown.connect(qt.quit)
    deadline = QTimer(singleShot=True, interval=_DEADLINE_MS)
    deadline.timeout.connect(_give_up)
    deadline.start()
    desktop.show()
    code = qt.exec()
    desktop.close()
    return code


def _give_up() -> None:
    QApplication.exit(1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
