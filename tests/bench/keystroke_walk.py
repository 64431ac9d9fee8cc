# SPDX-License-Identifier: AGPL-3.0-or-later
"""Approves one case and sends another back, by keys alone; prints how many each took."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from reviewer_app.app.bootstrap import Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.store.vault import MemoryVault
from tests.e2e.mailbox import Mailbox
from tests.e2e.stack import STAFF_PASSWORD, Server
from tests.e2e.staff import Staff

CONTROL, ALT, SHIFT, PLAIN = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
USERNAME = "anna.lis"
COMPANIES = 10


class Keyboard:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self.count = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press one key, perhaps with one beside it."""
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        self.count += 1
        QTest.keyClick(focus, key, modifier)
        self._staff.turn(0.05)


def claim_next(staff: Staff, keys: Keyboard) -> None:
    """Claim and open the case that waits longest."""
    before = staff.case_name() if staff.shows("caseName") else ""
    keys.press(Qt.Key.Key_N)
    staff.wait("the case", lambda: staff.shows("release") and staff.shows("document_1") and staff.case_name() != before)
    staff.wait("the focus", staff.see(QLabel, "caseName").isVisible)
    staff.turn(0.3)


def confirm(staff: Staff, keys: Keyboard) -> None:
    """Look at the mail and let it go."""
    staff.wait("the mail", lambda: staff.shows("mailPreview"))
    keys.press(Qt.Key.Key_Return)
    staff.wait("the countdown", lambda: staff.shows("undoToast"))


def approval(staff: Staff) -> int:
    """Approve a case from the open queue."""
    keys = Keyboard(staff)
    claim_next(staff, keys)
    keys.press(Qt.Key.Key_A, SHIFT)
    keys.press(Qt.Key.Key_1, ALT)
    confirm(staff, keys)
    return keys.count


def correction(staff: Staff) -> int:
    """Ask for another version of the second document for its first reason."""
    keys = Keyboard(staff)
    claim_next(staff, keys)
    keys.press(Qt.Key.Key_2)
    keys.press(Qt.Key.Key_1, CONTROL)
    keys.press(Qt.Key.Key_2, ALT)
    confirm(staff, keys)
    return keys.count


def main(folder: Path) -> int:
    """Walk both ways; gives the exit code."""
    qt = QApplication([])
    with Mailbox() as mailbox:
        server = Server(folder / "server", mailbox.url)
        server.command("seed", "--companies", str(COMPANIES))
        server.add_staff(USERNAME, "reviewer", "Anna Lis")
        with server:
            options = Options(
                paths=AppPaths(folder / "desktop"),
                server_url=server.url,
                credentials=(USERNAME, STAFF_PASSWORD),
                vault=MemoryVault(),
                language="en",
            )
            application = build(qt, options)
            application.main_window.show()
            staff = Staff(application.main_window)
            try:
                staff.wait("the queue", lambda: staff.has("queueViews"))
                application.main_window.activateWindow()
                print(approval(staff), correction(staff))
            finally:
                application.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
