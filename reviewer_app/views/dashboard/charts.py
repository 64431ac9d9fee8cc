# SPDX-License-Identifier: AGPL-3.0-or-later
"""Charts drawn with QPainter: bars by day, and bars beside their names. Colour never speaks alone: figures stand beside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer_app.models.texts import day_text
from reviewer_app.views.common.colours import Tone, current_colours, tone_colour
from reviewer_app.views.common.tokens import SIZE_BASE, SIZE_CAPTION, SPACE_1, SPACE_2, Colours

DAY_CHART_HEIGHT = 180
BAR_ROW = 24
_NAME_SHARE = 0.5
_LEGEND_MARK = 10


class DayChart(QWidget):
    """Two bars a day: what came in, and what was decided."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._days: tuple[tuple[date, int, int], ...] = ()
        self._names = ("", "")

    def sizeHint(self) -> QSize:
        return QSize(480, DAY_CHART_HEIGHT)

    def show_days(self, days: Sequence[tuple[date, int, int]], *, received: str, decided: str) -> None:
        """Show days in their order; the names are those of the two bars."""
        self._days = tuple(days)
        self._names = (received, decided)
        self.setAccessibleDescription(
            "; ".join(f"{day_text(day)}: {received} {came}, {decided} {went}" for day, came, went in self._days)
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(round(font.pixelSize() * SIZE_CAPTION / SIZE_BASE))
        painter.setFont(font)
        top = _whole_halves(max([1, *(max(came, went) for _day, came, went in self._days)]))
        line = painter.fontMetrics().height()
        left = painter.fontMetrics().horizontalAdvance(QLocale().toString(top)) + 2 * SPACE_2
        area = QRectF(left, line + SPACE_1, self.width() - left - SPACE_1, self.height() - 2 * line - 2 * SPACE_1)
        self._draw_frame(painter, area, top, colours)
        self._draw_legend(painter, left, colours)
        self._draw_days(painter, area, top, colours)

    def _draw_frame(self, painter: QPainter, area: QRectF, top: int, colours: Colours) -> None:
        for share in (0.0, 0.5, 1.0):
            y = area.bottom() - share * area.height()
            painter.setPen(QColor(colours.line))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            if share in (0.0, 1.0) or top > 1:
                painter.setPen(QColor(colours.muted))
                text = QLocale().toString(int(share * top))
                line = painter.fontMetrics().height()
                room = QRectF(0, y - line / 2, area.left() - SPACE_1, line)
                painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_legend(self, painter: QPainter, left: float, colours: Colours) -> None:
        metrics = painter.fontMetrics()
        for name, tone in zip(self._names, (Tone.MUTED, Tone.INFO), strict=True):
            mark = QRectF(left, (metrics.height() - _LEGEND_MARK) / 2, _LEGEND_MARK, _LEGEND_MARK)
            painter.fillRect(mark, QColor(tone_colour(colours, tone)))
            painter.setPen(QColor(colours.muted))
            left += _LEGEND_MARK + SPACE_1
            painter.drawText(QPointF(left, metrics.ascent()), name)
            left += metrics.horizontalAdvance(name) + 2 * SPACE_2

    def _draw_days(self, painter: QPainter, area: QRectF, top: int, colours: Colours) -> None:
        if not self._days:
            return
        width = area.width() / len(self._days)
        metrics = painter.fontMetrics()
        widest = max(metrics.horizontalAdvance(day_text(day)) for day, _came, _went in self._days)
        step = max(1, math.ceil((widest + 2 * SPACE_2) / width))
        bar = max(1.0, min(16.0, width * 0.4))
        for place, (day, came, went) in enumerate(self._days):
            left = area.left() + place * width + width / 2 - bar
            for count, tone, x in ((came, Tone.MUTED, left), (went, Tone.INFO, left + bar)):
                height = area.height() * count / top
                colour = QColor(tone_colour(colours, tone))
                painter.fillRect(QRectF(x, area.bottom() - height, bar, height), colour)
            if place % step == 0:
                painter.setPen(QColor(colours.muted))
                middle = area.left() + (place + 0.5) * width
                left = min(middle - widest / 2, self.width() - widest)
                room = QRectF(left, area.bottom() + SPACE_1, widest, metrics.height())
                painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, day_text(day))


def _whole_halves(count: int) -> int:
    """Give the least figure for the top line so that the line half-way stands for a whole one too."""
    return count if count == 1 else count + count % 2


class BarList(QWidget):
    """One bar a line, with its name before it and its figure behind."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[tuple[str, int, Tone], ...] = ()

    def sizeHint(self) -> QSize:
        return QSize(300, BAR_ROW * max(1, len(self._bars)))

    def show_bars(self, bars: Sequence[tuple[str, int, Tone]]) -> None:
        """Show names with their figures."""
        self._bars = tuple(bars)
        self.setAccessibleDescription("; ".join(f"{name}: {count}" for name, count, _tone in self._bars))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        top = max([1, *(count for _name, count, _tone in self._bars)])
        names = round(self.width() * _NAME_SHARE)
        figures = metrics.horizontalAdvance("00000")
        for place, (name, count, tone) in enumerate(self._bars):
            y = place * BAR_ROW
            painter.setPen(QColor(colours.ink))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names - SPACE_2)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y, names, BAR_ROW), middle | Qt.AlignmentFlag.AlignLeft, shown)
            room = self.width() - names - figures - SPACE_2
            width = max(2.0, room * count / top) if count else 0.0
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tone_colour(colours, tone)))
            painter.drawRoundedRect(QRectF(names, y + 7, width, BAR_ROW - 14), 3, 3)
            painter.setPen(QColor(colours.ink))
            text = QRectF(names + width + SPACE_1 + 2, y, figures, BAR_ROW)
            painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft, QLocale().toString(count))
