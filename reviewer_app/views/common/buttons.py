# SPDX-License-Identifier: AGPL-3.0-or-later
"""Buttons: with words in a few variants, and with an icon alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from reviewer_app.views.common.colours import colours_of
from reviewer_app.views.common.icons import icon
from reviewer_app.views.common.tokens import ICON, ICON_SMALL


class Button(QPushButton):
    """A button with words and perhaps an icon. ``variant``: primary, danger, quiet, chip, segment, navigation."""

    def __init__(
        self, variant: str = "", icon_name: str = "", *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._variant = variant
        self._icon_name = icon_name
        if variant:
            self.setProperty("variant", variant)
        if compact:
            self.setProperty("compact", True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._draw()

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        if not self._icon_name:
            return
        colours = colours_of(self.palette())
        colour = {"primary": colours.on_accent, "danger": colours.danger, "quiet": colours.accent}.get(
            self._variant, colours.ink
        )
        self.setIcon(icon(self._icon_name, colour, disabled=colours.muted, size=ICON_SMALL))
        self.setIconSize(QSize(ICON_SMALL, ICON_SMALL))


class IconButton(QToolButton):
    """A button with an icon alone. Its name is its tooltip and what a screen reader says."""

    def __init__(self, icon_name: str, *, size: int = ICON, quiet: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._quiet = quiet
        self._size = size
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(size, size))
        self._draw()

    def set_name(self, name: str, *, keys: str = "") -> None:
        """Name the button; ``keys`` are shown beside the name in the tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({keys})" if keys else name)

    def set_icon_name(self, icon_name: str) -> None:
        """Show another icon."""
        self._icon_name = icon_name
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colours = colours_of(self.palette())
        colour = colours.muted if self._quiet else colours.ink
        self.setIcon(icon(self._icon_name, colour, disabled=colours.line_strong, size=self._size))


class MenuButton(IconButton):
    """An icon button that opens a menu."""

    def __init__(self, icon_name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(icon_name, parent=parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))


class SelectButton(QToolButton):
    """Shows a choice; pressing it opens the menu of choices."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("variant", "select")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMenu(QMenu(self))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.setIcon(icon("chevron-down", colours_of(self.palette()).muted, size=ICON_SMALL))
        self.setIconSize(QSize(ICON_SMALL, ICON_SMALL))
