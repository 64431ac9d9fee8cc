# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files of each kind that customers send, drawn in the viewer by the real renderer."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from reviewer_app.contract.states import DocumentKind
from reviewer_app.models.document.geometry import POINTS_TO_PIXELS
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.document.page_area import PageArea
from tests.gui.conftest import Window
from tests.gui.papers import extract, fax, photograph, signed_sheet

NAME = "Cis Data sp. z o.o."
KIND = DocumentKind.REGISTRY_EXTRACT


@pytest.mark.parametrize(
    ("content", "media_type", "pages", "upright"),
    [
        (extract(NAME, "9990000600"), "application/pdf", 3, True),
        (signed_sheet(NAME), "image/png", 1, True),
        (photograph(NAME), "image/jpeg", 1, False),
        (fax(NAME), "image/tiff", 3, True),
    ],
    ids=["pdf", "png", "jpg", "tiff"],
)
def test_every_page_is_drawn(desk_window: Window, content: bytes, media_type: str, pages: int, upright: bool) -> None:
    window = desk_window
    window.server.send_as("c3", KIND, content, media_type, pages)
    window.open_case()
    for page in range(1, pages + 1):
        window.until(partial(_is_in_front, window, page, pages), f"page {page} is in front")
        picture = _drawn(window, page)
        assert (picture[1] > picture[0]) is upright
        window.press(Qt.Key.Key_PageDown, on="pageArea")


def test_two_hundred_pages_can_be_read_to_the_last(desk_window: Window) -> None:
    window = desk_window
    window.server.send_as("c3", KIND, extract(NAME, "9990000600", pages=200), "application/pdf", 200)
    window.open_case()
    window.until(lambda: _page_of(window) == "Page 1 of 200", "the document is open")
    window.press(Qt.Key.Key_End, on="pageArea")
    window.until(lambda: _page_of(window) == "Page 200 of 200", "the last page is in front")
    assert _drawn(window, 200)[1] > 0


@pytest.mark.parametrize("call", ["content", "words"])
def test_what_is_put_beside_a_document_that_is_still_read_takes_nothing_from_it(desk_window: Window, call: str) -> None:
    window = desk_window
    first = window.server.companies[window.ids()[0]].documents[0].id
    held = window.server.hold(f"/{first}/{call}")
    window.open_case()
    window.until(held.asked.is_set, "the document is asked for")
    window.press(Qt.Key.Key_S, on="pageArea")
    area, other = window.find("pageArea", PageArea), window.find("otherPageArea", PageArea)
    window.until(lambda: other.page == 1, "the other document is shown")
    window.until(lambda: any(one.endswith("/words") for one in window.server.calls), "and its words are read")
    held.goes_on.set()
    window.until(lambda: area.page == 1, "the first one is shown too")
    window.press(Qt.Key.Key_Slash, on="pageArea")
    window.type_into("documentSearch", "a")
    window.until(lambda: window.find("documentHits", QLabel).text().startswith("1 of "), "and can be searched")


def test_zoom_stops_at_its_ends_and_fits_again(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    _drawn(window, 1)
    area = window.find("pageArea", PageArea)
    first = area.zoom
    for tool, end in (("tool_zoom_in", 8.0), ("tool_zoom_out", 0.25)):
        for _ in range(40):
            window.click(tool)
        assert area.zoom == pytest.approx(end)
    window.click("tool_fit_width")
    assert area.zoom == pytest.approx(first, abs=0.02)


@pytest.mark.parametrize("pages", [1, 3])
def test_the_first_page_is_drawn_for_the_room_in_which_it_is_shown(desk_window: Window, pages: int) -> None:
    window = desk_window
    window.server.send_as("c3", KIND, extract(NAME, "9990000600", pages=pages), "application/pdf", pages)
    window.open_case()
    _drawn(window, 1)
    viewer = window.find("caseView", CaseView).viewer
    model, shown = viewer.model, viewer.model.document
    assert shown is not None
    drawn: list[float] = []
    model.page_drawn.connect(lambda page: drawn.append(_sharp_zoom(window, page)) if page == 1 else None)
    model.show(shown)
    window.until(lambda: bool(drawn), "the page is drawn again")
    # already the first picture has the zoom of the area: the strip of thumbnails and the scroll bar were thought of
    assert drawn[0] == pytest.approx(viewer.area.zoom * POINTS_TO_PIXELS * viewer.devicePixelRatioF(), abs=0.001)
    assert viewer.thumbnails.isVisible() is (pages > 1)


def test_what_is_to_be_seen_of_the_first_page_is_drawn_before_the_rest_of_it(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    _drawn(window, 1)
    viewer = window.find("caseView", CaseView).viewer
    model, shown = viewer.model, viewer.model.document
    assert shown is not None
    shares: list[float] = []
    model.page_drawn.connect(lambda page: shares.append(_sharp_share(window)) if page == 1 else None)
    model.show(shown)
    window.until(lambda: 1.0 in shares, "the whole page is drawn")
    area = viewer.area
    of_page = area.viewport().height() / area.mapping.area_of(1, (0.0, 0.0, 1.0, 1.0)).height()
    part = next(share for share in shares if share)
    assert of_page <= part < 1.0


def test_leaving_documents_while_they_open_shows_only_the_last(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    _drawn(window, 1)
    model = window.find("caseView", CaseView).viewer.model
    opened: list[str] = []
    model.opened.connect(lambda: opened.append(model.document.id if model.document else ""))
    for key in (Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_J):
        window.press(key, on="pageArea")
    assert model.document is not None
    wanted = model.document.id
    _drawn(window, 1)
    assert opened == [wanted]


def _sharp_zoom(window: Window, page: int) -> float:
    sharp = window.find("caseView", CaseView).viewer.model.images.sharp(page)
    return 0.0 if sharp is None else sharp.zoom


def _is_in_front(window: Window, page: int, pages: int) -> bool:
    return _page_of(window) == f"Page {page} of {pages}"


def _page_of(window: Window) -> str:
    return window.find("pageOf", QLabel).text()


def _drawn(window: Window, page: int) -> tuple[int, int]:
    images = window.find("caseView", CaseView).viewer.model.images
    window.until(lambda: getattr(images.sharp(page), "clip", ()) is None, f"page {page} is drawn wholly")
    drawn = images.sharp(page)
    assert drawn is not None
    return drawn.image.width(), drawn.image.height()


def _sharp_share(window: Window) -> float:
    """How much of the first page's height is drawn sharp."""
    sharp = window.find("caseView", CaseView).viewer.model.images.sharp(1)
    if sharp is None:
        return 0.0
    return 1.0 if sharp.clip is None else sharp.clip[3]
