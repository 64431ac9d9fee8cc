# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a document in one continuous scroll: layout, zoom, which pixels to ask for, keys and wheel."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from reviewer_app.desk.documents import Hit
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.drawing import Wish
from reviewer_app.models.document.geometry import (
    MAXIMUM_ZOOM,
    MINIMUM_ZOOM,
    Box,
    PageLayout,
    PagePlace,
    Room,
)
from reviewer_app.models.document.words_model import WordsModel
from reviewer_app.models.newest import Newest
from reviewer_app.views.common.colours import current_colours
from reviewer_app.views.common.focus import FocusEdge
from reviewer_app.views.document.page_mapping import PageMapping
from reviewer_app.views.document.page_painter import Marks, PagePainter
from reviewer_app.views.document.page_pointer import PagePointer
from reviewer_app.views.document.sharpness import clip_of, covers

ZOOM_STEP = 1.25
LINE_PIXELS = 48
SHARP_DELAY_MS = 40
"""So long the view has to be at rest before its pages are drawn sharp."""
AHEAD_DELAY_MS = 120
"""So long all that is to be seen has to be sharp before pages beside it are drawn."""
PAGES_AHEAD = (1, -1, 2)
"""Which pages are drawn before they are looked at, counted from the one in front, in this order."""
SEEN_AFTER_MS = 600
SEEN_SHARE = 0.5
SAME_ZOOM = 0.0005
IN_FRONT = 0.4
"""The page at this height of the view is the one in front."""
MOST_LEFT = 40


