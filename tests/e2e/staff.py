# SPDX-License-Identifier: AGPL-3.0-or-later
"""A reviewer at the desktop's real window, by mouse and keys; what is seen is read from the widgets themselves."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QTableView, QWidget

from reviewer_app.models.queue.columns import QueueColumn
from tests.e2e.window import WindowDriver


class Staff(WindowDriver):
    """One person at one desktop."""

    # --- signing in and the queue

    def sign_in(self, username: str, password: str) -> None:
        """Type name and password and press the button; done when the queue is on the screen."""
        self.wait("the form to sign in", lambda: self.shows("username"))
        self.type(self.see(QLineEdit, "username"), username)
        self.type(self.see(QLineEdit, "password"), password)
        self.click("signIn")
        self.wait("the queue", lambda: self.shows("queueView"))

    def waits_in_queue(self, name: str) -> bool:
        """Say whether a company stands in the queue as it is shown now."""
        return self._row_of(name) is not None

    def round_in_queue(self, name: str) -> str:
        """Read the round of a company from the queue."""
        index = self._row_of(name)
        assert index is not None
        return str(index.siblingAtColumn(self._column(QueueColumn.ROUND)).data())

    def open_case(self, name: str) -> None:
        """Double-click the company's row; done when its case is shown."""
        index = self._row_of(name)
        assert index is not None, f"{name} is not in the queue"
        table = self.see(QTableView, "queueTable")
        table.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        middle = table.visualRect(index).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        self.wait("the case", lambda: self.shows("caseName") and self.case_name() == name)

    def case_name(self) -> str:
        """Read the name of the company whose case is shown."""
        return self.see(QLabel, "caseName").text()

    def back_to_queue(self) -> None:
        """Go back to the queue."""
        self.click("backToQueue")
        self.wait("the queue", lambda: self.shows("queueView"))

    # --- the case

    def claim(self) -> None:
        """Take the case; done when it can be decided."""
        self.click("claim")
        self.wait("the claim", lambda: self.shows("release"))

    def look_at_document(self, number: int) -> None:
        """Open a document of the list (from 1) and page through it; done when no page of it is left to look at."""
        self.click(f"document_{number}")
        self.wait(f"document {number} to open", lambda: self.shows("pageArea") and self._opened(number))
        area = self.see(QWidget, "pageArea")
        QTest.keyClick(area, Qt.Key.Key_Home)
        pages = int(self._page_shown().split()[-1])
        for page in range(1, pages + 1):
            self.wait(f"page {page} to count as seen", partial(self._at_most_left, number, pages - page))
            QTest.keyClick(area, Qt.Key.Key_PageDown)

    def documents(self) -> int:
        """Count the documents in the list."""
        number = 0
        while self.has(f"document_{number + 1}"):
            number += 1
        return number

    # --- the decision

    def ask_for_correction(self, document: int, reason: str, note: str) -> None:
        """Accept all, then mark one document (from 1) as to be replaced for a reason, and show the mail."""
        self.key("Shift+A")
        self.click(f"document_{document}")
        self.click("verdict_needs_replacement")
        self.click(f"reason_{reason}")
        self.type(self.see(QWidget, "customerNote"), note)
        self.click("outcome_request_correction")
        self.wait("the preview of the mail", lambda: self.shows("mailPreview"))

    def approve(self) -> None:
        """Accept all documents and show the mail."""
        self.key("Shift+A")
        self.click("outcome_approve")
        self.wait("the preview of the mail", lambda: self.shows("mailPreview"))

    def confirm(self) -> None:
        """Confirm what the preview showed; done when the countdown with its undo stands there."""
        self.click("confirmDecision")
        self.wait("the countdown", lambda: self.shows("undoToast"))

    def warns_of_unseen_pages(self) -> bool:
        """Say whether the preview names pages that nobody looked at."""
        return self.shows("unseenWarning")

    def show_history(self) -> None:
        """Open the history beside the case."""
        self.click("toggleHistory")
        self.wait("the history", lambda: self.shows("historyView"))

    def state_shown(self) -> str:
        """Read the state of the case from its header."""
        return self.see(QLabel, "caseState").text()

    def _row_of(self, name: str) -> QModelIndex | None:
        model = self.see(QTableView, "queueTable").model()
        column = self._column(QueueColumn.COMPANY)
        for row in range(model.rowCount()):
            index = model.index(row, column)
            if index.data() == name:
                return index
        return None

    def _column(self, column: QueueColumn) -> int:
        return list(QueueColumn).index(column)

    def _opened(self, number: int) -> bool:
        kind = self.see(QLabel, "documentTitle").text().partition(" · ")[0]
        return kind in self.see(QWidget, f"document_{number}").accessibleName() and bool(self._page_shown())

    def _page_shown(self) -> str:
        return self.see(QLabel, "pageOf").text()

    def _pages_left(self, number: int) -> int:
        facts = self.see(QWidget, f"document_{number}").accessibleName()
        counts = range(1, 201)
        return next((left for left in counts if self._unseen_words(left) in facts), 0)

    def _at_most_left(self, number: int, most: int) -> bool:
        return self._pages_left(number) <= most

    def _unseen_words(self, count: int) -> str:
        return QCoreApplication.translate("DocumentRow", "%n not looked at", "", count)
