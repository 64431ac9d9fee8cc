# SPDX-License-Identifier: AGPL-3.0-or-later
"""The viewer: toolbar, thumbnails and pages, and what stands there while a document opens or when it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QStackedLayout, QWidget

from reviewer_app.contract.staff import StaffDocument
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS
from reviewer_app.desk.errors import explain
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.geometry import Box, Room
from reviewer_app.models.document.loupe_model import LoupeModel
from reviewer_app.models.document.print_model import PrintModel
from reviewer_app.models.document.words_model import WordsModel
from reviewer_app.models.texts import localized
from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.common.buttons import IconButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import ElidedLabel, label
from reviewer_app.views.common.messages import BusyLine, EmptyState, MessageBar
from reviewer_app.views.common.tokens import CONTROL_HEIGHT, SPACE_1, SPACE_2
from reviewer_app.views.common.view import View, column, row
from reviewer_app.views.common.wrapping import WrappingRow
from reviewer_app.views.document.compare import Comparison, OtherPane, OverlayLegend, ShownCaption
from reviewer_app.views.document.look_tools import LookTools
from reviewer_app.views.document.loupe import Loupe
from reviewer_app.views.document.page_area import Fit, PageArea
from reviewer_app.views.document.printing import PrintBar
from reviewer_app.views.document.search_bar import SearchBar
from reviewer_app.views.document.thumbnails import STRIP_WIDTH, Thumbnails
from reviewer_app.views.document.viewer_menu import ViewerMenu

LONGEST_IN_MENU = 40
LEAST_TITLE_WIDTH = 140
LEAST_WIDTH_FOR_STRIP = 4 * STRIP_WIDTH
LEAST_WIDTH_FOR_TITLE = 280
"""In less, the title would take a line from the pages; it stands in the list of documents as well."""
LEAST_PAGES_HEIGHT = 48

_TOOLS: tuple[tuple[ActionId, str], ...] = (
    (ActionId.ZOOM_OUT, "zoom-out"),
    (ActionId.ZOOM_IN, "zoom-in"),
    (ActionId.FIT_WIDTH, "fit-width"),
    (ActionId.FIT_PAGE, "fit-page"),
    (ActionId.ROTATE_LEFT, "rotate-left"),
    (ActionId.ROTATE_RIGHT, "rotate-right"),
    (ActionId.MARK_REGION, "region"),
    (ActionId.FIND_TEXT, "search"),
)


@dataclass(frozen=True)
class ViewerModels:
    """The document shown with its words, the one that it is compared with, and what prints it."""

    document: DocumentModel
    words: WordsModel
    other: DocumentModel
    other_words: WordsModel
    loupe: LoupeModel
    printing: PrintModel


class DocumentViewer(View):
    """Shows one document. ``region_drawn`` carries page and box (fractions of the unrotated page), ``newer_wanted`` the
    current version of the document that is shown in an older one, ``word_clicked`` page and number of a word,
    ``cases_wanted`` a text to search all cases for.
    """

    region_drawn = Signal(int, object)
    newer_wanted = Signal(object)
    word_clicked = Signal(int, int)
    cases_wanted = Signal(str)

    def __init__(self, models: ViewerModels, actions: Actions, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="desk")
        self.setObjectName("documentViewer")
        model, words = models.document, models.words
        self._model, self._words = model, words
        self._actions = actions
        self.area = PageArea(model, words)
        self._other = OtherPane(models.other, models.other_words)
        self._legend = OverlayLegend()
        self._legend.setObjectName("overlayLegend")
        self._legend.hide()
        self._caption = ShownCaption(model, self._legend)
        self.comparison = Comparison(self.area, model, models.other, self._other)
        self.loupe = Loupe(models.loupe, model, self.area)
        self.printing = PrintBar(models.printing)
        self._looks = LookTools((model, models.other), actions, self)
        self._more = ViewerMenu(self.comparison, actions)
        self.search_bar = SearchBar(words, actions)
        self._sought: tuple[int, Box] | None = None
        self.thumbnails = Thumbnails(model)
        self._title = ElidedLabel("strong")
        self._title.setObjectName("documentTitle")
        self._page = label("small")
        self._page.setObjectName("pageOf")
        self._zoom = label("small")
        self._zoom.setObjectName("zoomLevel")
        self._tools: dict[ActionId, IconButton] = {}
        self._toggle = IconButton("thumbnails")
        self._toggle.setObjectName("toggleThumbnails")
        self._busy = BusyLine()
        self._older = MessageBar("olderVersion")
        self._newer: StaffDocument | None = None
        self._notice = EmptyState("documentNotice", "document")
        self._stack = QStackedLayout()
        self._menu = QMenu(self)
        self._menu.setObjectName("selectionMenu")
        self._failure: BaseException | None = None
        self._build()
        self._connect()
        self.retranslate()
        self._show_nothing()

    def retranslate(self) -> None:
        for action, button in self._tools.items():
            button.set_name(self._actions[action].text(), keys=self._actions.keys_of(action))
        self._toggle.set_name(
            self._actions[ActionId.THUMBNAILS].text(), keys=self._actions.keys_of(ActionId.THUMBNAILS)
        )
        self.area.setAccessibleName(self.tr("Pages of the document"))
        self.thumbnails.setAccessibleName(self.tr("Thumbnails"))
        self._show_title()
        self._show_comparison()
        self.show_newer(self._newer)
        self._show_page(self.area.page)
        self._show_zoom(self.area.zoom)
        if self._failure is not None:
            self._show_failure(self._failure)
        elif self._model.document is None:
            self._show_nothing()

    @property
    def model(self) -> DocumentModel:
        """The document shown."""
        return self._model

    @property
    def words(self) -> WordsModel:
        """The words of the document shown."""
        return self._words

    def show_marks(self, regions: list[tuple[int, Box]]) -> None:
        """Show marked places of the document."""
        self.area.marks.show_regions(regions)

    def show_newer(self, newer: StaffDocument | None) -> None:
        """Say that a newer version took the place of the one shown; None: this is the current one."""
        self._newer = newer
        shown = self._model.document
        if newer is None or shown is None:
            self._older.hide()
            return
        words = self.tr("This is version {shown}. Version {newer} took its place.")
        self._older.show_message(
            words.format(shown=shown.version, newer=newer.version),
            Tone.WARNING,
            action=self.tr("Show the new one"),
            closable=False,
        )

    def show_place(self, page: int, box: Box) -> None:
        """Go to a place and box it; once the document is open, when it still opens."""
        if not self._model.page_count:
            self._sought = (page, box)
            return
        self._sought = None
        self.area.reveal(page, box)
        self.area.marks.show_evidence((page, box))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.loupe.is_on:
            self.loupe.toggle()
        else:
            super().keyPressEvent(event)

    def start_region(self) -> None:
        """Let the user draw a rectangle on a page; once more ends it."""
        button = self._tools[ActionId.MARK_REGION]
        on = not button.isChecked()
        button.setChecked(on)
        self.area.set_region_mode(on)
        self.area.setFocus()

    def _build(self) -> None:
        bar = View(role="toolbar")
        tools = WrappingRow(bar, spacing=0, margins=(SPACE_2, SPACE_1, SPACE_2, SPACE_1))
        self._title.setMinimumWidth(LEAST_TITLE_WIDTH)
        tools.add(self._toggle)
        tools.add_gap(SPACE_2)
        tools.add(self._title, grows=True)
        tools.add_gap(SPACE_1)
        tools.add(self._page)
        tools.add_gap(SPACE_2)
        for action, icon_name in _TOOLS:
            button = IconButton(icon_name)
            button.setObjectName(f"tool_{action.value}")
            self._tools[action] = button
            tools.add(button)
            if action is ActionId.ZOOM_OUT:
                tools.add(self._zoom)
        tools.add(self._more)
        self._tools[ActionId.MARK_REGION].setCheckable(True)
        self._toggle.setCheckable(True)
        body = QWidget()
        across = row(body)
        across.addWidget(self.thumbnails)
        shown = column()
        shown.addWidget(self._caption)
        shown.addWidget(self.area, 1)
        across.addLayout(shown, 1)
        across.addWidget(self._other, 1)
        pages = self._pages = QWidget()
        pages.setLayout(self._stack)
        pages.setMinimumHeight(LEAST_PAGES_HEIGHT)
        self._stack.addWidget(body)
        self._stack.addWidget(self._notice)
        layout = column(self)
        layout.addWidget(bar)
        layout.addWidget(self._busy)
        layout.addWidget(self._older)
        layout.addWidget(self.search_bar)
        layout.addWidget(self.printing)
        layout.addWidget(pages, 1)

    def _connect(self) -> None:
        slots = {
            ActionId.ZOOM_IN: self.area.zoom_in,
            ActionId.ZOOM_OUT: self.area.zoom_out,
            ActionId.FIT_WIDTH: self._fit_width,
            ActionId.FIT_PAGE: self._fit_page,
            ActionId.ROTATE_RIGHT: self._rotate_right,
            ActionId.ROTATE_LEFT: self._rotate_left,
        }
        for action, slot in slots.items():
            self._actions.on(action, slot)
            self._tools[action].clicked.connect(slot)
        self._actions.on(ActionId.MARK_REGION, self.start_region)
        self._tools[ActionId.MARK_REGION].clicked.connect(self._region_clicked)
        self._actions.on(ActionId.THUMBNAILS, self._toggle.click)
        self._toggle.toggled.connect(self.thumbnails.setVisible)
        self.thumbnails.chosen.connect(self._go_to)
        self.area.page_changed.connect(self._show_page)
        self.area.zoom_changed.connect(self._show_zoom)
        self.area.region_drawn.connect(self.region_drawn)
        self.area.region_ended.connect(self._region_ended)
        self._model.measure_room = self._room
        self._model.opening.connect(self._opening)
        self._model.opened.connect(self._opened)
        self._model.failed.connect(self._show_failure)
        self._notice.acted.connect(self._model.retry)
        self._older.acted.connect(self._show_newer)
        self._connect_words()
        self._actions.on(ActionId.LOUPE, self.loupe.toggle)
        self._actions.on(ActionId.PRINT, self.printing.ask)
        self._actions.on(ActionId.COMPARE, self.comparison.toggle)
        self._actions.on(ActionId.OVERLAY, self.comparison.toggle_overlay)
        self.comparison.changed.connect(self._show_comparison)

    def _show_comparison(self) -> None:
        comparison = self.comparison
        self._caption.setVisible(comparison.active)
        self._legend.show_versions(*((self._model.document, comparison.other) if comparison.overlaid else (None, None)))

    def _connect_words(self) -> None:
        self._actions.on(ActionId.FIND_TEXT, self._find)
        self._tools[ActionId.FIND_TEXT].clicked.connect(self._find)
        self._actions.on(ActionId.NEXT_HIT, self._next_hit)
        self._actions.on(ActionId.PREVIOUS_HIT, self._previous_hit)
        self._actions.on(ActionId.COPY_TEXT, self._copy)
        self.search_bar.closed.connect(self.area.setFocus)
        self.printing.closed.connect(self.area.setFocus)
        self.area.word_clicked.connect(self.word_clicked)
        self.area.menu_wanted.connect(self._show_menu)
        self._menu.triggered.connect(self._chosen)

    def _find(self) -> None:
        """Search; what is selected is what is searched for."""
        self.search_bar.page = self.area.page
        self.search_bar.start(self._words.selected_text().replace("\n", " "))

    def _next_hit(self) -> None:
        self._words.step(1)

    def _previous_hit(self) -> None:
        self._words.step(-1)

    def _copy(self) -> None:
        text = self._words.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)

    def _show_menu(self, where: QPoint) -> None:
        """Offer what can be done with the selected words."""
        text = self._words.selected_text().replace("\n", " ")
        if not text:
            return
        shown = text if len(text) <= LONGEST_IN_MENU else f"{text[:LONGEST_IN_MENU]}…"
        self._menu.clear()
        for name, words in (
            ("copy", self.tr("Copy")),
            ("document", self.tr("Search this document for “{text}”").format(text=shown)),
            ("cases", self.tr("Search all cases for “{text}”").format(text=shown)),
        ):
            action = QAction(words, self._menu)
            action.setData(name)
            self._menu.addAction(action)
        self._menu.popup(where)

    def _chosen(self, action: QAction) -> None:
        if action.data() == "copy":
            self._copy()
        elif action.data() == "document":
            self._find()
        else:
            self.cases_wanted.emit(self._words.selected_text().replace("\n", " "))

    def _show_newer(self) -> None:
        self.newer_wanted.emit(self._newer)

    def _go_to(self, page: int) -> None:
        self.area.go_to(page)
        self.area.setFocus()

    def _fit_width(self) -> None:
        self.area.set_fit(Fit.WIDTH)

    def _fit_page(self) -> None:
        self.area.set_fit(Fit.PAGE)

    def _rotate_right(self) -> None:
        self._model.rotate(self.area.page, 90)

    def _rotate_left(self) -> None:
        self._model.rotate(self.area.page, -90)

    def _region_clicked(self, on: bool) -> None:
        self.area.set_region_mode(on)
        self.area.setFocus()

    def _region_ended(self) -> None:
        self._tools[ActionId.MARK_REGION].setChecked(False)

    def _room(self) -> Room:
        return self.area.room(self._pages.size(), STRIP_WIDTH if self._has_room_for_strip else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._title.setVisible(event.size().width() >= LEAST_WIDTH_FOR_TITLE)

    @property
    def _has_room_for_strip(self) -> bool:
        """Whether the pages keep most of the width beside the thumbnails; else these come only when asked for."""
        return self._pages.width() >= LEAST_WIDTH_FOR_STRIP

    def _opening(self, _document: StaffDocument) -> None:
        self._failure = None
        if self.printing.isVisible():
            self.printing.shut()  # its pages were chosen of the document before
        self._stack.setCurrentIndex(0)
        self.thumbnails.hide()
        self._busy.set_busy(True)
        self._show_title()

    def _opened(self) -> None:
        self._busy.set_busy(False)
        self._toggle.setChecked(self._model.page_count > 1 and self._has_room_for_strip)
        self.thumbnails.setVisible(self._toggle.isChecked())
        self._show_page(self.area.page)
        if self._sought is not None:
            self.show_place(*self._sought)

    def _show_nothing(self) -> None:
        self._stack.setCurrentIndex(1)
        self._notice.set_texts(
            self.tr("No document chosen"),
            self.tr("Choose a document on the left, or press its number."),
            icon_name="document",
        )

    def _show_failure(self, error: BaseException) -> None:
        self._failure = error
        self._busy.set_busy(False)
        self._stack.setCurrentIndex(1)
        words = explain(error)
        self._notice.set_texts(
            localized(words.title),
            localized(words.message),
            self.tr("Try again"),
            icon_name="warning",
            tone=Tone.WARNING,
        )

    def _show_title(self) -> None:
        document = self._model.document
        if document is None:
            self._title.setText("")
            return
        kind = localized(DOCUMENT_KIND_TEXTS[document.kind])
        self._title.setText(self.tr("{kind} · {file}").format(kind=kind, file=document.file_name))

    def _show_page(self, page: int) -> None:
        count = self._model.page_count
        words = self.tr("Page {page} of {count}")
        _keep_room(self._page, words.format(page=count, count=count) if count else "")
        self._page.setText(words.format(page=page, count=count) if count else "")
        self.thumbnails.show_page(page)

    def _show_zoom(self, zoom: float) -> None:
        _keep_room(self._zoom, "888 %")
        self._zoom.setText(f"{round(zoom * 100)} %")


def _keep_room(words: QLabel, widest: str) -> None:
    """Give a label the room of its widest words: of another size, each turn of a page would lay out the whole viewer anew."""
    width = words.fontMetrics().horizontalAdvance(widest)
    if (words.minimumWidth(), words.maximumWidth()) != (width, width):
        words.setFixedSize(width, CONTROL_HEIGHT)