class Fit(StrEnum):
    """What the zoom follows when the window changes."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


class ViewPoint(NamedTuple):
    """What is to be seen: ``inside`` is how much of the page's height lies above, ``across`` the middle's place."""

    page: int
    inside: float
    across: float
    zoom: float
    fit: Fit


class PageArea(QAbstractScrollArea):
    """Shows the pages of a :class:`DocumentModel`.

    ``page_changed`` (page, counted from 1), ``zoom_changed`` (1.0 is 100 %), ``region_drawn`` (page, box in fractions
    of the unrotated page), ``region_ended`` when the drawing mode is over, ``word_clicked`` (page, number of the word),
    ``menu_wanted`` (point on the screen), ``view_moved`` after scrolling and zooming, ``mouse_moved`` (point).
    """

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    region_drawn = Signal(int, object)
    region_ended = Signal()
    word_clicked = Signal(int, int)
    menu_wanted = Signal(object)
    view_moved = Signal()
    mouse_moved = Signal(object)

    def __init__(self, model: DocumentModel, words: WordsModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        FocusEdge(self, only_top=True)
        self.setObjectName("pageArea")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._model = model
        self._words = words
        self._zoom = 1.0
        self._fit = Fit.WIDTH
        self._page = 0
        self._layout = PageLayout((), zoom=1.0, view_width=0)
        self._painter = PagePainter(model)
        self._overlay: DocumentModel | None = None
        self._shown_id = ""
        self._left: Newest[str, ViewPoint] = Newest(MOST_LEFT)
        """Where documents were left, by their ids: whoever comes back goes on there."""
        self.marks = Marks(self.viewport().update)
        """What lies over the pages."""
        self.mapping = PageMapping(model, self._places, self._origin)
        """Between points of the viewport and places on the pages."""
        self._pointer = PagePointer(self, model, words, self.marks)
        self._sharpen = self._timer(SHARP_DELAY_MS, self._ask_sharp)
        self._ahead = self._timer(AHEAD_DELAY_MS, self._ask_ahead)
        self._seen = self._timer(SEEN_AFTER_MS, self._note_seen)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        model.opened.connect(self._opened)
        model.opening.connect(self._closed)
        model.page_drawn.connect(self._page_drawn)
        model.page_failed.connect(self._page_drawn)
        model.rotated.connect(self._rotated)
        model.looking.changed.connect(self._ask)
        words.selection_changed.connect(self._show_words)
        words.hits_changed.connect(self._show_words)
        words.hit_chosen.connect(self._go_to_hit)

    # --- what others ask

    @property
    def page(self) -> int:
        """The page in front, 0 without a document."""
        return self._page

    @property
    def zoom(self) -> float:
        """The zoom; 1.0 shows a page at its natural size."""
        return self._zoom

    @property
    def fit(self) -> Fit:
        """What the zoom follows."""
        return self._fit

    def room(self, place: QSize | None = None, strip: int = 0) -> Room:
        """Give the room for pages; ``place`` is that of the area once it is shown, see `Room` for ``strip``."""
        size = place or self.maximumViewportSize()
        return Room(
            size.width(),
            size.height(),
            self.verticalScrollBar().sizeHint().width(),
            strip,
            self.viewport().devicePixelRatioF(),
            self._fit is Fit.PAGE,
        )

    def go_to(self, page: int) -> None:
        """Bring the top of a page into view."""
        if 1 <= page <= len(self._layout.places):
            self.verticalScrollBar().setValue(round(self._layout.places[page - 1].top - 8))
            self._follow_page(page)

    def set_fit(self, fit: Fit) -> None:
        """Let the zoom follow the window's width or whole pages."""
        self._fit = fit
        self._apply_fit()

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom in or out; the point under ``anchor`` (viewport, the middle when None) stays where it is."""
        self._fit = Fit.FREE
        point = anchor or QPointF(self.viewport().rect().center())
        self._set_zoom(self._zoom * factor, point)

    def zoom_in(self) -> None:
        """Zoom in one step."""
        self.zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out one step."""
        self.zoom_by(1 / ZOOM_STEP)

    def set_region_mode(self, on: bool) -> None:
        """Let the next drag draw a rectangle on a page."""
        self._pointer.draws_region = on
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    def reveal(self, page: int, box: Box) -> None:
        """Bring a place of a page into view, unless it is to be seen already; boxes are fractions of the unrotated page."""
        if not 1 <= page <= len(self._layout.places):
            return
        area = self.mapping.area_of(page, box)
        view = QRectF(self.viewport().rect())
        if not view.contains(area):
            self.scroll_by(QPointF(view.width() / 2, view.height() * 0.4) - area.center())
        self._follow_page(page)

    def show_overlay(self, other: DocumentModel | None) -> None:
        """Lay the pages of another document over these, in colours that tell them apart; None: these alone."""
        if self._overlay is not None:
            self._overlay.page_drawn.disconnect(self._page_drawn)
            self._overlay.opened.disconnect(self._ask)
        self._overlay = self._painter.overlay = other
        if other is not None:
            other.page_drawn.connect(self._page_drawn)
            other.opened.connect(self._ask)
        self._ask()
        self.viewport().update()

    def view_point(self) -> ViewPoint:
        """Say what is to be seen, in a way that fits another document."""
        top = self._origin().y()
        page = self._layout.page_at(top)
        place = self._layout.places[page - 1] if page else None
        inside = (top - place.top) / place.height if place else 0.0
        across = (self._origin().x() + self.viewport().width() / 2) / max(1.0, self._layout.width)
        return ViewPoint(page, inside, across, self._zoom, self._fit)

    def follow(self, point: ViewPoint) -> None:
        """Show of this document what another one shows; beyond its last page, the end."""
        if not self._layout.places:
            return
        self._fit = point.fit
        if point.fit is Fit.FREE and abs(point.zoom - self._zoom) > SAME_ZOOM:
            self._set_zoom(point.zoom, QPointF(self.viewport().rect().center()))
        place = self._layout.places[min(max(1, point.page), len(self._layout.places)) - 1]
        self.verticalScrollBar().setValue(round(place.top + point.inside * place.height))
        self.horizontalScrollBar().setValue(round(point.across * self._layout.width - self.viewport().width() / 2))

    def scroll_by(self, moved: QPointF) -> None:
        """Move the pages with the hand that drags them."""
        self.verticalScrollBar().setValue(round(self.verticalScrollBar().value() - moved.y()))
        self.horizontalScrollBar().setValue(round(self.horizontalScrollBar().value() - moved.x()))

    def ask_again(self, page: int) -> None:
        """Try to draw a page again that failed."""
        self._model.draw_again(page)
        self._ask()

    # --- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        colours = current_colours()
        origin = self._origin()
        for place in self._visible():
            self._painter.draw(painter, place, origin, self.marks, colours)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply_fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {
            Qt.Key.Key_Down: LINE_PIXELS,
            Qt.Key.Key_Up: -LINE_PIXELS,
            Qt.Key.Key_Space: round(self.viewport().height() * (-0.9 if shifted else 0.9)),
        }
        pages = {
            Qt.Key.Key_PageDown: self._page + 1,
            Qt.Key.Key_PageUp: self._page - 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: len(self._layout.places),
        }
        key = Qt.Key(event.key())
        if key in steps:
            bar.setValue(bar.value() + steps[key])
        elif key in pages:
            self.go_to(max(1, min(pages[key], len(self._layout.places))))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._model.is_broken(self._page):
            self.ask_again(self._page)
        elif key == Qt.Key.Key_Escape and self._escape():
            event.accept()
        else:
            super().keyPressEvent(event)

    # --- inside

    def _escape(self) -> bool:
        """Leave what is under way, the last begun first; False when there is nothing to leave."""
        if self._pointer.draws_region:
            self._pointer.end_region()
        elif self._words.selection is not None:
            self._words.clear_selection()
        elif self.marks.evidence is not None:
            self.marks.show_evidence(None)
        else:
            return False
        return True

    def _show_words(self) -> None:
        here, found = self._words.hit_boxes()
        self.marks.show_words(selected=self._words.selected_boxes(), here=here, hits=found)

    def _go_to_hit(self, hit: Hit) -> None:
        self.reveal(hit.page, hit.box)

    def _timer(self, milliseconds: int, call: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer

    def _origin(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _places(self) -> PageLayout:
        return self._layout

    def _visible(self) -> list[PagePlace]:
        top = self.verticalScrollBar().value()
        return self._layout.visible(top, top + self.viewport().height())

    def _closed(self, _document: object) -> None:
        if self._shown_id:
            self._left.put(self._shown_id, self.view_point())
        self._shown_id = ""
        self._layout = PageLayout((), zoom=1.0, view_width=0)
        self._page = 0
        self.marks.clear()
        self._set_ranges()
        self.page_changed.emit(0)
        self.viewport().update()

    def _opened(self) -> None:
        document = self._model.document
        self._shown_id = document.id if document is not None else ""
        left = self._left.take(self._shown_id)
        self._fit = Fit.WIDTH if self._fit is Fit.FREE else self._fit
        self._apply_fit()
        if left is None:
            self.verticalScrollBar().setValue(0)
        else:
            self.follow(left if left.fit is Fit.FREE else left._replace(fit=self._fit))
        self._follow_page(self._page_in_front())
        self._ask()

    def _rotated(self, page: int) -> None:
        """Show the page in front anew; a colleague who turns another one leaves what is looked at where it is."""
        front, before = self._page, self.view_point()
        self._lay_out()
        if self._fit is not Fit.FREE:
            self._apply_fit()
        if page == front:
            self.go_to(page)
        else:
            self.follow(before)
        self._ask()

    def _apply_fit(self) -> None:
        sizes = self._model.sizes()
        if not sizes:
            return
        if self._fit is Fit.FREE:
            self._lay_out()
        else:
            room = self.room()
            zoom = room.zoom_for(sizes, max(1, self._page))
            self._set_zoom(zoom, QPointF(room.width_for(sizes) / 2, 0))
        self._ask()

    def _set_zoom(self, zoom: float, anchor: QPointF) -> None:
        zoom = max(MINIMUM_ZOOM, min(MAXIMUM_ZOOM, zoom))
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        before = self._zoom
        down, across = vertical.value() + anchor.y(), horizontal.value() + anchor.x()
        share_across = across / self._layout.width if self._layout.width else 0.5
        page = self._layout.page_at(down)
        inside = (down - self._layout.places[page - 1].top) if page else 0.0
        self._zoom = zoom
        self._lay_out()
        if page:
            vertical.setValue(round(self._layout.places[page - 1].top + inside * zoom / before - anchor.y()))
            horizontal.setValue(round(share_across * self._layout.width - anchor.x()))
        self.zoom_changed.emit(zoom)
        self._ask()
        self.view_moved.emit()

    def _lay_out(self) -> None:
        self._layout = PageLayout(self._model.sizes(), zoom=self._zoom, view_width=self.viewport().width())
        self._set_ranges()
        self.viewport().update()

    def _set_ranges(self) -> None:
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, round(self._layout.height) - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(LINE_PIXELS)
        self.horizontalScrollBar().setRange(0, max(0, round(self._layout.width) - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setSingleStep(LINE_PIXELS)

    def _scrolled(self, _value: int) -> None:
        self._follow_page(self._page_in_front())
        self._ask()
        self.viewport().update()
        self.view_moved.emit()

    def _page_in_front(self) -> int:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        return (
            self._layout.page_at(bar.value() + height * IN_FRONT) if bar.value() else min(1, len(self._layout.places))
        )

    def _follow_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def _ask(self) -> None:
        self._model.ahead.stop()
        self._ahead.stop()
        for model in self._models():
            for place in self._visible():
                if self._is_missing(model, place):
                    model.want_preview(place.page)
        # A document just opened is drawn sharp at once; while pages run past, small images are enough.
        self._sharpen.start(0 if self._model.first_due else SHARP_DELAY_MS)
        self._seen.start()

    def _ask_sharp(self) -> None:
        for model in self._models():
            for place in self._visible():
                if self._is_missing(model, place):
                    model.want(self._wish(model, place), priority=0 if place.page == self._page else 1)
        self._ahead.start()

    def _ask_ahead(self) -> None:
        """Have what is to be seen drawn, then the pages beside it; a page drawn later asks again."""
        document, model = self._model.document, self._model
        if document is None or not self.isVisible():
            return
        if any(self._is_missing(shown, place) for shown in self._models() for place in self._visible()):
            self._ask_sharp()
            return
        if self._overlay is not None:
            return
        beside = (self._page + step for step in PAGES_AHEAD)
        wishes = [self._wish(model, self._layout.places[page - 1]) for page in beside if 1 <= page <= model.page_count]
        missing = [wish for wish in wishes if wish.clip is None and not covers(model.images.sharp(wish.page), wish)]
        model.ahead.want(document.id, missing, looked_at=self._page)

    def _is_missing(self, model: DocumentModel, place: PagePlace) -> bool:
        """Say whether a page can be drawn and was not, as it is to be seen."""
        if place.page > model.page_count or model.is_broken(place.page):
            return False
        return not covers(model.images.sharp(place.page), self._wish(model, place))

    def _wish(self, model: DocumentModel, place: PagePlace) -> Wish:
        ratio = self.viewport().devicePixelRatioF()
        zoom = place.width * ratio / model.sizes()[place.page - 1][0]
        clip = clip_of(place, self._origin(), self.viewport().size(), ratio)
        return Wish(place.page, zoom, model.rotation(place.page), clip, model.looking.look)

    def _models(self) -> list[DocumentModel]:
        """Give the document shown, and the one that is laid over it."""
        return [self._model] if self._overlay is None else [self._model, self._overlay]

    def _note_seen(self) -> None:
        if not self.isVisible():
            return
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for place in self._visible():
            shown = min(bottom, place.bottom) - max(top, place.top)
            enough = min(place.height, float(self.viewport().height())) * SEEN_SHARE
            if shown >= enough and self._is_drawn(place.page) and not self._model.is_broken(place.page):
                self._model.mark_seen(place.page)

    def _is_drawn(self, page: int) -> bool:
        return self._model.images.preview(page) is not None or self._model.images.sharp(page) is not None

    def _page_drawn(self, page: int) -> None:
        if any(place.page == page for place in self._visible()):
            self.viewport().update()
            self._seen.start()
        if not self._ahead.isActive():
            self._ahead.start()
