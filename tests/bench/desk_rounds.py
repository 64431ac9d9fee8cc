# SPDX-License-Identifier: AGPL-3.0-or-later
"""Walks the cases of `desk_walk` in the desktop; prints what was measured as JSON. A process of its own."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import psutil
import pymupdf
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reviewer_app.app.bootstrap import Application, Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.models.document.geometry import POINTS_TO_PIXELS
from reviewer_app.models.document.images import CAP_BYTES
from reviewer_app.store.vault import MemoryVault
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.document.page_area import PageArea
from reviewer_app.views.queue.table import QueueTable
from tests.bench.filling import STAFF_NAME, STAFF_PASSWORD
from tests.bench.viewer_rounds import Painted

Found = TypeVar("Found", bound=QWidget)
WINDOW = (1366, 768)
FIRST_CASES = 20
READ_SLOWLY = 10
"""In one case of so many each page is read until the next one is drawn ahead; in the others pages are leafed through."""
_TICK_MS = 2
_SECONDS = 60.0


class Watchdog(QObject):
    """Notes how late a timer of the window's thread comes, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to watch."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, now - self._last - _TICK_MS / 1000))
        self._last = now


class Walk:
    """The window with its case screen, led by keys."""

    def __init__(self, application: Application) -> None:
        self._main = application.main_window
        self.turns: list[float] = []
        self.openings: list[float] = []

    def begin(self) -> None:
        """Open the first case of the queue."""
        turn_until(lambda: self._find(QueueTable).model().rowCount() > 0)
        table = self._find(QueueTable)
        table.setCurrentIndex(table.model().index(0, 0))
        QTest.keyClick(table, Qt.Key.Key_Return)
        turn_until(lambda: self._main.findChild(CaseView) is not None and self.is_sharp(1))

    def next_case(self) -> None:
        """Open the next case of the list once nothing is under way, as after a look at the one that is open."""
        view = self._find(CaseView)
        before = view.viewer.model.document
        turn_until(lambda: view.viewer.model.ready.ids)
        painted = Painted(
            self.area.viewport(),
            lambda: view.viewer.model.document is not before and view.viewer.model.images.sharp(1) is not None,
        )
        start = time.perf_counter()
        QTest.keyClick(self.area, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        self.openings.append(painted.wait() - start)

    def leaf_through(self, *, slowly: bool) -> None:
        """Turn to the last page."""
        model, area = self._find(CaseView).viewer.model, self.area
        for page in range(2, model.page_count + 1):
            if slowly:
                turn_until(partial(self.is_sharp, page))
            painted = Painted(area.viewport(), partial(self._is_in_front, page))
            start = time.perf_counter()
            QTest.keyClick(area, Qt.Key.Key_PageDown)
            took = painted.wait() - start
            if slowly:
                self.turns.append(took)

    def _is_in_front(self, page: int) -> bool:
        return self.area.page == page

    @property
    def area(self) -> PageArea:
        """The pages of the document."""
        return self._find(CaseView).viewer.area

    def is_sharp(self, page: int) -> bool:
        """Whether a page is there as it will be shown."""
        sharp = self._find(CaseView).viewer.model.images.sharp(page)
        shown = self._find(CaseView).viewer.model.images.sharp(self.area.page)
        return sharp is not None and shown is not None and abs(sharp.zoom - shown.zoom) < 0.001

    def _find(self, kind: type[Found]) -> Found:
        found: Found | None = self._main.findChild(kind)
        assert found is not None, kind
        return found


def turn_until(true: Callable[[], object]) -> None:
    """Let the window work until something is true. Raises TimeoutError after a minute."""
    end = time.monotonic() + _SECONDS
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("the window did not come so far")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def memory() -> int:
    """Give what the program and its workers hold, in bytes."""
    own = psutil.Process()
    return sum(process.memory_info().rss for process in (own, *own.children(recursive=True)))


def percentile(values: list[float], share: float) -> float:
    """Give the value below which this share of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def raw_seconds(file: Path, zoom: float) -> float:
    """Open a file with PyMuPDF and draw its first page, in this process; the median of several times."""
    took = []
    for _ in range(9):
        start = time.perf_counter()
        with pymupdf.open(file) as document:
            document.load_page(0).get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
        took.append(time.perf_counter() - start)
        pymupdf.TOOLS.store_shrink(100)
    return statistics.median(took)


def walk_cases(application: Application, cases: int) -> dict[str, float]:
    """Walk so many cases; gives seconds and bytes by name."""
    walk, watchdog = Walk(application), Watchdog()
    walk.begin()
    watchdog.start()
    after_first = 0
    for number in range(cases):
        walk.leaf_through(slowly=number % READ_SLOWLY == 0)
        if number + 1 == FIRST_CASES:
            after_first = memory()
        if number + 1 < cases:
            walk.next_case()
    watchdog.stop()
    return {
        "turn_p95": percentile(walk.turns, 0.95),
        "open_p95": percentile(walk.openings, 0.95),
        "blocked_worst": max(watchdog.late),
        "blocked_p99": percentile(watchdog.late, 0.99),
        "memory_20": after_first,
        "memory_all": memory(),
        "cap": CAP_BYTES,
        "zoom": walk.area.zoom,
    }


def main(url: str, folder: str, paper: str, cases: str) -> None:
    """Walk."""
    qt = QApplication(["reviewer-app"])
    options = Options(
        paths=AppPaths(Path(folder)),
        server_url=url,
        credentials=(STAFF_NAME, STAFF_PASSWORD),
        vault=MemoryVault(),
        language="en",
    )
    application = build(qt, options)
    application.main_window.resize(*WINDOW)
    application.show()
    application.main_window.activateWindow()
    try:
        took = walk_cases(application, int(cases))
    finally:
        application.close()
    raw = raw_seconds(Path(paper), took["zoom"] * POINTS_TO_PIXELS)
    sys.stdout.write(json.dumps({**took, "raw": raw}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
