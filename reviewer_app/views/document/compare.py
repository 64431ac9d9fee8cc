# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two documents, or two versions of one, beside each other or laid over each other, with scroll and zoom tied."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.contract.staff import StaffDocument
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.words_model import WordsModel
from reviewer_app.models.texts import localized
from reviewer_app.views.common.buttons import IconButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import Badge, ElidedLabel
from reviewer_app.views.common.tokens import CONTROL_HEIGHT, SPACE_1, SPACE_2
from reviewer_app.views.common.view import View, column, row
from reviewer_app.views.document.page_area import PageArea


class ShownCaption(View):
    """The name of the document shown, above its pages while another stands beside it: both begin at one height."""

    def __init__(self, model: DocumentModel, legend: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="toolbar")
        self._model = model
        self._name = ElidedLabel("small")
        self._name.setMinimumHeight(CONTROL_HEIGHT)
        layout = row(self, spacing=SPACE_2, margins=(SPACE_2, SPACE_1, SPACE_2, SPACE_1))
        layout.addWidget(self._name, 1)
        layout.addWidget(legend)
        model.opening.connect(self._show_name)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self._show_name(self._model.document)

    def _show_name(self, document: StaffDocument | None) -> None:
        self._name.setText(version_name(document, self.tr("{kind} · version {version}")) if document else "")


class OtherPane(View):
    """The pages of the other document, with its name above. ``closed`` when it is wanted no longer."""

    closed = Signal()

    def __init__(self, model: DocumentModel, words: WordsModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="desk")
        self.setObjectName("otherPane")
        self._model = model
        self.area = PageArea(model, words)
        self.area.setObjectName("otherPageArea")
        self._name = ElidedLabel("small")
        self._name.setObjectName("otherTitle")
        self._name.setMinimumHeight(CONTROL_HEIGHT)
        self._close = IconButton("close", size=16)
        self._close.setObjectName("closeOther")
        head = View(role="toolbar")
        across = row(head, spacing=SPACE_1, margins=(SPACE_2, SPACE_1, SPACE_1, SPACE_1))
        across.addWidget(self._name, 1)
        across.addWidget(self._close)
        layout = column(self)
        layout.addWidget(head)
        layout.addWidget(self.area, 1)
        self._close.clicked.connect(self.closed)
        model.opening.connect(self._show_name)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self._close.set_name(self.tr("End the comparison"))
        self.area.setAccessibleName(self.tr("Pages of the other document"))
        self._show_name(self._model.document)

    def _show_name(self, document: StaffDocument | None) -> None:
        self._name.setText(version_name(document, self.tr("{kind} · version {version}")) if document else "")


class Comparison(QObject):
    """What is compared with the document shown. ``changed`` when it began, ended, or is laid over or beside."""

    changed = Signal()

    def __init__(self, area: PageArea, model: DocumentModel, other: DocumentModel, pane: OtherPane) -> None:
        super().__init__(pane)
        self._area = area
        self._model = model
        self._other = other
        self._pane = pane
        self._offered: tuple[StaffDocument, ...] = ()
        self._following = False
        self.overlaid = False
        """Whether both lie over each other."""
        pane.closed.connect(self.end)
        area.view_moved.connect(self._main_moved)
        pane.area.view_moved.connect(self._other_moved)
        other.opened.connect(self._main_moved)
        model.opening.connect(self._another_shown)

    @property
    def active(self) -> bool:
        """Whether anything is compared."""
        return self._other.document is not None

    @property
    def other(self) -> StaffDocument | None:
        """What the document shown is compared with."""
        return self._other.document

    @property
    def offered(self) -> tuple[StaffDocument, ...]:
        """What the document shown can be compared with, the likeliest first."""
        return self._offered

    def offer(self, documents: tuple[StaffDocument, ...]) -> None:
        """Offer documents to compare with; the first is taken by the key."""
        if documents != self._offered:
            self._offered = documents
            self.changed.emit()

    def toggle(self) -> None:
        """Begin with the likeliest document, or end."""
        if self.active:
            self.end()
        elif self._offered:
            self.begin(self._offered[0])

    def begin(self, document: StaffDocument) -> None:
        """Show a document beside the one that is shown."""
        self._other.show(document)
        self._lay_out()

    def end(self) -> None:
        """Show one document again."""
        if not self.active:
            return
        self.overlaid = False
        self._other.close()
        self._lay_out()
        self._area.setFocus()

    def toggle_overlay(self) -> None:
        """Lay both over each other, or beside each other again; begins the comparison when there is none."""
        if not self.active:
            self.toggle()
        if self.active:
            self.overlaid = not self.overlaid
            self._lay_out()

    def _lay_out(self) -> None:
        self._pane.setVisible(self.active and not self.overlaid)
        self._area.show_overlay(self._other if self.active and self.overlaid else None)
        self.changed.emit()

    def _main_moved(self) -> None:
        self._tie(self._area, self._pane.area)

    def _other_moved(self) -> None:
        self._tie(self._pane.area, self._area)

    def _tie(self, leading: PageArea, following: PageArea) -> None:
        """Have one follow the other, once: what follows moves, too."""
        if self._following or not self.active or self.overlaid or not self._pane.isVisible():
            return
        self._following = True
        try:
            following.follow(leading.view_point())
        finally:
            self._following = False

    def _another_shown(self, document: StaffDocument) -> None:
        """End when the document compared with is shown itself, or one of another case."""
        if self.active:
            self.end() if self.other is not None and self.other.id == document.id else self.changed.emit()


class OverlayLegend(Badge):
    """Says which colour is which version while both lie over each other."""

    def show_versions(self, shown: StaffDocument | None, other: StaffDocument | None) -> None:
        """Name both; hidden when there are not two."""
        if shown is None or other is None:
            self.show_text("")
            return
        words = self.tr("Blue: version {shown} · red: {other}")
        name = self.tr("version {version}").format(version=other.version)
        if other.line != shown.line:
            name = localized(DOCUMENT_KIND_TEXTS[other.kind])
        self.show_text(words.format(shown=shown.version, other=name), Tone.INFO)


def version_name(document: StaffDocument, pattern: str) -> str:
    """Name a version of a document by a translated pattern with ``kind`` and ``version``."""
    return pattern.format(kind=localized(DOCUMENT_KIND_TEXTS[document.kind]), version=document.version)
