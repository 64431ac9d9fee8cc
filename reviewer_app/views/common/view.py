# SPDX-License-Identifier: AGPL-3.0-or-later
"""The base of all screens and panels: follows language and theme while open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from reviewer_app.views.common.colours import current_colours, is_restyling
from reviewer_app.views.common.tokens import SPACE_2, Colours

_Layout = TypeVar("_Layout", bound=QBoxLayout)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks about, and restyle the widget when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class View(QWidget):
    """A widget whose texts and colours follow the application.

    Subclasses fill ``retranslate`` and ``restyle``; both are called on a change, and by the subclass once it is built.
    ``role`` names the look in the style sheet: canvas, surface, card, well, toolbar, footer, bar.
    """

    def __init__(self, parent: QWidget | None = None, *, role: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if role:
            self.setProperty("role", role)

    def retranslate(self) -> None:
        """Set all texts in the language of the application."""

    def restyle(self) -> None:
        """Take colours and icons from the theme in force."""

    def colours(self) -> Colours:
        """Give the colours of the theme in force."""
        return current_colours()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif is_restyling(event):
            self.restyle()


def put_away(layout: QBoxLayout, widgets: Iterable[QWidget]) -> None:
    """Take widgets out of a layout for good; they are gone from the screen at once."""
    for widget in widgets:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def column(
    parent: QWidget | None = None, *, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Make a vertical layout; margins are left, top, right, bottom."""
    return _plain(QVBoxLayout(parent) if parent is not None else QVBoxLayout(), spacing, margins)


def row(
    parent: QWidget | None = None, *, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Make a horizontal layout; margins are left, top, right, bottom."""
    return _plain(QHBoxLayout(parent) if parent is not None else QHBoxLayout(), spacing, margins)


def together(*widgets: QWidget) -> QWidget:
    """Put widgets beside each other in one that holds them, so that no line breaks between them."""
    holder = QWidget()
    inside = row(holder, spacing=SPACE_2)
    for widget in widgets:
        inside.addWidget(widget)
    return holder


def _plain(layout: _Layout, spacing: int, margins: tuple[int, int, int, int]) -> _Layout:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout
