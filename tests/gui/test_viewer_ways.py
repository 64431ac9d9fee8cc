# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ways through a document: scrolled in one piece, by thumbnails, fitted, zoomed until single letters fill the view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from reviewer_app.contract.states import DocumentKind
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.geometry import POINTS_TO_PIXELS
from reviewer_app.models.document.images import CAP_BYTES
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.document.page_area import PageArea
from reviewer_app.views.document.thumbnails import Thumbnails
from tests.gui.conftest import Window
from tests.gui.papers import extract, fax

NAME = "Cis Data sp. z o.o."
KIND = DocumentKind.REGISTRY_EXTRACT
NOTCH = 120
SCAN_PAGES = 200


def test_the_wheel_scrolls_from_page_to_page_without_a_break(desk_window: Window) -> None:
    window, model, area = _opened(desk_window, extract(NAME, "9990000600"), "application/pdf", 3)
    seen = [area.page]
    area.page_changed.connect(seen.append)
    both = False
    while area.page < 3:
        before = area.view_point()
        _wheel(area)
        after = area.view_point()
        assert (after.page, after.inside) > (before.page, before.inside), "each notch moves on"
        both = both or (after.page == 1 and after.inside > 0.5)
    assert both, "the end of a page and the beginning of the next are in view together"
    assert seen == [1, 2, 3]
    window.until(lambda: model.images.sharp(3) is not None, "the last page is drawn")


def test_whoever_comes_back_to_a_document_goes_on_where_it_was_left(desk_window: Window) -> None:
    window, model, area = _opened(desk_window, extract(NAME, "9990000600"), "application/pdf", 3)
    window.press(Qt.Key.Key_End, on="pageArea")
    window.click("tool_zoom_in")
    before = area.view_point()
    window.press(Qt.Key.Key_2, on="pageArea")
    window.until(lambda: model.page_count == 1, "another document is open")
    assert area.view_point().zoom != pytest.approx(before.zoom), "which has its own place"
    window.press(Qt.Key.Key_1, on="pageArea")
    window.until(lambda: model.page_count == 3, "the first is open again")
    after = area.view_point()
    assert after.page == before.page
    assert after.inside == pytest.approx(before.inside, abs=0.01)
    assert after.zoom == pytest.approx(before.zoom)
    assert window.find("pageOf", QLabel).text() == "Page 3 of 3"


def test_shift_and_space_lead_back_where_space_led_on(desk_window: Window) -> None:
    window, _model, area = _opened(desk_window, extract(NAME, "9990000600"), "application/pdf", 3)
    window.press(Qt.Key.Key_Space, on="pageArea")
    window.press(Qt.Key.Key_Space, on="pageArea")
    further = area.verticalScrollBar().value()
    window.press(Qt.Key.Key_Space, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert 0 < area.verticalScrollBar().value() < further


def test_a_scan_of_two_hundred_pages_scrolls_and_keeps_to_its_memory(desk_window: Window) -> None:
    window, model, area = _opened(desk_window, fax(NAME, pages=SCAN_PAGES), "image/tiff", SCAN_PAGES)
    for page in (2, 60, 61, 140, SCAN_PAGES):
        area.verticalScrollBar().setValue(round(area.verticalScrollBar().maximum() * (page - 1) / (SCAN_PAGES - 1)))
        window.until(lambda: _is_sharp(model, area, area.page), "the page where scrolling stopped is drawn")
    assert area.page == SCAN_PAGES
    assert window.find("pageOf", QLabel).text() == f"Page {SCAN_PAGES} of {SCAN_PAGES}"
    assert model.images.sharp_bytes <= CAP_BYTES
    drawn = [page for page in range(1, SCAN_PAGES + 1) if model.images.sharp(page) is not None]
    assert len(drawn) < SCAN_PAGES // 4, "pages that only ran past were not drawn sharp"


def test_a_click_on_a_thumbnail_leads_to_its_page(desk_window: Window) -> None:
    window, model, area = _opened(desk_window, extract(NAME, "9990000600"), "application/pdf", 3)
    strip = window.find("thumbnails", Thumbnails)
    window.until(lambda: all(model.images.preview(page) is not None for page in (1, 2, 3)), "they are drawn")
    place = strip.visualRect(strip.model().index(2, 0)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    window.until(lambda: area.page == 3, "the third page is in front")
    assert window.find("pageOf", QLabel).text() == "Page 3 of 3"
    assert strip.currentIndex().row() == 2
    window.click("toggleThumbnails")
    assert not strip.isVisible()


def test_a_whole_page_fits_the_view_and_its_width_fills_it(desk_window: Window) -> None:
    window, model, area = _opened(desk_window, extract(NAME, "9990000600"), "application/pdf", 3)
    wide = area.zoom
    width, height = model.sizes()[0]
    window.click("tool_fit_page")
    scale = area.zoom * POINTS_TO_PIXELS
    assert height * scale <= area.viewport().height() < height * scale * 1.2
    window.click("tool_fit_width")
    assert area.zoom == pytest.approx(wide, abs=0.02)
    assert width * area.zoom * POINTS_TO_PIXELS == pytest.approx(area.viewport().width(), rel=0.1)


def test_at_eight_hundred_percent_what_is_in_view_is_sharp(desk_window: Window) -> None:
    window, model, area = _opened(desk_window, extract(NAME, "9990000600"), "application/pdf", 3)
    area.zoom_by(100)
    assert window.find("zoomLevel", QLabel).text().replace("\u00a0", " ").replace(" ", "") == "800%"
    full = 8 * POINTS_TO_PIXELS * area.devicePixelRatioF()
    for moved in (QPointF(0, 0), QPointF(-900, -2500)):
        area.scroll_by(moved)
        window.until(lambda: _covers_view(model, area, full), "the part in view is drawn at its full size")
    sharp = model.images.sharp(area.page)
    assert sharp is not None
    assert sharp.clip is not None, "not the whole page, which would take half a gigabyte"
    assert sharp.image.sizeInBytes() < CAP_BYTES / 4


def test_a_pale_scan_gets_more_contrast_and_its_paper_back(desk_window: Window) -> None:
    window, model, area = _opened(desk_window, extract(NAME, "9990000600"), "application/pdf", 3)
    window.until(lambda: _is_sharp(model, area, 1), "the page is drawn")
    actions = window.main.actions_registry

    def greys() -> int:
        picture = area.viewport().grab().toImage()
        points = ((x, y) for y in range(0, picture.height(), 2) for x in range(0, picture.width() // 2, 2))
        return sum(70 < picture.pixelColor(*point).value() < 190 for point in points)

    before = greys()
    for _ in range(4):
        actions[ActionId.MORE_CONTRAST].trigger()
    window.until(lambda: greys() < before * 0.8, "letters are black on white")
    actions[ActionId.PLAIN_LOOK].trigger()
    window.until(lambda: greys() == before, "the page is as on paper")
    actions[ActionId.BRIGHTER].trigger()
    window.until(lambda: greys() != before, "the page is brighter")


def _opened(window: Window, content: bytes, media_type: str, pages: int) -> tuple[Window, DocumentModel, PageArea]:
    window.server.send_as("c3", KIND, content, media_type, pages)
    window.open_case()
    model, area = window.find("caseView", CaseView).viewer.model, window.find("pageArea", PageArea)
    window.until(lambda: model.page_count == pages and area.page == 1, "the document is open")
    window.until(lambda: _is_sharp(model, area, 1), "its first page is drawn")
    return window, model, area


def _is_sharp(model: DocumentModel, area: PageArea, page: int) -> bool:
    sharp = model.images.sharp(page)
    return sharp is not None and sharp.zoom == pytest.approx(
        area.zoom * POINTS_TO_PIXELS * area.devicePixelRatioF(), abs=0.001
    )


def _covers_view(model: DocumentModel, area: PageArea, zoom: float) -> bool:
    sharp = model.images.sharp(area.page)
    if sharp is None or sharp.clip is None or sharp.zoom != pytest.approx(zoom, rel=0.001):
        return False
    view = area.viewport().rect()
    corners = [area.mapping.shown_point(QPointF(point)) for point in (view.topLeft(), view.bottomRight())]
    x0, y0, x1, y1 = sharp.clip
    return all(
        place is None or (x0 - 0.001 <= place[1][0] <= x1 + 0.001 and y0 - 0.001 <= place[1][1] <= y1 + 0.001)
        for place in corners
    )


def _wheel(area: PageArea) -> None:
    middle = QPointF(area.viewport().rect().center())
    turned = QWheelEvent(
        middle,
        area.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, -NOTCH),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(area.viewport(), turned)
