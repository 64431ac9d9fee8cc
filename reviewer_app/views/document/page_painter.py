# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws one page: the best pixels there are, marked places, and words where there are no pixels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.geometry import Box, PagePlace, turn_box
from reviewer_app.models.document.images import PageImage
from reviewer_app.models.newest import Newest
from reviewer_app.views.common.tokens import LIGHT, Colours

translate = QCoreApplication.translate

Place = tuple[int, Box]

_PAPER = LIGHT.surface
_FILL_ALPHA = 36
_HIT_ALPHA = 80
_EVIDENCE_MARGIN = 3
_MOST_TINTED = 6


class Marks:
    """What lies over the pages, each by page and box (fractions of the unrotated page).

    ``regions`` go with reasons, ``hits`` are the boxes found by a search, by page, ``here`` the one that was gone to, ``selected``
    the selected words, ``evidence`` the place of a finding; ``rubber`` is the rectangle being drawn (viewport).
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.regions: list[Place] = []
        self.hits: Mapping[int, Sequence[Box]] = {}
        self.here: list[Place] = []
        self.selected: list[Place] = []
        self.evidence: Place | None = None
        self.rubber: QRectF | None = None

    def show_regions(self, regions: list[Place]) -> None:
        """Show marked places."""
        self.regions = regions
        self._changed()

    def show_evidence(self, place: Place | None) -> None:
        """Box the place of a finding, or none."""
        self.evidence = place
        self._changed()

    def show_words(self, *, selected: list[Place], here: list[Place], hits: Mapping[int, Sequence[Box]]) -> None:
        """Show what is selected and what was found."""
        self.selected, self.here, self.hits = selected, here, hits
        self._changed()

    def show_rubber(self, rubber: QRectF | None) -> None:
        """Show the rectangle being drawn."""
        self.rubber = rubber
        self._changed()

    def clear(self) -> None:
        """Forget what belongs to the document that was shown."""
        self.regions, self.hits, self.here, self.selected = [], {}, [], []
        self.evidence = self.rubber = None


class PagePainter:
    """Draws pages of a model. Paper stays white in the dark theme: a scan is judged by its true colours."""

    def __init__(self, model: DocumentModel) -> None:
        self._model = model
        self.overlay: DocumentModel | None = None
        """The document that is laid over this one."""
        self._tinted: Newest[tuple[int, str], QImage] = Newest(_MOST_TINTED)

    def draw(self, painter: QPainter, place: PagePlace, origin: QPointF, marks: Marks, colours: Colours) -> None:
        """Draw a page; ``origin`` is the content's point at the viewport's top left."""
        area = QRectF(place.left - origin.x(), place.top - origin.y(), place.width, place.height)
        painter.fillRect(area, QColor(_PAPER))
        if self._model.is_broken(place.page):
            self._words(
                painter,
                area,
                translate("viewer", "This page cannot be shown. Click, or press Enter, to try again."),
                colours,
            )
        elif self.overlay is not None:
            self._overlaid(painter, area, place.page)
        else:
            self._pixels(painter, area, place.page, colours)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        self._layers(painter, area, place.page, marks)
        if marks.rubber is not None and marks.rubber.intersects(area):
            self._frame(painter, marks.rubber & area, LIGHT.danger)

    def _layers(self, painter: QPainter, area: QRectF, page: int, marks: Marks) -> None:
        """Lay over a page what is found, selected and marked. Colours are those of paper, in either theme."""
        here = [box for on_page, box in marks.here if on_page == page]
        selected = [box for on_page, box in marks.selected if on_page == page]
        others = [box for box in marks.hits.get(page, ()) if box not in here]
        for boxes, colour in ((others, LIGHT.warning), (here, LIGHT.accent), (selected, LIGHT.accent)):
            for box in boxes:
                painter.fillRect(self._on(area, page, box), _tinted(colour, _HIT_ALPHA))
        for box in here:
            self._outline(painter, self._on(area, page, box), LIGHT.accent)
        if marks.evidence is not None and marks.evidence[0] == page:
            grown = self._on(area, page, marks.evidence[1])
            grown.adjust(-_EVIDENCE_MARGIN, -_EVIDENCE_MARGIN, _EVIDENCE_MARGIN, _EVIDENCE_MARGIN)
            self._frame(painter, grown, LIGHT.accent)
        for box in (box for on_page, box in marks.regions if on_page == page):
            self._frame(painter, self._on(area, page, box), LIGHT.danger)

    def _on(self, area: QRectF, page: int, box: Box) -> QRectF:
        return _inside(area, turn_box(box, self._model.turn(page)))

    def _overlaid(self, painter: QPainter, area: QRectF, page: int) -> None:
        """Draw both documents in a colour of their own: ink that both have is dark, ink of one has its colour."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for model, colour in ((self._model, LIGHT.accent), (self.overlay, LIGHT.danger)):
            if model is None or page > model.page_count:
                continue
            image = model.images.sharp(page)
            if image is None or image.rotation != model.rotation(page):
                image = model.images.preview(page)
            if image is not None and image.rotation == model.rotation(page):
                target = area if image.clip is None else _inside(area, image.clip)
                painter.drawImage(target, self._in_colour(image.image, colour))
        painter.restore()

    def _in_colour(self, image: QImage, colour: str) -> QImage:
        """Give an image with its ink in a colour and its paper white; the newest few are kept."""
        key = (image.cacheKey(), colour)
        tinted = self._tinted.get(key)
        if tinted is None:
            tinted = image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
            with_ink = QPainter(tinted)
            with_ink.setCompositionMode(QPainter.CompositionMode.CompositionMode_Screen)
            with_ink.fillRect(tinted.rect(), QColor(colour))
            with_ink.end()
            self._tinted.put(key, tinted)
        return tinted

    def _pixels(self, painter: QPainter, area: QRectF, page: int, colours: Colours) -> None:
        rotation = self._model.rotation(page)
        preview, sharp = self._model.images.preview(page), self._model.images.sharp(page)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        drawn = False
        if preview is not None and preview.rotation == rotation and not _is_whole(sharp, rotation):
            painter.drawImage(area, preview.image)
            drawn = True
        if sharp is not None and sharp.rotation == rotation:
            _draw_sharp(painter, area if sharp.clip is None else _inside(area, sharp.clip), sharp.image)
            drawn = True
        if not drawn:
            self._words(painter, area, translate("viewer", "Page {page}").format(page=page), colours)

    def _words(self, painter: QPainter, area: QRectF, text: str, _colours: Colours) -> None:
        painter.setPen(QColor(LIGHT.muted))
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(area.adjusted(8, 8, -8, -8), flags, text)

    def _frame(self, painter: QPainter, area: QRectF, colour: str) -> None:
        painter.fillRect(area, _tinted(colour, _FILL_ALPHA))
        self._outline(painter, area, colour)

    def _outline(self, painter: QPainter, area: QRectF, colour: str) -> None:
        painter.setPen(QPen(QColor(colour), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)


def _tinted(colour: str, alpha: int) -> QColor:
    tint = QColor(colour)
    tint.setAlpha(alpha)
    return tint


def _draw_sharp(painter: QPainter, target: QRectF, image: QImage) -> None:
    """Draw pixels one to one where they are meant for this size: moved by a part of a pixel, letters would blur."""
    ratio = painter.device().devicePixelRatioF()
    width, height = image.width() / ratio, image.height() / ratio
    if abs(width - target.width()) * ratio < 1.5 and abs(height - target.height()) * ratio < 1.5:
        left, top = round(target.left() * ratio) / ratio, round(target.top() * ratio) / ratio
        painter.drawImage(QRectF(left, top, width, height), image)
    else:
        painter.drawImage(target, image)


def _is_whole(image: PageImage | None, rotation: int) -> bool:
    return image is not None and image.clip is None and image.rotation == rotation


def _inside(area: QRectF, box: Box) -> QRectF:
    return QRectF(
        area.left() + box[0] * area.width(),
        area.top() + box[1] * area.height(),
        (box[2] - box[0]) * area.width(),
        (box[3] - box[1]) * area.height(),
    )
