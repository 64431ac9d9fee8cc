# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens documents in the desktop's viewer, and with PyMuPDF in the same process, in turn; prints the medians as JSON.

A process of its own, since it ends with its screen. See `first_page` for what is compared.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pymupdf
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from reviewer_app.app.bootstrap import Options
from reviewer_app.app.paths import AppPaths
from reviewer_app.app.workshop import Workshop
from reviewer_app.background.runner import Runner
from reviewer_app.contract.staff import StaffDocument
from reviewer_app.desk.preferences import Preferences
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.geometry import POINTS_TO_PIXELS
from reviewer_app.models.document.loupe_model import LoupeModel
from reviewer_app.models.document.print_model import PrintModel
from reviewer_app.models.document.words_model import WordsModel
from reviewer_app.store.vault import MemoryVault
from reviewer_app.views.common.actions import Actions
from reviewer_app.views.document.viewer import DocumentViewer, ViewerModels
from reviewer_app.views.style import apply_theme
from tests.bench.figures import in_turn
from tests.bench.filling import STAFF_NAME, STAFF_PASSWORD

VIEWER_SIZE = (860, 640)
"""What the case screen leaves to the viewer in a window of 1366 × 768."""
_SECONDS = 30.0
_WARM_UP = 5
_PULSE_MS = 250
"""So often an event comes even when nothing happens, for the deadlines."""


class Viewers(QMainWindow):
    """The desktop's viewer and the plain one, one of them in front."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__()
        self._runner = Runner(present_failure=_fail)
        self.model = DocumentModel(workshop.desk, self._runner)
        other = DocumentModel(workshop.desk, self._runner, self)
        words, other_words = (WordsModel(workshop.desk, self._runner, model, self) for model in (self.model, other))
        loupe = LoupeModel(workshop.desk, self._runner, self.model, self)
        printing = PrintModel(workshop.desk, self._runner, self.model, self)
        viewed = ViewerModels(self.model, words, other, other_words, loupe, printing)
        self.viewer = DocumentViewer(viewed, Actions(self, {}))
        self.plain = PlainViewer()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.viewer)
        self._stack.addWidget(self.plain)
        self.setCentralWidget(self._stack)
        self.resize(*VIEWER_SIZE)
        self._pulse = QTimer(self, interval=_PULSE_MS)
        self._pulse.start()

    @property
    def page_zoom(self) -> float:
        """Pixels per point at which the viewer shows the page."""
        return self.viewer.area.zoom * POINTS_TO_PIXELS * self.devicePixelRatioF()

    def in_viewer(self, document: StaffDocument) -> float:
        """Open a document in the viewer; gives the seconds until its first page is seen sharp."""
        self._bring(self.viewer)
        sharp = Painted(self.viewer.area.viewport(), lambda: self.model.images.sharp(1) is not None)
        start = time.perf_counter()
        self.model.show(document)
        end = sharp.wait()
        self.model.close()
        _turn_until(lambda: self._runner.busy == 0)
        return end - start

    def in_process(self, file: Path, zoom: float) -> float:
        """Open a document with PyMuPDF and paint its first page; gives the seconds."""
        self._bring(self.plain)
        self.plain.image = None
        painted = Painted(self.plain, lambda: self.plain.image is not None)
        start = time.perf_counter()
        with pymupdf.open(file) as document:
            pixmap = document.load_page(0).get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
        self.plain.show_pixels(pixmap)
        end = painted.wait()
        pymupdf.TOOLS.store_shrink(100)
        return end - start

    def close_runner(self) -> None:
        """End the threads."""
        self._runner.close(5)

    def _bring(self, viewer: QWidget) -> None:
        self._stack.setCurrentWidget(viewer)
        _turn_until(viewer.isVisible)
        QCoreApplication.processEvents()


class PlainViewer(QWidget):
    """Paints one picture and nothing else."""

    image: QImage | None = None

    def show_pixels(self, pixmap: pymupdf.Pixmap) -> None:
        """Paint a picture."""
        self._pixmap = pixmap  # owns the memory that the picture reads
        self.image = QImage(pixmap.samples_mv, pixmap.width, pixmap.height, pixmap.stride, QImage.Format.Format_RGB888)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        painter = QPainter(self)
        if self.image is not None:
            painter.drawImage(0, 0, self.image)
        painter.end()


class Painted(QObject):
    """Notes when a widget was first painted while something was true."""

    def __init__(self, widget: QWidget, true: Callable[[], bool]) -> None:
        super().__init__(widget)
        self._true = true
        self._at: float | None = None
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """See each event before the widget does."""
        if event.type() == QEvent.Type.Paint and self._true():
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self._note)
        return super().eventFilter(watched, event)

    def wait(self) -> float:
        """Let the window work until then; gives the moment. Raises TimeoutError after 30 s."""
        _turn_until(lambda: self._at is not None)
        assert self._at is not None
        return self._at

    def _note(self) -> None:
        self._at = time.perf_counter()


def _turn_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _SECONDS
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("the window did not come so far")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # asleep until there is one


def _fail(error: BaseException) -> None:
    raise error


@contextmanager
def _workshop(folder: Path, url: str) -> Iterator[Workshop]:
    paths = AppPaths(folder)
    preferences = Preferences(paths.preferences)
    preferences.set_server_url(url)
    workshop = Workshop(Options(paths=paths, vault=MemoryVault()), preferences)
    try:
        workshop.desk.session.sign_in(username=STAFF_NAME, password=STAFF_PASSWORD)
        workshop.desk.documents.warm_up()
        yield workshop
    finally:
        workshop.close()


def main(url: str, folder: str, rounds: str) -> None:
    """Measure the documents of the first case in the queue; their files lie beside `folder`."""
    qt = QApplication(["reviewer-app"])
    apply_theme(qt, "light")
    results: dict[str, dict[str, float]] = {}
    with _workshop(Path(folder), url) as workshop:
        row = workshop.desk.queue.load(limit=1).rows[0]
        documents = workshop.desk.cases.open(company_id=row.id).detail.documents
        window = Viewers(workshop)
        window.show()
        _turn_until(window.isVisible)
        for document in documents:
            file = workshop.desk.documents.fetch(document=document)
            results[document.kind.value] = _measured(window, document, file, int(rounds))
        window.close()
        window.close_runner()
    sys.stdout.write(json.dumps(results) + "\n")


def _measured(window: Viewers, document: StaffDocument, file: Path, rounds: int) -> dict[str, float]:
    for _ in range(_WARM_UP):
        window.in_viewer(document)
    zoom = window.page_zoom
    cases = {"viewer": lambda: window.in_viewer(document), "in process": lambda: window.in_process(file, zoom)}
    return {**in_turn(cases, rounds=rounds), "zoom": zoom}


if __name__ == "__main__":
    main(*sys.argv[1:])
