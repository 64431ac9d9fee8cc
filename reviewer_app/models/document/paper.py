# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages on paper: each as large as it fits, with a watermark across it and in a line of its own below it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPagedPaintDevice, QPageLayout, QPainter

from reviewer_app.models.document.geometry import Size

DOTS_PER_INCH = 300
LINE_POINTS = 8.0
LARGEST_ACROSS_POINTS = 48.0
ACROSS_SHARE = 0.8
"""Part of the diagonal that the mark across a page takes at most."""
_ALTERNATES = QFont.Tag.fromString("calt")
"""Off: a hyphen or colon drawn for its neighbours stands for no character in a file, and is not found there."""
_INK = QColor(60, 60, 60)
_FAINT = QColor(90, 90, 90, 45)
"""So faint, what stands on the page is read through it, also on a copy."""


class PaperRefused(Exception):
    """The printer or the file did not take the pages."""


@dataclass(frozen=True)
class Watermark:
    """What stands on each page: ``across`` it, and below it ``paper`` (which it is), ``who`` printed it and when.

    ``page`` says which page it is, with the placeholder ``{page}``.
    """

    across: str
    paper: str
    who: str
    page: str


class Paper:
    """Pages on their way to a device. Use as a context manager, in one thread; the device is not touched before."""

    def __init__(self, device: QPagedPaintDevice, mark: Watermark) -> None:
        self._device = device
        self._mark = mark
        self._painter: QPainter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        painter, self._painter = self._painter, None
        if painter is not None:
            painter.end()

    def turn_to(self, size: Size) -> float:
        """Begin a sheet that lies as a page of this size (points) does.

        Gives the zoom, in pixels per point, at which the page has all the dots that the paper shows. Raises PaperRefused.
        """
        across = size[0] > size[1]
        self._device.setPageOrientation(
            QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
        )
        if self._painter is None:
            painter = QPainter()
            if not painter.begin(self._device):
                raise PaperRefused
            self._painter = painter
        elif not self._device.newPage():
            raise PaperRefused
        room = self._room(self._painter)
        dots = DOTS_PER_INCH / self._device.logicalDpiX()
        return max(0.1, min(room.width() * dots / size[0], room.height() * dots / size[1]))

    def put(self, image: QImage, page: int) -> None:
        """Put the pixels of a page on the sheet, and the watermark on both. Raises PaperRefused."""
        painter = self._painter
        if painter is None:
            raise PaperRefused
        room = self._room(painter)
        shown = QSizeF(image.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(room.center().x() - shown.width() / 2, room.top()), shown)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
        self._write_across(painter, place)
        self._write_below(painter, page)

    def _room(self, painter: QPainter) -> QRectF:
        """Give the part of the sheet above the two lines of the watermark."""
        sheet = QRectF(painter.viewport())
        return sheet.adjusted(0, 0, 0, -3 * self._line_height())

    def _line_height(self) -> float:
        return QFontMetricsF(_font(LINE_POINTS), self._device).height()

    def _write_across(self, painter: QPainter, place: QRectF) -> None:
        text = self._mark.across
        diagonal = math.hypot(place.width(), place.height())
        font = _font(LARGEST_ACROSS_POINTS)
        width = QFontMetricsF(font, self._device).horizontalAdvance(text)
        font.setPointSizeF(LARGEST_ACROSS_POINTS * min(1.0, ACROSS_SHARE * diagonal / max(width, 1.0)))
        metrics = QFontMetricsF(font, self._device)
        painter.save()
        painter.translate(place.center())
        painter.rotate(-math.degrees(math.atan2(place.height(), place.width())))
        painter.setFont(font)
        painter.setPen(_FAINT)
        painter.drawText(QPointF(-metrics.horizontalAdvance(text) / 2, metrics.descent()), text)
        painter.restore()

    def _write_below(self, painter: QPainter, page: int) -> None:
        sheet = QRectF(painter.viewport())
        font = _font(LINE_POINTS)
        metrics = QFontMetricsF(font, self._device)
        which = self._mark.page.format(page=page)
        left = sheet.width() - metrics.horizontalAdvance(f" · {which}")
        paper = metrics.elidedText(self._mark.paper, Qt.TextElideMode.ElideMiddle, left)
        painter.setFont(font)
        painter.setPen(_INK)
        base = sheet.bottom() - metrics.descent()
        painter.drawText(QPointF(sheet.left(), base - metrics.height()), f"{paper} · {which}")
        painter.drawText(QPointF(sheet.left(), base), self._mark.who)


def _font(points: float) -> QFont:
    font = QFont()
    font.setPointSizeF(points)
    font.setFeature(_ALTERNATES, 0)
    return font
