# SPDX-License-Identifier: AGPL-3.0-or-later
"""A row of tools that goes on in a second line where the window is narrow, as on an enlarged screen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget, QWidgetItem

from reviewer_app.views.common.tokens import SPACE_2


@dataclass(frozen=True)
class _Part:
    """A widget or a gap. What ``grows`` may be as narrow as its least width, and takes what its line has left."""

    item: QLayoutItem
    grows: bool = False
    is_gap: bool = False

    @property
    def width(self) -> int:
        return self.item.minimumSize().width() if self.grows else self.item.sizeHint().width()


@dataclass(frozen=True)
class _Line:
    parts: tuple[_Part, ...]
    spacing: int

    def height(self, width: int) -> int:
        """Give the height of the highest part; one with words in lines is the higher the narrower it is."""
        return max(
            part.item.heightForWidth(wide) if part.item.hasHeightForWidth() else part.item.sizeHint().height()
            for part, wide in zip(self.parts, self.widths(width), strict=True)
        )

    def widths(self, width: int) -> list[int]:
        """Give each part its width: what grows takes what is left, up to its widest; gaps take the rest."""
        widths = [part.width for part in self.parts]
        spare = width - sum(widths) - self.spacing * (sum(not part.is_gap for part in self.parts) - 1)
        for gaps in (False, True):
            growing = [place for place, part in enumerate(self.parts) if part.grows and part.is_gap is gaps]
            for number, place in enumerate(growing):
                most = self.parts[place].item.maximumSize().width() - widths[place]
                more = max(0, min(spare // (len(growing) - number), most))
                widths[place] += more
                spare -= more
        return [min(wide, width) for wide in widths]

    def place(self, left: int, top: int, width: int) -> int:
        """Put all parts where they belong; gives the height of the line."""
        height = self.height(width)
        for part, wide in zip(self.parts, self.widths(width), strict=True):
            part.item.setGeometry(QRect(left, top, wide, height))
            left += wide + (0 if part.is_gap else self.spacing)
        return height


class WrappingRow(QLayout):
    """As a box from left to right while all has room beside each other; else it breaks between widgets.

    ``spacing`` is between widgets and between lines. Hidden widgets take no room. A gap that takes
    what is left goes with the widget behind it; as the very first it puts every line to the right.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        spacing: int = SPACE_2,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    ) -> None:
        super().__init__(parent)
        self._parts: list[_Part] = []
        self._heights: dict[int, int] = {}
        """Heights by widths, as long as nothing in the row changes: Qt asks for them again and again."""
        self._hint: QSize | None = None
        self.setSpacing(spacing)
        self.setContentsMargins(*margins)

    def add(self, widget: QWidget, *, grows: bool = False) -> None:
        """Put a widget at the end; one that ``grows`` takes what its line has left, up to its widest."""
        self.insert(len(self._parts), widget, grows=grows)

    def insert(self, place: int, widget: QWidget, *, grows: bool = False) -> None:
        """Put a widget before what has this place."""
        self.addChildWidget(widget)
        self._parts.insert(place, _Part(QWidgetItem(widget), grows))
        self.invalidate()

    def add_gap(self, width: int = 0) -> None:
        """Keep a gap of so many pixels; without a width it takes what its line has left."""
        grows = not width
        policy = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed
        spacer = QSpacerItem(width, 0, policy, QSizePolicy.Policy.Minimum)
        self._parts.append(_Part(spacer, grows, is_gap=True))
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(_Part(item))

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index].item if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index).item if 0 <= index < len(self._parts) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        self._hint = None
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        known = self._heights.get(width)
        if known is None:
            margins = self.contentsMargins()
            height = self._height(width - margins.left() - margins.right())
            known = self._heights[width] = self._framed(QSize(0, height)).height()
        return known

    def sizeHint(self) -> QSize:
        if self._hint is None:
            self._hint = self._wanted()
        return self._hint

    def _wanted(self) -> QSize:
        parts = [part for part in self._parts if not (part.item.isEmpty() and not part.is_gap)]
        widths = [part.item.sizeHint().width() for part in parts]
        between = self.spacing() * max(0, sum(not part.is_gap for part in parts) - 1)
        height = max((part.item.sizeHint().height() for part in parts), default=0)
        return self._framed(QSize(sum(widths) + between, height))

    def minimumSize(self) -> QSize:
        parts = [part for part in self._parts if not part.item.isEmpty()]
        width = max((part.item.minimumSize().width() for part in parts), default=0)
        height = max((part.item.minimumSize().height() for part in parts), default=0)
        return self._framed(QSize(width, height))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        top = inside.top() + max(0, (rect.height() - self.heightForWidth(rect.width())) // 2)
        for line in self._lines(inside.width()):
            top += line.place(inside.left(), top, inside.width()) + self.spacing()

    def _height(self, width: int) -> int:
        lines = self._lines(width)
        return sum(line.height(width) for line in lines) + self.spacing() * max(0, len(lines) - 1)

    def _framed(self, size: QSize) -> QSize:
        margins: QMargins = self.contentsMargins()
        return size.grownBy(margins)

    def _lines(self, width: int) -> list[_Line]:
        first = [part for part in self._parts[:1] if part.is_gap and part.grows]
        lines: list[list[_Part]] = []
        gaps: list[_Part] = []
        room = 0
        for part in self._parts:
            if part.is_gap:
                gaps.append(part)
            elif not part.item.isEmpty():
                needed = part.width + sum(gap.width for gap in gaps)
                if not lines:
                    lines.append(gaps)
                    room = width
                elif needed > room:
                    lines.append(first + [gap for gap in gaps if gap.grows])
                    room, needed = width, part.width
                else:
                    lines[-1] += gaps
                lines[-1].append(part)
                room -= needed + self.spacing()
                gaps = []
        return [_Line(tuple(parts), self.spacing()) for parts in lines]
