# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person without a mouse or without sight meets in a window: names and roles, the way of the Tab key, the focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
MOST_STEPS = 250
EDGE = 3


def described(widget: QWidget) -> str:
    """Name a widget for a message of a test."""
    return f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r}"


def parts(top: QWidget) -> list[QWidget]:
    """List what can be used in a window: visible controls and whatever else takes the focus, without their inner parts."""
    found = []
    for widget in [top, *top.findChildren(QWidget)]:
        if not widget.isVisible() or widget.window() is not top.window() or widget.objectName().startswith("qt_"):
            continue
        if _is_inner(widget):
            continue
        if isinstance(widget, CONTROLS) or (widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget is not top):
            found.append(widget)
    return found


def _is_inner(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, CONTROLS):
            return True
        parent = parent.parentWidget()
    return False


def unspoken(top: QWidget) -> list[str]:
    """List what a screen reader could not say: a control without a name or without a role."""
    wrong = []
    for widget in parts(top):
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name).strip() or interface.role() == QAccessible.Role.NoRole:
            wrong.append(described(widget))
    return wrong


def reached_by_tab(top: QWidget) -> list[QWidget]:
    """Press Tab until the focus comes back to where it began; fails when it never does: that is a trap."""
    start = QApplication.focusWidget()
    if start is None or start.window() is not top.window():
        QTest.keyClick(top, Qt.Key.Key_Tab)
        start = QApplication.focusWidget()
    assert start is not None, "Tab leads nowhere"
    reached = [start]
    for _ in range(MOST_STEPS):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None, f"Tab loses the focus after {described(focus)}"
        if now is start:
            return reached
        if now is focus and isinstance(focus, QAbstractSpinBox):
            continue  # Tab goes through the parts of a date
        assert now is not focus, f"Tab stays in {described(focus)}"
        assert now not in reached, (
            f"Tab goes in a circle at {described(now)} and never comes back to {described(start)}"
        )
        reached.append(now)
    raise AssertionError(f"Tab does not come back to {described(start)}")


def unreached(top: QWidget) -> list[str]:
    """List what can be used but is not on the way of the Tab key."""
    reached = {_outer(widget) for widget in reached_by_tab(top)}
    return [described(one) for one in parts(top) if _is_on_the_way(one) and one not in reached]


def _outer(widget: QWidget) -> QWidget:
    outer, parent = widget, widget.parentWidget()
    while parent is not None:
        if isinstance(parent, CONTROLS):
            outer = parent
        parent = parent.parentWidget()
    return outer


def _is_on_the_way(widget: QWidget) -> bool:
    if not widget.isEnabled() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is None or widget is group.checkedButton()  # Tab stops once in a group, arrows go through it


def unseen(top: QWidget) -> list[str]:
    """List where the focus cannot be seen: the picture with it is that without it."""
    wrong = []
    for widget in parts(top):
        if not _is_on_the_way(widget) or widget.visibleRegion().isEmpty():
            continue
        resting = next(one for one in [*parts(top), top] if one is not widget)
        resting.setFocus(Qt.FocusReason.TabFocusReason)
        without = _picture(top, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if widget.hasFocus() and _picture(top, widget) == without:
            wrong.append(described(widget))
    return wrong


def _picture(top: QWidget, widget: QWidget) -> QImage:
    place = widget.mapTo(top, QPoint(0, 0)) if widget is not top else QPoint(0, 0)
    return top.grab(QRect(place, widget.size()).adjusted(-EDGE, -EDGE, EDGE, EDGE)).toImage()


def troubles(top: QWidget) -> list[str]:
    """List everything that is wrong for a person without a mouse or without sight."""
    return [
        *(f"no name or role: {one}" for one in unspoken(top)),
        *(f"not reached by Tab: {one}" for one in unreached(top)),
        *(f"focus not seen: {one}" for one in unseen(top)),
    ]
