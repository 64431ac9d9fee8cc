# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run as a program of its own that can be killed: ``python -m tests.gui.killed_desk URL FOLDER WHAT HOLD_SECONDS``.

It says on its output how far it came, and goes on until it is killed. WHAT is ``decide`` (approve the first case),
``wait`` (for what an earlier run left), ``undo`` (what an earlier run left), ``write`` (a note to the customer), or
``print`` (the first case's first document, on a printer that takes one page and then no other).
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from reviewer_app.app.bootstrap import Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.store.vault import MemoryVault
from reviewer_app.views.case.case_view import CaseView
from tests.fakes.gateway_memory import PASSWORD
from tests.gui.hands import Hands

FIRST_CASE = "c3"
TEXT = "Please send page 2 again."
PAGES = 3


def say(line: str) -> None:
    """Tell the test how far it came."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def claim(hands: Hands) -> None:
    """Claim the open case."""
    hands.click("claim")
    hands.until(lambda: hands.find("customerNote", QPlainTextEdit).isEnabled(), "the case is mine")


def decide(hands: Hands) -> None:
    """Approve the first case; the decision is held then."""
    hands.open_first_case()
    claim(hands)
    QTest.keyClick(hands.find("pageArea", QWidget), Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    hands.click("outcome_approve")
    hands.click("confirmDecision")
    hands.until(lambda: hands.shown("undoToastAction"), "the decision is held")
    say("held")


def undo(hands: Hands) -> None:
    """Take back what an earlier run held."""
    hands.until(lambda: hands.shown("undoToastAction"), "the decision is still held")
    hands.click("undoToastAction")
    hands.until(lambda: not hands.shown("undoToastAction"), "it is taken back")
    hands.open_first_case()
    hands.until(lambda: hands.shown("release"), "the case is still mine")
    say("undone")


def write(hands: Hands) -> None:
    """Write a note to the customer, or find the one that an earlier run wrote."""
    hands.open_first_case()
    note = hands.find("customerNote", QPlainTextEdit)
    hands.until(lambda: hands.shown("claim") or hands.shown("release"), "it is known whose the case is")
    if hands.shown("release"):
        hands.until(lambda: note.toPlainText() == TEXT, "what was written is there")
        say("found")
        return
    claim(hands)
    note.setFocus()
    QTest.keyClicks(note, TEXT)
    hands.until(lambda: _kept_note(hands) == TEXT, "it is kept on this computer")
    say("written")


def _kept_note(hands: Hands) -> str | None:
    desk = hands.application.desk
    assert desk is not None
    draft = desk.drafts.load(company_id=FIRST_CASE)
    return draft.customer_note if draft is not None else None


class StuckPrinter(QPdfWriter):
    """Takes the first page, says so when it is to take the next, and waits for ever."""

    def newPage(self) -> bool:  # noqa: N802 -- Qt's name
        say("page 2")
        threading.Event().wait()
        return False


def print_first(hands: Hands) -> None:
    """Print a document whose second page never comes out."""
    hands.open_first_case()
    viewer = hands.find("caseView", CaseView).viewer
    hands.until(lambda: viewer.model.page_count == PAGES, "the document is open")
    viewer.printing.print_on(StuckPrinter(str(Path(sys.argv[2]) / "paper.pdf")), range(1, PAGES + 1))


def wait(hands: Hands) -> None:
    """Let the window send what an earlier run left."""
    hands.until(lambda: hands.shown("queueViews"), "the queue is grown")
    say("there")


def main() -> None:
    """Open the window and do what was asked for."""
    url, folder, what, hold_seconds = sys.argv[1:5]
    qt = QApplication([])
    options = Options(
        paths=AppPaths(Path(folder)),
        server_url=url,
        credentials=("anna", PASSWORD),
        language="en",
        theme="light",
        vault=MemoryVault(),
    )
    application = build(qt, options)
    application.preferences.set_hold_seconds(int(hold_seconds))
    application.show()
    hands = Hands(qt, application)
    {"decide": decide, "undo": undo, "write": write, "wait": wait, "print": print_first}[what](hands)
    qt.exec()


if __name__ == "__main__":
    main()
