# SPDX-License-Identifier: AGPL-3.0-or-later
"""Old and new version beside each other and over each other, and scans made readable; with the real server behind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.document.loupe import Loupe
from reviewer_app.views.document.page_area import PageArea
from tests.gui.real_desk import OpenWindow, RealWindow, engine, make_world, open_window, world, world_pool
from tests.support.evidence import extract_lines, printed
from tests.support.world import PASSWORD, World, expect

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]

OLD, NEW = "1.Nazwisko: STARA WERSJA", "1.Nazwisko: NOWA"


@pytest.fixture
def second_round(world: World, open_window: OpenWindow) -> RealWindow:
    """A window on a case whose extract came anew: one line of it differs."""
    customer = world.customer()
    customer.create()
    expect(customer.upload("registry_extract", printed([*extract_lines(), OLD]), name="odpis.pdf"), 201)
    expect(customer.upload("authorization"), 201)
    company_id = expect(customer.submit(), 200)["id"]
    anna = world.staff("anna")
    wanted = anna.correction(company_id, anna.claim(company_id), "registry_extract")
    expect(anna.decide(company_id, wanted), 201)
    expect(customer.upload("registry_extract", printed([*extract_lines(), NEW]), name="odpis.pdf"), 201)
    expect(customer.submit(), 200)
    window = open_window()
    window.sign_in(password=PASSWORD)
    window.open_case()
    area = window.find("pageArea", PageArea)
    window.until(lambda: area.page == 1, "the new version is shown")
    return window


def test_the_version_before_stands_beside_with_scroll_and_zoom_tied(second_round: RealWindow) -> None:
    window = second_round
    window.press(Qt.Key.Key_S, on="pageArea")
    window.until(lambda: window.shown("otherPane"), "the other pane is shown")
    assert "version 1" in window.find("otherTitle", QLabel).text()
    area, other = window.find("pageArea", PageArea), window.find("otherPageArea", PageArea)
    window.until(lambda: other.page == 1, "the version before is shown")
    for _ in range(4):
        window.click("tool_zoom_in")
    window.until(lambda: other.zoom == pytest.approx(area.zoom), "the zoom is tied")
    area.verticalScrollBar().setValue(240)
    window.until(lambda: other.view_point().inside == pytest.approx(area.view_point().inside, abs=0.01), "scrolls too")
    other.verticalScrollBar().setValue(60)
    window.until(lambda: area.view_point().inside == pytest.approx(other.view_point().inside, abs=0.01), "and back")
    window.click("closeOther")
    assert not window.shown("otherPane")


def test_both_versions_over_each_other_show_what_differs(second_round: RealWindow) -> None:
    window = second_round
    window.press(Qt.Key.Key_O, on="pageArea")
    window.until(lambda: window.shown("overlayLegend"), "the colours are explained")
    assert window.find("overlayLegend", QLabel).text() == "Blue: version 2 · red: version 1"
    assert not window.shown("otherPane")
    area = window.find("pageArea", PageArea)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum() // 2)

    def colours() -> set[str]:
        return _colours_of_ink(area.viewport().grab().toImage())

    window.until(lambda: {"blue", "red", "dark"} <= colours(), "what both have is dark, the rest has its colour")
    window.press(Qt.Key.Key_S, on="pageArea")
    window.until(lambda: not window.shown("overlayLegend"), "one version is shown again")
    window.until(lambda: colours() == {"dark"}, "in its own colours")


def test_another_document_is_chosen_from_the_menu(second_round: RealWindow) -> None:
    window = second_round
    offered = window.find("caseView", CaseView).viewer.comparison.offered
    assert [document.kind for document in offered] == ["registry_extract", "authorization"]
    window.find("caseView", CaseView).viewer.comparison.begin(offered[1])
    window.until(lambda: "Authorization" in window.find("otherTitle", QLabel).text(), "the authorization is beside")
    window.press(Qt.Key.Key_J, on="pageArea")
    window.until(lambda: not window.shown("otherPane"), "a document is never compared with itself")
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.images.sharp(1) is not None, "it is drawn, though closed where it stood beside")
    before = model.images.sharp(1)
    window.click("tool_zoom_in")
    window.until(lambda: model.images.sharp(1) not in (None, before), "and again")
    assert not model.is_broken(1)


def test_a_poor_scan_is_inverted_and_made_darker(second_round: RealWindow) -> None:
    window = second_round
    area = window.find("pageArea", PageArea)

    def paper() -> QColor:
        return area.viewport().grab().toImage().pixelColor(area.mapping.position_of(1, (0.02, 0.3)).toPoint())

    window.until(lambda: paper() == QColor("white"), "the page is drawn")
    window.press(Qt.Key.Key_I, on="pageArea")
    window.until(lambda: paper() == QColor("black"), "the page is inverted")
    window.press(Qt.Key.Key_I, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.until(lambda: paper() == QColor("white"), "the page is as on paper")
    window.press(Qt.Key.Key_B, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.until(lambda: 200 < paper().value() < 250, "the page is darker")


def test_a_loupe_follows_the_mouse_and_shows_the_page_larger_and_sharp(second_round: RealWindow) -> None:
    window = second_round
    area = window.find("pageArea", PageArea)
    window.press(Qt.Key.Key_L, on="pageArea")
    where = area.mapping.position_of(1, (0.3, 0.12)).toPoint()
    QTest.mouseMove(area.viewport(), where)
    loupe = window.find("loupe", Loupe)
    window.until(lambda: loupe.isVisible() and loupe.geometry().contains(where), "the loupe lies under the mouse")
    window.until(lambda: loupe.drawn is not None, "and shows what is there")
    assert loupe.drawn is not None
    assert loupe.drawn.image.zoom == pytest.approx(area.zoom * 96 / 72 * area.devicePixelRatioF() * 3)
    window.press(Qt.Key.Key_L, on="pageArea")
    assert not loupe.isVisible()


def test_the_loupe_shows_what_lies_below_it_when_pages_and_documents_move_under_it(second_round: RealWindow) -> None:
    window = second_round
    area, loupe = window.find("pageArea", PageArea), window.find("loupe", Loupe)
    model = window.find("caseView", CaseView).viewer.model
    window.press(Qt.Key.Key_L, on="pageArea")
    QTest.mouseMove(area.viewport(), area.mapping.position_of(1, (0.5, 0.2)).toPoint())
    window.until(lambda: _under(loupe), "the loupe shows what is under the mouse")
    above = _under(loupe)
    window.press(Qt.Key.Key_Space, on="pageArea")
    window.until(lambda: _under(loupe) not in ("", above), "what came under it is shown")
    window.press(Qt.Key.Key_2, on="pageArea")
    assert _under(loupe) == "", "nothing of the document that was left"
    assert model.document is not None
    shown = model.document.id
    window.until(lambda: _under(loupe).startswith(shown), "the other document is under it")
    window.press(Qt.Key.Key_Escape, on="pageArea")
    assert not loupe.isVisible()


def _under(loupe: Loupe) -> str:
    """Name the document and the part of it that the loupe shows; empty while it shows none."""
    drawn = loupe.drawn
    return f"{drawn.document_id} {drawn.image.clip}" if drawn is not None and loupe.isVisible() else ""


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_Escape])
def test_the_document_gets_the_whole_screen_and_gives_it_back(second_round: RealWindow, key: Qt.Key) -> None:
    window = second_round
    window.press(Qt.Key.Key_F11, on="pageArea")
    window.until(lambda: not window.shown("caseHeader"), "only the document is shown")
    assert not window.shown("documentList")
    window.press(key, on="pageArea")
    window.until(lambda: window.shown("caseHeader") and window.shown("documentList"), "the case is back")


def _colours_of_ink(picture: QImage) -> set[str]:
    """Name the colours of what is printed: dark, blue or red."""
    found = set()
    for y in range(0, picture.height(), 1):
        for x in range(60, picture.width() // 2, 1):
            colour = picture.pixelColor(x, y)
            red, green, blue = colour.red(), colour.green(), colour.blue()
            if max(red, green, blue) < 80:
                found.add("dark")
            elif blue > red + 90 and red < 90:
                found.add("blue")
            elif red > blue + 90 and blue < 110:
                found.add("red")
    return found
