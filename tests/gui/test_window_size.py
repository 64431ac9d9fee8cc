# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window's first size on screens of several sizes, and its return to where it was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from reviewer_app.desk.preferences import Preferences
from reviewer_app.views.shell.placing import fills, keep_place, place_window


@pytest.mark.parametrize(
    ("width", "height", "filled"), [(1366, 768, True), (1366, 728, True), (1280, 1024, True), (1920, 1040, False)]
)
def test_a_small_screen_is_filled_and_a_large_one_is_not(width: int, height: int, filled: bool) -> None:
    assert fills(QRect(0, 0, width, height)) is filled


def test_the_first_window_is_never_larger_than_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    place_window(window, Preferences(tmp_path / "preferences.json"))
    available = window.screen().availableGeometry()
    assert window.width() <= available.width()
    assert window.height() <= available.height()
    assert window.minimumWidth() <= available.width()


def test_the_window_comes_back_to_the_size_that_it_was_left_in(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "preferences.json")
    left = QMainWindow()
    qtbot.addWidget(left)
    left.setGeometry(20, 30, 700, 600)
    keep_place(left, preferences)
    again = QMainWindow()
    qtbot.addWidget(again)
    place_window(again, preferences)
    assert again.size().width() == max(700, again.minimumWidth())
