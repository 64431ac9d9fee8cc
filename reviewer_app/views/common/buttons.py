# SPDX-License-Identifier: AGPL-3.0-or-later
"""Buttons: with words in a few variants, and with an icon alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from reviewer_app.models.texts import plain_hint
from reviewer_app.views.common.colours import current_colours, is_redrawing
from reviewer_app.views.common.icons import icon, icon_pixmap
from reviewer_app.views.common.tokens import ICON, ICON_SMALL, RADIUS_SMALL, SPACE_1, SPACE_2, SPACE_6

LEAST_TAB, WIDEST_TAB = 96, 300


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
        self.setIconSize(QSize(ICON_SMALL, ICON_SMALL))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._icon_name and self.icon().isNull():  # it is drawn when it is shown; its room is kept from the start
            hint.setWidth(hint.width() + ICON_SMALL + SPACE_1)
        return hint

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        self._draw()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_redrawing(event) and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        if not self._icon_name:
            return
        colours = current_colours()
        colour = {"primary": colours.on_accent, "danger": colours.danger, "quiet": colours.accent}.get(
            self._variant, colours.ink
        )
        shown = colour if self.isEnabled() else colours.muted
        self.setIcon(icon(self._icon_name, shown, size=ICON_SMALL, ratio=self.devicePixelRatioF()))


class ElidedTab(Button):
    """Leads to a thing by its name, which ends in an ellipsis where there is no room; the tooltip has all of it."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("navigation", parent=parent)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_name(self, name: str) -> None:
        """Show the name of another thing."""
        self.setText(name.replace("&", "&&"))
        self.setToolTip(plain_hint(name))

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(QSize(WIDEST_TAB, 1000))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_TAB, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class CheckBox(QCheckBox):
    """A check box drawn from the tokens; its words end in an ellipsis where there is no room."""

    _BOX = 16

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text().replace("&", ""))
        return QSize(self._BOX + SPACE_2 + width + SPACE_1, max(26, self.fontMetrics().height() + SPACE_2))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._BOX + SPACE_6, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2.5, (self.height() - self._BOX) / 2 + 0.5, self._BOX - 1, self._BOX - 1)
        on, live = self.isChecked(), self.isEnabled()
        edge = colours.accent if (on and live) or self.hasFocus() else colours.line_strong
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor((colours.accent if live else colours.line_strong) if on else colours.field))
        painter.drawRoundedRect(box, RADIUS_SMALL, RADIUS_SMALL)
        if on:
            mark = icon_pixmap("check", colours.on_accent, 12, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(box.left() + 1.5, box.top() + 1.5), mark)
        left = self._BOX + SPACE_2 + 2
        room = QRect(left, 0, self.width() - left, self.height())
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(colours.ink if live else colours.muted))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic)
        painter.drawText(room, flags, shown)


class IconButton(QToolButton):
    """A button with an icon alone. Its name is its tooltip and what a screen reader says."""

    def __init__(self, icon_name: str, *, size: int = ICON, quiet: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._quiet = quiet
        self._size = size
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(size, size))

    def set_name(self, name: str, *, keys: str = "") -> None:
        """Name the button; ``keys`` are shown beside the name in the tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({keys})" if keys else name)

    def set_icon_name(self, icon_name: str) -> None:
        """Show another icon."""
        self._icon_name = icon_name
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        self._draw()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_redrawing(event) and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        colours = current_colours()
        colour = colours.muted if self._quiet else colours.ink
        shown = colour if self.isEnabled() else colours.line_strong
        self.setIcon(icon(self._icon_name, shown, size=self._size, ratio=self.devicePixelRatioF()))


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
        self.setIconSize(QSize(ICON_SMALL, ICON_SMALL))

    def showEvent(self, event: QShowEvent) -> None:
        self._draw()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_redrawing(event) and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        self.setIcon(icon("chevron-down", current_colours().muted, size=ICON_SMALL, ratio=self.devicePixelRatioF()))
