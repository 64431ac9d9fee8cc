# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a screen reader says: every control of every window has a name and a role, and the keyboard reaches it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.settings.settings_view import SettingsView
from tests.gui.real_desk import OpenWindow, RealWindow, companies, engine, make_world, open_window, world, world_pool
from tests.support.world import PASSWORD, World

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
)


def nameless(top: QWidget) -> list[str]:
    """List the visible controls without a name or a role; parts of a control speak through it."""
    found = []
    for widget in [top, *top.findChildren(QWidget)]:
        if not widget.isVisible() or not isinstance(widget, CONTROLS):
            continue
        parent = widget.parentWidget()
        if isinstance(parent, CONTROLS) or widget.objectName().startswith("qt_"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name).strip() or interface.role() == QAccessible.Role.NoRole:
            found.append(f"{type(widget).__name__} {widget.objectName()!r}")
    return found


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_control_of_every_window_has_a_name(open_window: OpenWindow, world: World, language: str) -> None:
    world.staff("maria", StaffRole.SUPERVISOR)
    companies(world, 2)
    window = open_window(language=language)
    assert nameless(window.main) == []
    window.sign_in("maria", PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    window.find("queueTable", QAbstractItemView).selectAll()
    window.choose("queueViews", "keepView")
    assert nameless(window.main) == []
    window.open_case(0)
    window.click("claim")
    window.until(lambda: window.shown("release"), "the case is mine")
    window.press(Qt.Key.Key_H, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert nameless(window.main) == []
    window.click("toggleHistory")
    assert nameless(window.main) == []
    _settings_and_figures(window)
    for action, name in (
        (ActionId.SHOW_KEYS, "keysDialog"),
        (ActionId.SHOW_PALETTE, "palette"),
        (ActionId.SHOW_LOG, "logDialog"),
    ):
        window.main.actions_registry[action].trigger()
        dialog = window.find(name, QDialog)
        assert nameless(dialog) == []
        dialog.close()


def _settings_and_figures(window: RealWindow) -> None:
    window.main.actions_registry[ActionId.SHOW_SETTINGS].trigger()
    view = window.find("settingsView", SettingsView)
    for page in ("generalSettings", "keySettings", "accountSettings", "storageSettings"):
        view.show_page(page)
        window.until(window.widget(page).isVisible, "the page is shown")
        assert nameless(window.main) == []
    window.main.actions_registry[ActionId.SHOW_DASHBOARD].trigger()
    window.until(lambda: window.shown("dashboardView"), "the dashboard is shown")
    assert nameless(window.main) == []


def test_the_keyboard_goes_round_the_queue_and_its_focus_is_seen(open_window: OpenWindow, world: World) -> None:
    world.staff()
    companies(world, 2)
    window = open_window()
    window.sign_in(password=PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    window.widget("queueSearch").setFocus()
    reached = set()
    for _ in range(40):
        focus = window.application_object().focusWidget()
        assert focus is not None
        reached.add(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    wanted = {"queueSearch", "queueFilter_open", "queueState", "queueViews", "queueRefresh", "nextCase", "queueTable"}
    assert wanted <= reached, wanted - reached
