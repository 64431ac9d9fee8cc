# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mail before a decision is that of the decision as it stands: another one takes it away, and never the hands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit, QTextBrowser, QWidget

from reviewer_app.models.decision.decision_model import DecisionModel
from tests.gui.conftest import WAIT_MS, Window

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def judged(desk_window: Window) -> Window:
    """A window with a claimed case of which a document is to be replaced."""
    window = desk_window
    window.open_case()
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    window.click("reason_not_readable")
    return window


def test_who_writes_beside_the_mail_goes_on_writing(judged: Window) -> None:
    window = judged
    window.press(Qt.Key.Key_2, on="pageArea", modifiers=ALT)
    window.until(lambda: window.shown("mailPreview"), "the mail is shown")
    note = window.find("customerNote", QPlainTextEdit)
    note.setFocus()
    for letter in (Qt.Key.Key_A, Qt.Key.Key_D, Qt.Key.Key_X):
        QTest.keyClick(_focused(), letter)
    assert not window.shown("mailPreview"), "it is not the mail of this note"
    assert note.toPlainText() == "adx"
    assert window.find("verdict_needs_replacement", QAbstractButton).isChecked()


def test_a_mail_that_comes_late_is_not_shown_for_another_draft(judged: Window) -> None:
    window = judged
    window.server.previews.clear()
    window.press(Qt.Key.Key_2, on="pageArea", modifiers=ALT)
    window.until(window.server.mail_asked.is_set, "the mail is asked for")
    window.type_into("customerNote", "Both sides, please")
    _let_the_mail_come(window)
    assert not window.shown("mailPreview")
    assert window.widget("customerNote").hasFocus()
    window.press(Qt.Key.Key_2, on="pageArea", modifiers=ALT)
    window.until(lambda: window.shown("mailPreview"), "the mail as it is now is shown")
    assert "Both sides, please" in window.find("mailPreview", QTextBrowser).toPlainText()


def test_a_mail_that_comes_late_is_not_shown_over_another_case(judged: Window) -> None:
    window = judged
    window.server.previews.clear()
    window.press(Qt.Key.Key_2, on="pageArea", modifiers=ALT)
    window.until(window.server.mail_asked.is_set, "the mail is asked for")
    window.press(Qt.Key.Key_Left, modifiers=ALT)
    window.open_case(1)
    window.until(lambda: window.find("caseName", QLabel).text() == window.names()[1], "another case is shown")
    _let_the_mail_come(window)
    assert not window.shown("mailPreview")


def _focused() -> QWidget:
    """Give what a keyboard types into."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _let_the_mail_come(window: Window) -> None:
    decision = window.main.findChild(DecisionModel)
    assert decision is not None
    with window.bot.waitSignal(decision.busy_changed, timeout=WAIT_MS):
        window.server.previews.set()
